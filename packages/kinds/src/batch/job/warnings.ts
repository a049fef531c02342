/** Warnings about jobs, also about those that cron jobs describe. */
import { Path } from '@navarch/api/field-error';
import type { CronJob, Job, JobSpec } from '@navarch/api/types/batch/v1';
import { podNameWarnings } from '../../apps/warnings.ts';
import { templateWarnings } from '../../core/pod/warnings.ts';

/** Above both numbers the status may not be able to list all completed indexes. */
const completionsMany = 100_000;
const parallelismMany = 10_000;

export function jobWarnings(job: Job, stored: Job | undefined): readonly string[] {
  return [...podNameWarnings(job, stored), ...specWarnings(job, stored, job.spec, Path.of('spec'))];
}

export function cronJobWarnings(object: CronJob, stored: CronJob | undefined): readonly string[] {
  const { jobTemplate, schedule } = object.spec;
  const path = Path.of('spec', 'jobTemplate', 'spec');
  const zoned = stored !== undefined && schedule.includes('TZ');
  return [
    ...podNameWarnings(object, stored),
    ...specWarnings(object, stored, jobTemplate.spec, path),
    ...(zoned
      ? [
          'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details',
        ]
      : []),
  ];
}

/** On an update only when the update means something new. */
function specWarnings(
  object: Job | CronJob,
  stored: Job | CronJob | undefined,
  spec: JobSpec,
  path: Path,
): readonly string[] {
  if (stored && stored.metadata.generation === object.metadata.generation) return [];
  const { completionMode, completions = 0, parallelism = 0 } = spec;
  const many = completions > completionsMany && parallelism > parallelismMany;
  const text =
    'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';
  return [
    ...(many && completionMode === 'Indexed' ? [`${String(path)}: ${text}`] : []),
    ...templateWarnings(spec.template, path.child('template')),
  ];
}
