/** What holds for a job's policies: which failures count, and what success is. */
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  omitted,
  type Path,
  required,
  tooLong,
  tooMany,
} from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import type {
  JobSpec,
  PodFailurePolicy,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
  SuccessPolicy,
  SuccessPolicyRule,
} from '@navarch/api/types/batch/v1';
import { nonNegative } from '../../checks.ts';
import { goForm, type GoForm } from '../../core/go-form.ts';
import { listOf } from '../../nil.ts';
import { countIndexes } from './indexes.ts';

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const operators = ['In', 'NotIn'];
const statuses = ['False', 'True', 'Unknown'];
const rulesMax = 20;
const valuesMax = 255;
const indexesBytesMax = 64 * 1024;

const listed = (values: readonly string[]) =>
  `valid values: [${values.map((value) => JSON.stringify(value)).join(' ')}]`;

export function failurePolicyErrors(spec: JobSpec, path: Path): FieldError[] {
  const rules = listOf(spec.podFailurePolicy?.rules);
  const at = path.child('rules');
  return [
    ...(rules.length > rulesMax ? [tooMany(at, rules.length, rulesMax)] : []),
    ...rules.flatMap((rule, i) => failureRuleErrors(rule, spec, at.index(i))),
  ];
}

function failureRuleErrors(rule: PodFailurePolicyRule, spec: JobSpec, path: Path): FieldError[] {
  const errors = actionErrors(rule.action, spec, path.child('action'));
  const conditions = listOf(rule.onPodConditions);
  if (rule.onExitCodes) {
    errors.push(...exitCodeErrors(rule.onExitCodes, spec, path.child('onExitCodes')));
  }
  const at = path.child('onPodConditions');
  if (conditions.length > rulesMax) errors.push(tooMany(at, conditions.length, rulesMax));
  errors.push(...conditions.flatMap((pattern, i) => patternErrors(pattern, at.index(i))));
  if (rule.onExitCodes && conditions.length > 0) {
    const detail = 'specifying both OnExitCodes and OnPodConditions is not supported';
    errors.push(invalid(path, omitted, detail));
  }
  if (!rule.onExitCodes && conditions.length === 0) {
    const detail = 'specifying one of OnExitCodes and OnPodConditions is required';
    errors.push(invalid(path, omitted, detail));
  }
  return errors;
}

function actionErrors(action: string, { backoffLimitPerIndex }: JobSpec, path: Path): FieldError[] {
  if (action === '') return [required(path, listed(actions))];
  if (!actions.includes(action)) return [notSupported(path, action, actions)];
  if (action !== 'FailIndex' || backoffLimitPerIndex !== undefined) return [];
  return [invalid(path, action, 'requires the backoffLimitPerIndex to be set')];
}

function exitCodeErrors(
  { operator, containerName, values }: PodFailurePolicyOnExitCodesRequirement,
  { template }: JobSpec,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const text: string = operator;
  if (text === '') errors.push(required(path.child('operator'), listed(operators)));
  else if (!operators.includes(text)) {
    errors.push(notSupported(path.child('operator'), text, operators));
  }
  const names = [...listOf(template.spec?.initContainers), ...listOf(template.spec?.containers)];
  if (containerName !== undefined && !names.some(({ name }) => name === containerName)) {
    const detail = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(path.child('containerName'), containerName, detail));
  }
  return [...errors, ...valueErrors(listOf(values), text, path.child('values'))];
}

function valueErrors(values: readonly number[], operator: string, path: Path): FieldError[] {
  if (values.length === 0) return [invalid(path, values, 'at least one value is required')];
  const errors: FieldError[] = [];
  if (values.length > valuesMax) errors.push(tooMany(path, values.length, valuesMax));
  const seen = new Set<number>();
  let ordered = true;
  for (const [i, value] of values.entries()) {
    const at = path.index(i);
    if (operator === 'In' && value === 0) {
      errors.push(invalid(at, value, 'must not be 0 for the In operator'));
    }
    if (seen.has(value)) errors.push(duplicate(at, value));
    seen.add(value);
    ordered &&= i === 0 || (values[i - 1] ?? 0) <= value;
  }
  return ordered ? errors : [...errors, invalid(path, values, 'must be ordered')];
}

function patternErrors(
  { type, status }: PodFailurePolicyOnPodConditionsPattern,
  path: Path,
): FieldError[] {
  const errors = isQualifiedName(type).map((detail) => invalid(path.child('type'), type, detail));
  const at = path.child('status');
  if (status === '') errors.push(required(at, listed(statuses)));
  else if (!statuses.includes(status)) errors.push(notSupported(at, status, statuses));
  return errors;
}

export function successPolicyErrors(spec: JobSpec, path: Path): FieldError[] {
  const { successPolicy, completionMode, completions = 0 } = spec;
  if (!successPolicy) return [];
  if (completionMode !== 'Indexed') {
    return [invalid(path, shownSuccessPolicy(successPolicy), 'requires indexed completion mode')];
  }
  const at = path.child('rules');
  const rules = listOf(successPolicy.rules);
  if (rules.length === 0) {
    const detail = 'at least one rules must be specified when the successPolicy is specified';
    return [required(at, detail)];
  }
  return [
    ...(rules.length > rulesMax ? [tooMany(at, rules.length, rulesMax)] : []),
    ...rules.flatMap((rule, i) => successRuleErrors(rule, completions, at.index(i))),
  ];
}

function successRuleErrors(
  { succeededCount: count, succeededIndexes: indexes }: SuccessPolicyRule,
  completions: number,
  path: Path,
): FieldError[] {
  if (count === undefined && indexes === undefined) {
    const detail = 'at least one of succeededCount or succeededIndexes must be specified';
    return [required(path, detail)];
  }
  const errors: FieldError[] = [];
  const at = path.child('succeededIndexes');
  const total = indexes === undefined ? undefined : countIndexes(indexes, completions);
  if (indexes !== undefined && indexes.length > indexesBytesMax) {
    errors.push(tooLong(at, indexes, indexesBytesMax));
  }
  if (typeof total === 'string') {
    errors.push(invalid(at, indexes, `error parsing succeededIndexes: ${total}`));
  }
  if (count === undefined) return errors;
  const countAt = path.child('succeededCount');
  errors.push(...nonNegative(count, countAt));
  const bound = (limit: number, what: string) =>
    `must be less than or equal to ${limit} (the number of ${what})`;
  if (count > completions) {
    errors.push(invalid(countAt, count, bound(completions, 'specified completions')));
  }
  if (total === undefined) return errors;
  // Indexes that cannot be read count as none.
  const known = typeof total === 'number' ? total : 0;
  if (count > known) {
    const what = 'indexes in the specified succeededIndexes field';
    errors.push(invalid(countAt, count, bound(known, what)));
  }
  return errors;
}

const failurePolicyForm: GoForm = [
  [
    'Rules',
    'rules',
    null,
    [
      ['Action', 'action', ''],
      [
        'OnExitCodes',
        'onExitCodes',
        null,
        [
          ['ContainerName', 'containerName', null],
          ['Operator', 'operator', ''],
          ['Values', 'values', null],
        ],
      ],
      [
        'OnPodConditions',
        'onPodConditions',
        null,
        [
          ['Type', 'type', ''],
          ['Status', 'status', ''],
        ],
      ],
    ],
  ],
];

const successPolicyForm: GoForm = [
  [
    'Rules',
    'rules',
    null,
    [
      ['SucceededIndexes', 'succeededIndexes', null],
      ['SucceededCount', 'succeededCount', null],
    ],
  ],
];

/** As messages show it; two policies that mean the same look the same. */
export function shownFailurePolicy(policy: PodFailurePolicy | undefined): object | undefined {
  return policy && goForm(failurePolicyForm, policy);
}

export function shownSuccessPolicy(policy: SuccessPolicy | undefined): object | undefined {
  return policy && goForm(successPolicyForm, policy);
}

/** A failure policy judges pods by how they ended, so that a pod must have ended before there is another. */
export function replacementPolicyErrors(
  { podReplacementPolicy: policy, podFailurePolicy }: JobSpec,
  path: Path,
): FieldError[] {
  if (policy === undefined) return [];
  const choices = podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  return choices.includes(policy) ? [] : [notSupported(path, policy, choices)];
}
