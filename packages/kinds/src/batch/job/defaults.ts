/** What a job means where it says nothing. */
import type { Job, JobSpec } from '@navarch/api/types/batch/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { setTemplateDefaults } from '../../apps/template.ts';

const unlimited = 2_147_483_647;

export function setJobDefaults(draft: Draft<Job>): void {
  setJobSpecDefaults(draft.spec);
  const labels = draft.spec.template?.metadata?.labels;
  if (labels && Object.keys(draft.metadata.labels ?? {}).length === 0) {
    draft.metadata.labels = { ...labels };
  }
}

function setJobSpecDefaults(spec: Draft<JobSpec>): void {
  setCountDefaults(spec);
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  spec.manualSelector ??= false;
  setJobTemplateDefaults(spec);
}

/** Of a job that is only described: what the rest means is settled when there is one. */
export function setJobTemplateDefaults(spec: Draft<JobSpec>): void {
  for (const rule of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True';
  }
  setTemplateDefaults(spec.template);
}

function setCountDefaults(spec: Draft<JobSpec>): void {
  // Neither number given: one pod. A parallelism alone is a queue that ends when its workers say so.
  if (spec.completions === undefined && spec.parallelism === undefined) {
    spec.completions = 1;
    spec.parallelism = 1;
  }
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : unlimited;
}
