/** Init containers were annotations once. Nothing reads those any more, and nothing keeps them. */
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import type { Draft } from '@navarch/api/types/scalars';

const dropped = [
  'pod.beta.kubernetes.io/init-containers',
  'pod.alpha.kubernetes.io/init-containers',
  'pod.beta.kubernetes.io/init-container-statuses',
  'pod.alpha.kubernetes.io/init-container-statuses',
];

export function dropOldAnnotations(metadata: Draft<ObjectMeta>): void {
  const { annotations } = metadata;
  if (!annotations || !dropped.some((key) => Object.hasOwn(annotations, key))) return;
  const rest = Object.entries(annotations).filter(([key]) => !dropped.includes(key));
  if (rest.length > 0) metadata.annotations = Object.fromEntries(rest);
  else delete metadata.annotations;
}
