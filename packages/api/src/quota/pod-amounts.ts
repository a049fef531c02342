/** How much of each resource a pod asks for and may have, exactly. Pure. */
import type { Quantity } from '../quantity.ts';
import type { ContainerStatus } from '../types/core/v1/container-status.ts';
import type { Container } from '../types/core/v1/container.ts';
import type { Pod, PodSpec } from '../types/core/v1/pod.ts';
import type { ResourceList } from '../types/core/v1/resources.ts';
import { addAmounts, type Amounts, mapAmounts, parseAmounts, raiseAmounts } from './amounts.ts';
import { isPodLevelResource } from './resource-names.ts';

type Containers = Pick<PodSpec, 'containers' | 'initContainers'>;
type ListOf = (container: Container) => ResourceList | undefined;

/**
 * What the containers of a pod need together: all that run side by side, or what the most demanding init container needs
 * while the sidecars before it run, whichever is more (KEP-753).
 */
export function aggregate(spec: Containers, listOf: ListOf): Amounts {
  let running: Amounts = new Map();
  for (const container of spec.containers ?? []) {
    running = addAmounts(running, parseAmounts(listOf(container)));
  }
  let sidecars: Amounts = new Map();
  let starting: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const own = parseAmounts(listOf(container));
    const together = addAmounts(sidecars, own);
    starting = raiseAmounts(starting, together);
    if (container.restartPolicy !== 'Always') continue;
    running = addAmounts(running, own);
    sidecars = together;
  }
  return raiseAmounts(running, starting);
}

/** Pod-level requests stand for those of the containers (KEP-2837); overhead comes on top. */
export function podRequests(pod: Pod): Amounts {
  const { resources, overhead } = pod.spec;
  const requests = withPodLevel(containerRequests(pod), resources?.requests);
  return addAmounts(requests, parseAmounts(overhead));
}

/** Overhead only adds to limits that there are. */
export function podLimits({ spec }: Pod): Amounts {
  const limits = withPodLevel(
    aggregate(spec, ({ resources }) => resources?.limits),
    spec.resources?.limits,
  );
  const overhead = parseAmounts(spec.overhead);
  return mapAmounts(limits, (limit, name) => {
    const more = overhead.get(name);
    return more === undefined || limit.isZero() ? limit : limit.add(more);
  });
}

function withPodLevel(amounts: Amounts, list: ResourceList | undefined): Amounts {
  const all = new Map<string, Quantity>(amounts);
  for (const [name, quantity] of parseAmounts(list)) {
    if (isPodLevelResource(name)) all.set(name, quantity);
  }
  return all;
}

/**
 * A pod that is being resized in place counts with the most of what it wants, what its node granted, and what it has; when its node
 * said that the resize cannot be, what it wants does not count (KEP-1287).
 */
function containerRequests({ spec, status }: Pod): Amounts {
  const wanted = aggregate(spec, ({ resources }) => resources?.requests);
  const known = new Map<string, ContainerStatus>(
    [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].map(
      (of) => [of.name, of] as const,
    ),
  );
  if (![...known.values()].some(hasResources)) return wanted;
  const isInfeasible = status?.conditions?.some(
    ({ type, reason }) => type === 'PodResizePending' && reason === 'Infeasible',
  );
  const granted = (container: Container) =>
    known.get(container.name)?.allocatedResources ??
    (isInfeasible ? undefined : container.resources?.requests);
  const present = (container: Container) =>
    known.get(container.name)?.resources?.requests ?? granted(container);
  const most = raiseAmounts(aggregate(spec, granted), aggregate(spec, present));
  return isInfeasible ? most : raiseAmounts(most, wanted);
}

function hasResources({ allocatedResources, resources }: ContainerStatus): boolean {
  return allocatedResources !== undefined || resources !== undefined;
}
