/** Resources of the pod as a whole: what its containers need together, and defaults of the pod's own requirements. */
import { Quantity } from '@navarch/api/quantity';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type { ResourceList, ResourceRequirements } from '@navarch/api/types/core/v1/resources';
import type { Draft } from '@navarch/api/types/scalars';
import { listOf } from '../../nil.ts';
import { isHugePages } from '../resource-names.ts';
import { sortedByKey } from './sorted.ts';

export type Amounts = ReadonlyMap<string, Quantity>;
type Spec =
  | Pick<PodSpec, 'containers' | 'initContainers'>
  | Draft<Pick<PodSpec, 'containers' | 'initContainers'>>;
type Kind = 'requests' | 'limits';

/** The resources that can be given to a pod as a whole. */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

/**
 * What the containers of a pod need together: all that run side by side, or what the most demanding init container needs
 * while the sidecars before it run, whichever is more.
 */
export function aggregate(spec: Spec, kind: Kind): Amounts {
  const running = new Map<string, Quantity>();
  for (const { resources } of listOf(spec.containers as readonly Container[]))
    addTo(running, resources?.[kind]);
  const sidecars = new Map<string, Quantity>();
  const starting = new Map<string, Quantity>();
  for (const { resources, restartPolicy } of listOf(spec.initContainers as readonly Container[])) {
    if (restartPolicy === 'Always') {
      addTo(running, resources?.[kind]);
      addTo(sidecars, resources?.[kind]);
      raiseTo(starting, sidecars);
    } else {
      const now = new Map(sidecars);
      addTo(now, resources?.[kind]);
      raiseTo(starting, now);
    }
  }
  raiseTo(running, starting);
  return running;
}

function addTo(sum: Map<string, Quantity>, list: ResourceList | undefined): void {
  for (const [name, amount] of Object.entries(list ?? {})) {
    const quantity = Quantity.parse(amount);
    const before = sum.get(name);
    sum.set(name, before === undefined ? quantity : before.add(quantity));
  }
}

function raiseTo(most: Map<string, Quantity>, amounts: Amounts): void {
  for (const [name, quantity] of amounts) {
    const before = most.get(name);
    if (before === undefined || quantity.compare(before) > 0) most.set(name, quantity);
  }
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
