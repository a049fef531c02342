/** What holds for a job. Its policies are checked in `policies.ts`, its status in `validate-status.ts`. */
import { type FieldError, invalid, notSupported, Path, required } from '@navarch/api/field-error';
import type { Job, JobSpec } from '@navarch/api/types/batch/v1';
import { compiled, labelMismatch } from '../../apps/validate-template.ts';
import { allNonNegative, unchanged } from '../../checks.ts';
import { validatePodTemplateSpec } from '../../core/pod/validate.ts';
import { failurePolicyErrors, successPolicyErrors } from './policies.ts';
import { validateLabelSelector } from '../../label-selector.ts';

const path = Path.of('spec');
const prefix = 'batch.kubernetes.io/';

export function validateJob(job: Job): FieldError[] {
  return [...generatedErrors(job), ...validateJobSpec(job.spec, path)];
}

/** A selector must be there, and find the job's own pods only. */
function generatedErrors({ metadata, spec }: Job): FieldError[] {
  if (spec.manualSelector) return [];
  const { name = '', uid = '' } = metadata;
  const labels = spec.template.metadata?.labels;
  const at = path.child('template', 'metadata', 'labels');
  const wanted = [
    ['controller-uid', uid],
    ['job-name', name],
    [`${prefix}controller-uid`, uid],
    [`${prefix}job-name`, name],
  ] as const;
  const errors: FieldError[] = [];
  for (const [key, value] of wanted) {
    if (labels?.[key] === value) continue;
    errors.push(invalid(at.key(key), labels ?? null, `must be '${value}'`));
  }
  const { matchLabels = {}, matchExpressions } = spec.selector ?? {};
  const keys = Object.keys(matchLabels);
  const generated = keys.length === 1 && matchLabels[`${prefix}controller-uid`] === uid;
  if (!generated || (matchExpressions ?? []).length > 0) {
    const text = '`selector` not auto-generated';
    errors.push(invalid(path.child('selector'), spec.selector ?? null, text));
  }
  return errors;
}

/** A job's spec with the selector that it must have by now. */
function validateJobSpec(spec: JobSpec, at: Path): FieldError[] {
  const errors = validateJobTemplateSpec(spec, at);
  const selector = at.child('selector');
  if (!spec.selector) errors.push(required(selector));
  else errors.push(...validateLabelSelector(spec.selector, selector));
  const matcher = compiled(spec.selector);
  if (matcher) errors.push(...labelMismatch(matcher, spec.template, at.child('template')));
  return errors;
}

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

/** A job's spec where no selector is expected yet: also inside cron jobs. */
export function validateJobTemplateSpec(spec: JobSpec, at: Path): FieldError[] {
  return [
    ...allNonNegative<(typeof counts)[number]>(spec, counts, at),
    ...modeErrors(spec, at),
    ...failurePolicyErrors(spec, at.child('podFailurePolicy')),
    ...successPolicyErrors(spec, at.child('successPolicy')),
    ...validatePodTemplateSpec(spec.template, at.child('template')),
    ...restartErrors(spec, at.child('template', 'spec', 'restartPolicy')),
  ];
}

function modeErrors({ completionMode, completions, ...spec }: JobSpec, at: Path): FieldError[] {
  if (completionMode === undefined) return [];
  const mode = at.child('completionMode');
  if (!['NonIndexed', 'Indexed'].includes(completionMode)) {
    return [notSupported(mode, completionMode, ['Indexed', 'NonIndexed'])];
  }
  const errors: FieldError[] = [];
  if (completionMode === 'Indexed' && completions === undefined) {
    const detail = 'when completion mode is Indexed';
    errors.push(required(at.child('completions'), detail));
  }
  if (completionMode !== 'Indexed' && spec.backoffLimitPerIndex !== undefined) {
    const detail = 'requires indexed completion mode';
    errors.push(invalid(at.child('backoffLimitPerIndex'), spec.backoffLimitPerIndex, detail));
  }
  return errors;
}

function restartErrors({ template, podFailurePolicy }: JobSpec, at: Path): FieldError[] {
  const policy = template.spec?.restartPolicy ?? '';
  if (policy !== 'OnFailure' && policy !== 'Never') {
    return [required(at, 'valid values: "OnFailure", "Never"')];
  }
  if (podFailurePolicy && policy !== 'Never') {
    const detail = 'only "Never" is supported when podFailurePolicy is specified';
    return [invalid(at, policy, detail)];
  }
  return [];
}

export function validateJobUpdate(object: Job, stored: Job): FieldError[] {
  const { spec } = object;
  return [
    ...validateJob(object),
    // Upstream checks twice on update; the message says each error once, the list of causes twice.
    ...validateJobSpec(spec, path),
    ...completionsErrors(spec, stored.spec),
    ...unchanged(spec.selector, stored.spec.selector, path.child('selector')),
    ...templateErrors(object, stored),
    ...unchanged(spec.completionMode, stored.spec.completionMode, path.child('completionMode')),
    ...unchanged(
      spec.podFailurePolicy,
      stored.spec.podFailurePolicy,
      path.child('podFailurePolicy'),
    ),
    ...unchanged(
      spec.backoffLimitPerIndex,
      stored.spec.backoffLimitPerIndex,
      path.child('backoffLimitPerIndex'),
    ),
    ...unchanged(spec.managedBy, stored.spec.managedBy, path.child('managedBy')),
    ...unchanged(spec.successPolicy, stored.spec.successPolicy, path.child('successPolicy')),
  ];
}

/** An indexed job grows and shrinks only together with its parallelism. */
function completionsErrors(spec: JobSpec, stored: JobSpec): FieldError[] {
  const at = path.child('completions');
  if (spec.completionMode !== 'Indexed') return unchanged(spec.completions, stored.completions, at);
  if (spec.completions === stored.completions || spec.completions === spec.parallelism) return [];
  const detail = 'can only be modified in tandem with spec.parallelism';
  return [invalid(at, spec.completions ?? null, detail)];
}

/** A job that has not started may still be told where to run. */
function templateErrors(object: Job, stored: Job): FieldError[] {
  const started = stored.status?.startTime !== undefined || stored.spec.suspend !== true;
  const scheduling = ['affinity', 'nodeSelector', 'tolerations', 'schedulingGates'] as const;
  const template = started ? object.spec.template : withScheduling(object, stored, scheduling);
  return unchanged(template, stored.spec.template, path.child('template'));
}

/** The submitted template with the stored directives for scheduling. */
function withScheduling(object: Job, stored: Job, members: readonly string[]): object {
  const directives = ({ spec }: Job) =>
    Object.entries(spec.template.spec ?? {}).filter(([name]) => members.includes(name));
  const rest = Object.entries(object.spec.template.spec ?? {}).filter(
    ([name]) => !members.includes(name),
  );
  const { metadata } = stored.spec.template;
  return {
    ...object.spec.template,
    ...(metadata && { metadata }),
    spec: Object.fromEntries([...rest, ...directives(stored)]),
  };
}
