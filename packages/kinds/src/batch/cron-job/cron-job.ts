/** Cron jobs: jobs made by the clock. */
import { formatSelector } from '@navarch/api/selectors';
import type { CronJob } from '@navarch/api/types/batch/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { trimming, trimTemplate, workloadColumns } from '../../apps/template.ts';
import { defineResource } from '../../define.ts';
import { specAndStatus, statusSubresource } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { containerCells, none } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { setJobTemplateDefaults } from '../job/defaults.ts';
import { cronJobWarnings } from '../job/warnings.ts';
import { validateCronJob, validateCronJobUpdate } from './validate.ts';

const kind = { group: 'batch', version: 'v1', kind: 'CronJob' };

export const cronJobs = defineResource<CronJob>({
  ...kind,
  plural: 'cronjobs',
  shortNames: ['cj'],
  categories: ['all'],
  scope: 'Namespaced',
  setDefaults: setCronJobDefaults,
  ...trimming(specAndStatus<CronJob>({ emptyStatus: {} }), trimJobTemplate),
  validate: validateCronJob,
  validateUpdate: validateCronJobUpdate,
  warnings: cronJobWarnings,
  subresources: [statusSubresource<CronJob>(kind)],
  table: {
    columns: [
      nameColumn,
      column('Schedule', 'When jobs are made, in cron notation.'),
      column('Timezone', 'The time zone that the schedule is read in.'),
      column('Suspend', 'Whether no more jobs are made for now.', 'boolean'),
      column('Active', 'Jobs that run now.', 'integer'),
      column('Last Schedule', 'How long ago the last job was made.'),
      ageColumn,
      ...workloadColumns,
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      spec.schedule,
      spec.timeZone ?? none,
      // A text, whatever the column says.
      spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False',
      status?.active?.length ?? 0,
      status?.lastScheduleTime === undefined ? none : age(nowMs, status.lastScheduleTime),
      age(nowMs, metadata.creationTimestamp),
      ...containerCells(spec.jobTemplate.spec?.template?.spec?.containers),
      formatSelector(spec.jobTemplate.spec?.selector),
    ],
  },
});

function trimJobTemplate(object: CronJob): CronJob {
  const { jobTemplate } = object.spec;
  if (!jobTemplate.spec) return object;
  const spec = trimTemplate(jobTemplate.spec);
  return { ...object, spec: { ...object.spec, jobTemplate: { ...jobTemplate, spec } } };
}

export function setCronJobDefaults(draft: Draft<CronJob>): void {
  const { spec } = draft;
  spec.concurrencyPolicy ||= 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  setJobTemplateDefaults(spec.jobTemplate.spec);
}
