/** What holds for a job. Its policies are checked in `policies.ts`, its status in `validate-status.ts`. */
import { type FieldError, invalid, notSupported, Path, required } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type { Job, JobSpec } from '@navarch/api/types/batch/v1';
import { compiled, labelMismatch } from '../../apps/validate-template.ts';
import { unchanged } from '../../checks.ts';
import { validatePodTemplateSpec } from '../../core/pod/validate.ts';
import { validateLabelSelector } from '../../label-selector.ts';
import { countErrors } from './counts.ts';
import {
  failurePolicyErrors,
  replacementPolicyErrors,
  shownFailurePolicy,
  shownSuccessPolicy,
  successPolicyErrors,
} from './policies.ts';
import { templateUpdateErrors } from './template-update.ts';

const path = Path.of('spec');
const uidLabel = 'batch.kubernetes.io/controller-uid';
const nameLabel = 'batch.kubernetes.io/job-name';

export function validateJob(job: Job): FieldError[] {
  return [...generatedErrors(job, true), ...validateJobSpec(job.spec, path), ...nameErrors(job)];
}

/** A selector that nobody manages must be there, and find the job's own pods only. Old jobs lack the prefixed labels. */
function generatedErrors({ metadata, spec }: Job, prefixed: boolean): FieldError[] {
  if (spec.manualSelector || !spec.selector) return [];
  const { name = '', uid = '' } = metadata;
  const labels = spec.template.metadata?.labels;
  const at = path.child('template', 'metadata', 'labels');
  const wanted: readonly (readonly [key: string, value: string])[] = [
    ['controller-uid', uid],
    ['job-name', name],
    ...(prefixed
      ? ([
          [uidLabel, uid],
          [nameLabel, name],
        ] as const)
      : []),
  ];
  const errors: FieldError[] = [];
  for (const [key, value] of wanted) {
    const text = `must be '${value}'`;
    if (labels?.[key] === undefined) errors.push(required(at.key(key), text));
    else if (labels[key] !== value) errors.push(invalid(at.key(key), labels, text));
  }
  if (compiled(spec.selector)?.matches(Object.fromEntries(wanted)) === false) {
    errors.push(invalid(path.child('selector'), spec.selector, '`selector` not auto-generated'));
  }
  return errors;
}

/** The pods of an indexed job are called after the job and their index, and so are their hosts. */
function nameErrors({ metadata, spec }: Job): FieldError[] {
  const { completionMode, completions = 0 } = spec;
  if (completionMode !== 'Indexed' || completions <= 0) return [];
  const { name = '' } = metadata;
  const hostname = `${name}-${completions - 1}`;
  if (isDns1123Label(hostname).length === 0) return [];
  const detail = `will not able to create pod with invalid DNS label: ${hostname}`;
  return [invalid(Path.of('metadata', 'name'), name, detail)];
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

/** A job's spec where no selector is expected yet: also inside cron jobs. */
export function validateJobTemplateSpec(spec: JobSpec, at: Path): FieldError[] {
  return [
    ...countErrors(spec, at),
    ...failurePolicyErrors(spec, at.child('podFailurePolicy')),
    ...successPolicyErrors(spec, at.child('successPolicy')),
    ...replacementPolicyErrors(spec, at.child('podReplacementPolicy')),
    ...validatePodTemplateSpec(spec.template, at.child('template')),
    ...restartErrors(spec, at.child('template', 'spec', 'restartPolicy')),
  ];
}

const restartPolicies = ['OnFailure', 'Never'];

function restartErrors({ template, podFailurePolicy }: JobSpec, at: Path): FieldError[] {
  const policy = template.spec?.restartPolicy ?? '';
  // Always is what a template says that does not say anything.
  if (policy === '' || policy === 'Always') {
    return [required(at, 'valid values: "OnFailure", "Never"')];
  }
  if (!restartPolicies.includes(policy)) return [notSupported(at, policy, restartPolicies)];
  if (podFailurePolicy && policy !== 'Never') {
    const detail = 'only "Never" is supported when podFailurePolicy is specified';
    return [invalid(at, policy, detail)];
  }
  return [];
}

export function validateJobUpdate(object: Job, stored: Job): FieldError[] {
  const { spec } = object;
  const before = stored.spec;
  const labels = before.template.metadata?.labels ?? {};
  const prefixed = nameLabel in labels && uidLabel in labels;
  return [
    ...generatedErrors(object, prefixed),
    ...validateJobSpec(spec, path),
    ...nameErrors(object),
    // Upstream checks twice on update; the message says each error once, the list of causes twice.
    ...validateJobSpec(spec, path),
    ...completionsErrors(spec, before),
    ...unchanged(spec.selector, before.selector, path.child('selector')),
    ...templateUpdateErrors(object, stored, path.child('template')),
    ...unchanged(spec.completionMode, before.completionMode, path.child('completionMode')),
    ...unchanged(
      shownFailurePolicy(spec.podFailurePolicy),
      shownFailurePolicy(before.podFailurePolicy),
      path.child('podFailurePolicy'),
    ),
    ...unchanged(
      spec.backoffLimitPerIndex,
      before.backoffLimitPerIndex,
      path.child('backoffLimitPerIndex'),
    ),
    ...unchanged(spec.managedBy, before.managedBy, path.child('managedBy')),
    ...unchanged(
      shownSuccessPolicy(spec.successPolicy),
      shownSuccessPolicy(before.successPolicy),
      path.child('successPolicy'),
    ),
  ];
}

/** An indexed job grows and shrinks only together with its parallelism. */
function completionsErrors(spec: JobSpec, stored: JobSpec): FieldError[] {
  const at = path.child('completions');
  const { completionMode, completions, parallelism } = spec;
  if (completionMode !== 'Indexed') return unchanged(completions, stored.completions, at);
  if (completions === undefined || completions === stored.completions) return [];
  if (completions === parallelism) return [];
  return [invalid(at, completions, 'can only be modified in tandem with spec.parallelism')];
}
