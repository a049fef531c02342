/** A job finds its pods by labels that hold its uid, so that no two jobs ever share pods. */
import { labelValueLengthMax } from '@navarch/api/names';
import type { Job } from '@navarch/api/types/batch/v1';
import type { StringMap } from '@navarch/api/types/scalars';
import { semanticallyEqual } from '../../equal.ts';

const prefix = 'batch.kubernetes.io/';

/** Unless the user manages the selector: labels for the pods, and a selector for the uid among them. */
export function ownPodsBySelector(job: Job): Job {
  if (job.spec.manualSelector) return job;
  const { name = '', uid = '' } = job.metadata;
  const { template, selector } = job.spec;
  // Labels that the user set are kept; if they contradict, validation says so.
  const labels = {
    [`${prefix}controller-uid`]: uid,
    [`${prefix}job-name`]: name,
    'controller-uid': uid,
    'job-name': name,
    ...template.metadata?.labels,
  };
  const matchLabels = { [`${prefix}controller-uid`]: uid, ...selector?.matchLabels };
  return {
    ...withJobLabels(job, labels),
    spec: {
      ...job.spec,
      selector: { ...selector, matchLabels },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

/** A job without labels of its own wears those of its pods; when they cannot be labels, only the pods' are complained of. */
function withJobLabels(job: Job, labels: StringMap<string>): Job {
  const { labels: own, name = '' } = job.metadata;
  if (name.length > labelValueLengthMax) return job;
  if (!semanticallyEqual(own, job.spec.template.metadata?.labels)) return job;
  return { ...job, metadata: { ...job.metadata, labels } };
}
