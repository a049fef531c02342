/** What may come with a delete: in its body, or, when there is none, in the query. */
import { invalid as invalidField, notSupported, type FieldError } from '@navarch/api/field-error';
import { invalid } from '@navarch/api/status';
import type { Int64 } from '@navarch/api/types/scalars';
import { booleanParameter, integerParameter, parseQuery } from './query.ts';
import { dryRunErrors, metaGroup } from './write-options.ts';

/** meta/v1 DeleteOptions, as far as a server reads them. */
export interface DeleteOptionsBody {
  readonly gracePeriodSeconds?: Int64;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly orphanDependents?: boolean;
  readonly propagationPolicy?: string;
  readonly dryRun?: readonly string[];
}

export interface DeleteOptions {
  readonly dryRun: boolean;
  readonly gracePeriodSeconds: Int64 | undefined;
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly orphanDependents: boolean | undefined;
  readonly propagationPolicy: string | undefined;
}

const policies = ['Foreground', 'Background', 'Orphan', 'nil'];

export function deleteOptionsOfQuery(query: string): DeleteOptionsBody {
  if (query === '') return {};
  const parameters = parseQuery(query);
  const gracePeriodSeconds = integerParameter(parameters, 'gracePeriodSeconds');
  const orphanDependents = booleanParameter(parameters, 'orphanDependents');
  const propagationPolicy = parameters.get('propagationPolicy');
  return {
    ...(gracePeriodSeconds === undefined ? undefined : { gracePeriodSeconds }),
    ...(orphanDependents === undefined ? undefined : { orphanDependents }),
    ...(propagationPolicy === null ? undefined : { propagationPolicy }),
    dryRun: parameters.getAll('dryRun'),
  };
}

/** Throws 422 with everything that is wrong. */
export function checkDeleteOptions(body: DeleteOptionsBody): DeleteOptions {
  const errors = deleteOptionsErrors(body);
  if (errors.length > 0) throw invalid({ group: metaGroup, kind: 'DeleteOptions' }, '', errors);
  const { gracePeriodSeconds } = body;
  return {
    dryRun: (body.dryRun ?? []).length > 0,
    // A negative period is the shortest there is.
    gracePeriodSeconds:
      gracePeriodSeconds !== undefined && gracePeriodSeconds < 0 ? 1 : gracePeriodSeconds,
    uid: body.preconditions?.uid,
    resourceVersion: body.preconditions?.resourceVersion,
    orphanDependents: body.orphanDependents,
    propagationPolicy: body.propagationPolicy,
  };
}

function deleteOptionsErrors(body: DeleteOptionsBody): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { propagationPolicy } = body;
  if (propagationPolicy !== undefined) {
    if (body.orphanDependents !== undefined) {
      const detail = 'orphanDependents and deletionPropagation cannot be both set';
      errors.push(invalidField('propagationPolicy', propagationPolicy, detail));
    }
    if (propagationPolicy === 'nil' || !policies.includes(propagationPolicy)) {
      errors.push(notSupported('propagationPolicy', propagationPolicy, policies));
    }
  }
  return [...errors, ...dryRunErrors(body.dryRun ?? [])];
}
