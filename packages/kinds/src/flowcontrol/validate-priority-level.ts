/** What holds for a priority level: shares, percentages, and queues that requests can be dealt to. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import type {
  LimitedPriorityLevelConfiguration,
  LimitResponse,
  PriorityLevelConfiguration,
  QueuingConfiguration,
} from '@navarch/api/types/flowcontrol/v1';
import { bootstrapPriorityLevels } from '../bootstrap/flow-control.ts';
import { type GoForm, goForm } from '../core/go-form.ts';
import { semanticallyEqual } from '../equal.ts';

const exemptName = 'exempt';
const types = ['Exempt', 'Limited'];
const responseTypes = ['Queue', 'Reject'];
const queuesMax = 10_000_000;
const entropyBitsMax = 60;
const positiveText = 'must be a positive value';
const nonNegativeText = 'must be a non-negative value';

export function validatePriorityLevel(object: PriorityLevelConfiguration): FieldError[] {
  return [...formErrors(object), ...validateMandatory(object)];
}

function formErrors(object: PriorityLevelConfiguration): FieldError[] {
  const { metadata, spec } = object;
  const path = Path.of('spec');
  const errors: FieldError[] = [];
  if ((spec.type === 'Exempt') !== (metadata.name === exemptName)) {
    const detail = `must be 'Exempt' if and only if \`name\` is '${exemptName}'`;
    errors.push(invalid(path.child('type'), spec.type, detail));
  }
  if (spec.type === 'Exempt') return [...errors, ...validateExempt(object)];
  if (spec.type !== 'Limited') {
    return [...errors, notSupported(path.child('type'), spec.type, types)];
  }
  if (spec.exempt) {
    errors.push(forbidden(path.child('exempt'), 'must be nil if the type is Limited'));
  }
  const at = path.child('limited');
  if (spec.limited) errors.push(...validateLimited(spec.limited, at));
  else errors.push(required(at, 'must not be empty when type is Limited'));
  return errors;
}

function validateExempt({ spec }: PriorityLevelConfiguration): FieldError[] {
  const path = Path.of('spec');
  const at = path.child('exempt');
  const { exempt, limited } = spec;
  const errors: FieldError[] = [];
  if (limited) {
    errors.push(forbidden(path.child('limited'), 'must be nil if the type is not Limited'));
  }
  const shares = exempt?.nominalConcurrencyShares;
  if (shares !== undefined && shares < 0) {
    errors.push(invalid(at.child('nominalConcurrencyShares'), shares, nonNegativeText));
  }
  return [...errors, ...validatePercent(exempt?.lendablePercent, at.child('lendablePercent'))];
}

function validatePercent(percent: number | undefined, path: Path): FieldError[] {
  if (percent === undefined || (percent >= 0 && percent <= 100)) return [];
  return [invalid(path, percent, 'must be between 0 and 100, inclusive')];
}

function validateLimited(limited: LimitedPriorityLevelConfiguration, path: Path): FieldError[] {
  const { nominalConcurrencyShares: shares, borrowingLimitPercent, limitResponse } = limited;
  const errors: FieldError[] = [];
  if (shares < 0) {
    errors.push(invalid(path.child('nominalConcurrencyShares'), shares, nonNegativeText));
  }
  if (limitResponse) errors.push(...validateResponse(limitResponse, path.child('limitResponse')));
  errors.push(...validatePercent(limited.lendablePercent, path.child('lendablePercent')));
  if (borrowingLimitPercent !== undefined && borrowingLimitPercent < 0) {
    const detail = 'if specified, must be a non-negative integer';
    errors.push(invalid(path.child('borrowingLimitPercent'), borrowingLimitPercent, detail));
  }
  return errors;
}

function validateResponse({ type, queuing }: LimitResponse, path: Path): FieldError[] {
  const at = path.child('queuing');
  if (type === 'Reject') {
    const detail = 'must be nil if limited.limitResponse.type is not Limited';
    return queuing ? [forbidden(at, detail)] : [];
  }
  if (type !== 'Queue') return [notSupported(path.child('type'), type, responseTypes)];
  if (queuing) return validateQueuing(queuing, at);
  return [required(at, 'must not be empty if limited.limitResponse.type is Limited')];
}

function validateQueuing(queuing: QueuingConfiguration, path: Path): FieldError[] {
  const { queues, handSize, queueLengthLimit } = queuing;
  const errors: FieldError[] = [];
  const at = (name: keyof QueuingConfiguration) => path.child(name);
  if (queueLengthLimit <= 0) {
    errors.push(invalid(at('queueLengthLimit'), queueLengthLimit, positiveText));
  }
  if (queues <= 0) errors.push(invalid(at('queues'), queues, positiveText));
  else if (queues > queuesMax) {
    errors.push(invalid(at('queues'), queues, `must not be greater than ${queuesMax}`));
  }
  if (handSize <= 0) errors.push(invalid(at('handSize'), handSize, positiveText));
  else if (handSize > queues) {
    const detail = `should not be greater than queues (${queues})`;
    errors.push(invalid(at('handSize'), handSize, detail));
  } else if (entropyBits(queues, handSize) > entropyBitsMax) {
    const detail = `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${entropyBitsMax}`;
    errors.push(invalid(at('handSize'), handSize, detail));
  }
  return errors;
}

/** Bits of a hash that dealing a hand without repeats uses up. */
function entropyBits(queues: number, handSize: number): number {
  let bits = 0;
  for (let dealt = 0; dealt < handSize && bits <= entropyBitsMax; dealt++) {
    bits += Math.log2(queues - dealt);
  }
  return Math.ceil(bits);
}

const queuingForm: GoForm = [
  ['Queues', 'queues', 0],
  ['HandSize', 'handSize', 0],
  ['QueueLengthLimit', 'queueLengthLimit', 0],
];

const responseForm: GoForm = [
  ['Type', 'type', ''],
  ['Queuing', 'queuing', null, queuingForm],
];

const specForm: GoForm = [
  ['Type', 'type', ''],
  [
    'Limited',
    'limited',
    null,
    [
      ['NominalConcurrencyShares', 'nominalConcurrencyShares', 0],
      ['LimitResponse', 'limitResponse', { Type: '', Queuing: null }, responseForm],
      ['LendablePercent', 'lendablePercent', null],
      ['BorrowingLimitPercent', 'borrowingLimitPercent', null],
    ],
  ],
  [
    'Exempt',
    'exempt',
    null,
    [
      ['NominalConcurrencyShares', 'nominalConcurrencyShares', null],
      ['LendablePercent', 'lendablePercent', null],
    ],
  ],
];

const mandatory = new Map(
  bootstrapPriorityLevels()
    .filter(({ metadata }) => metadata.name === exemptName || metadata.name === 'catch-all')
    .map((level) => [level.metadata.name, level.spec] as const),
);

/** The first and the last level always stay as the cluster made them, but for what the first one lends. */
function validateMandatory({ metadata, spec }: PriorityLevelConfiguration): FieldError[] {
  const { name } = metadata;
  const fixed = mandatory.get(name);
  if (!fixed) return [];
  const isExempt = name === exemptName;
  const compared = isExempt ? { ...spec, exempt: fixed.exempt } : spec;
  if (semanticallyEqual(compared, fixed)) return [];
  const but = isExempt ? " except the 'spec.exempt' field" : '';
  const detail = `spec of '${name}'${but} must equal the fixed value`;
  return [invalid(Path.of('spec'), goForm(specForm, spec), detail)];
}
