/** Resources of the pod as a whole: what its containers need together, and defaults of the pod's own requirements. */
import type { Amounts } from '@navarch/api/quota/amounts';
import { aggregate as aggregateOf } from '@navarch/api/quota/pod-amounts';
import { isHugePages, isPodLevelResource } from '@navarch/api/quota/resource-names';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type { ResourceRequirements } from '@navarch/api/types/core/v1/resources';
import type { Draft } from '@navarch/api/types/scalars';
import { sortedByKey } from './sorted.ts';

type Spec =
  | Pick<PodSpec, 'containers' | 'initContainers'>
  | Draft<Pick<PodSpec, 'containers' | 'initContainers'>>;

export { isPodLevelResource };

/** What the containers of a pod need together. */
export function aggregate(spec: Spec, kind: 'requests' | 'limits'): Amounts {
  return aggregateOf(spec, ({ resources }) => resources?.[kind]);
}

/** A pod that says part of what it needs as a whole gets the rest from its containers, then from its limits. */
export function setPodResourceDefaults(spec: Draft<PodSpec>): void {
  const { resources } = spec;
  if (!resources) return;
  setHugePageLimits(spec, resources);
  if (Object.keys(resources.limits ?? {}).length === 0) return;
  const requests: { [name: string]: string } = { ...resources.requests };
  for (const [name, quantity] of aggregate(spec, 'requests')) {
    if (isPodLevelResource(name) && !isHugePages(name)) requests[name] ??= quantity.toString();
  }
  for (const [name, amount] of Object.entries(resources.limits ?? {})) {
    if (isPodLevelResource(name)) requests[name] ??= amount;
  }
  if (Object.keys(requests).length > 0) resources.requests = sortedByKey(requests);
}

/** Huge pages cannot be overcommitted, so that the limit is what the containers may have together. */
function setHugePageLimits(spec: Draft<PodSpec>, resources: Draft<ResourceRequirements>): void {
  const stated = { ...resources.requests, ...resources.limits };
  if (Object.keys(stated).length === 0) return;
  for (const [name, quantity] of aggregate(spec, 'limits')) {
    if (!isHugePages(name) || name in stated) continue;
    resources.limits = sortedByKey({ ...resources.limits, [name]: quantity.toString() });
  }
}
