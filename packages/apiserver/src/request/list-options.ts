/** What may come with a list or a watch. Selectors are left as text here: what they mean depends on the resource. */
import { forbidden, notSupported, type FieldError } from '@navarch/api/field-error';
import { invalid } from '@navarch/api/status';
import { booleanParameter, integerParameter, parseQuery } from './query.ts';
import { metaGroup } from './write-options.ts';

export interface ListOptions {
  readonly labelSelector: string;
  readonly fieldSelector: string;
  /** '' when none was given. */
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  /** 0 for no limit. */
  readonly limit: number;
  readonly continueToken: string;
  readonly timeoutSeconds: number | undefined;
  readonly allowWatchBookmarks: boolean;
  readonly sendInitialEvents: boolean | undefined;
}

const defaults: ListOptions = {
  labelSelector: '',
  fieldSelector: '',
  resourceVersion: '',
  resourceVersionMatch: '',
  limit: 0,
  continueToken: '',
  timeoutSeconds: undefined,
  allowWatchBookmarks: false,
  sendInitialEvents: undefined,
};

/** Throws 400 for what cannot be read. What contradicts itself is refused by `checkListOptions`, when the selectors can be read. */
export function parseListOptions(query: string): ListOptions {
  if (query === '') return defaults;
  const parameters = parseQuery(query);
  // Of several that cannot be read, upstream's order of fields says which one the client hears of.
  const timeoutSeconds = integerParameter(parameters, 'timeoutSeconds');
  const limit = integerParameter(parameters, 'limit');
  return {
    labelSelector: parameters.get('labelSelector') ?? '',
    fieldSelector: parameters.get('fieldSelector') ?? '',
    resourceVersion: parameters.get('resourceVersion') ?? '',
    resourceVersionMatch: parameters.get('resourceVersionMatch') ?? '',
    limit: limit ?? 0,
    continueToken: parameters.get('continue') ?? '',
    timeoutSeconds,
    allowWatchBookmarks: booleanParameter(parameters, 'allowWatchBookmarks') ?? false,
    sendInitialEvents: booleanParameter(parameters, 'sendInitialEvents'),
  };
}

export function checkListOptions(options: ListOptions, isWatch: boolean): void {
  const errors = isWatch ? watchErrors(options) : listErrors(options);
  if (errors.length > 0) throw invalid({ group: metaGroup, kind: 'ListOptions' }, '', errors);
}

const match = 'resourceVersionMatch';

function listErrors(options: ListOptions): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { resourceVersionMatch, resourceVersion, continueToken } = options;
  if (resourceVersionMatch !== '') {
    if (resourceVersion === '') {
      const detail = 'resourceVersionMatch is forbidden unless resourceVersion is provided';
      errors.push(forbidden(match, detail));
    }
    if (continueToken !== '') errors.push(forbiddenWithToken);
    if (resourceVersionMatch !== 'Exact' && resourceVersionMatch !== 'NotOlderThan') {
      errors.push(notSupported(match, resourceVersionMatch, ['Exact', 'NotOlderThan', '']));
    }
    if (resourceVersionMatch === 'Exact' && resourceVersion === '0') {
      const detail = 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"';
      errors.push(forbidden(match, detail));
    }
  }
  if (options.sendInitialEvents !== undefined) {
    errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  return errors;
}

const forbiddenWithToken = forbidden(
  match,
  'resourceVersionMatch is forbidden when continue is provided',
);

function watchErrors(options: ListOptions): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { resourceVersionMatch, sendInitialEvents } = withInitialEvents(options);
  if (resourceVersionMatch !== '' && sendInitialEvents === undefined) {
    const detail =
      'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided';
    errors.push(forbidden(match, detail));
  }
  if (sendInitialEvents !== undefined && resourceVersionMatch !== 'NotOlderThan') {
    const detail = 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
    errors.push(forbidden(match, detail));
  }
  if (resourceVersionMatch !== '') {
    if (resourceVersionMatch !== 'NotOlderThan') {
      errors.push(notSupported(match, resourceVersionMatch, ['NotOlderThan']));
    }
    if (options.continueToken !== '') errors.push(forbiddenWithToken);
  }
  return errors;
}

/** A watch without a version begins with what there is, as if its client had said so. */
function withInitialEvents(options: ListOptions): ListOptions {
  const { resourceVersion, resourceVersionMatch, sendInitialEvents } = options;
  const isAny = resourceVersion === '' || resourceVersion === '0';
  if (!isAny || sendInitialEvents !== undefined || resourceVersionMatch !== '') return options;
  return { ...options, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' };
}
