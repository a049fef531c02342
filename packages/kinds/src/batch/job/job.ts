/** Jobs: pods that run until enough of them have succeeded. */
import { formatSelector } from '@navarch/api/selectors';
import type { Job } from '@navarch/api/types/batch/v1';
import { defineResource } from '../../define.ts';
import { specAndStatus, statusSubresource } from '../../strategy.ts';
import { trimmingTemplate, workloadColumns } from '../../apps/template.ts';
import { age, humanDuration } from '../../table/age.ts';
import { containerCells } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { setJobDefaults } from './defaults.ts';
import { ownPodsBySelector } from './selector.ts';
import { jobWarnings } from './warnings.ts';
import { validateJobStatusUpdate } from './validate-status.ts';
import { validateJob, validateJobUpdate } from './validate.ts';

const kind = { group: 'batch', version: 'v1', kind: 'Job' };

const strategy = trimmingTemplate(specAndStatus<Job>({ emptyStatus: {} }));

export const jobs = defineResource<Job>({
  ...kind,
  plural: 'jobs',
  categories: ['all'],
  scope: 'Namespaced',
  // Pods of finished jobs are worth keeping unless someone asks otherwise.
  defaultPropagation: 'orphan',
  unsaidPropagationWarning:
    'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
  setDefaults: setJobDefaults,
  ...strategy,
  prepareForCreate: (submitted, context) =>
    ownPodsBySelector(strategy.prepareForCreate?.(submitted, context) ?? submitted),
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  warnings: jobWarnings,
  selectableFields: { 'status.successful': ({ status }) => String(status?.succeeded ?? 0) },
  describeUnselectableField: (field) => `field label "${field}" not supported for Job`,
  subresources: [statusSubresource<Job>(kind, { validateUpdate: validateJobStatusUpdate })],
  table: {
    columns: [
      nameColumn,
      column('Status', 'How far the job is.'),
      column('Completions', 'Pods that succeeded, of those wanted.'),
      column('Duration', 'How long the job has run, or ran.'),
      ageColumn,
      ...workloadColumns,
    ],
    row: (job, nowMs) => [
      job.metadata.name ?? '',
      statusCell(job),
      completionsCell(job),
      durationCell(job, nowMs),
      age(nowMs, job.metadata.creationTimestamp),
      ...containerCells(job.spec.template.spec?.containers),
      formatSelector(job.spec.selector),
    ],
  },
});

function statusCell(job: Job): string {
  const has = (type: string) =>
    job.status?.conditions?.some((c) => c.type === type && c.status === 'True') ?? false;
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (has('Suspended')) return 'Suspended';
  if (has('FailureTarget')) return 'FailureTarget';
  return has('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function completionsCell({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationCell({ status }: Job, nowMs: number): string {
  if (status?.startTime === undefined) return '';
  const endMs = status.completionTime === undefined ? nowMs : Date.parse(status.completionTime);
  return humanDuration(endMs - Date.parse(status.startTime));
}
