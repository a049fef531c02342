/** How much of each resource a pod asks for, as numbers: cpu in millicores, everything else in whole units. Pure. */
import { quantityMilliValue, quantityValue } from '@navarch/api/quantity';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod, PodSpec } from '@navarch/api/types/core/v1/pod';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';

export type Amounts = ReadonlyMap<string, number>;

/** What a container without requests counts as when nodes are compared, so that a thousand of them do not pile up on one node. */
export const assumedCpuMillis = 100;
export const assumedMemoryBytes = 200 * 1024 * 1024;

export function amountOf(resource: string, quantity: string): number {
  return resource === 'cpu' ? quantityMilliValue(quantity) : quantityValue(quantity);
}

export function amountsOf(list: ResourceList | undefined): Map<string, number> {
  return new Map(
    Object.entries(list ?? {}).map(([resource, quantity]) => [
      resource,
      amountOf(resource, quantity),
    ]),
  );
}

/**
 * Containers run together, so they add up. Init containers run one after the other before them, so the largest counts; a restartable
 * one stays and adds to all that follow (KEP-753). Overhead comes on top. Pod-level requests replace the sum (KEP-2837).
 */
export function podRequests(
  spec: PodSpec,
  requestsOf: (container: Container) => Map<string, number>,
): Map<string, number> {
  const total = new Map<string, number>();
  for (const container of spec.containers) add(total, requestsOf(container));
  const sidecars = new Map<string, number>();
  const largestInit = new Map<string, number>();
  for (const container of spec.initContainers ?? []) {
    const own = requestsOf(container);
    if (container.restartPolicy === 'Always') {
      add(total, own);
      add(sidecars, own);
      raise(largestInit, sidecars);
    } else {
      const together = new Map(sidecars);
      add(together, own);
      raise(largestInit, together);
    }
  }
  raise(total, largestInit);
  for (const [resource, amount] of amountsOf(spec.resources?.requests)) total.set(resource, amount);
  add(total, amountsOf(spec.overhead));
  return total;
}

/** Container name -> requests that replace those in the spec. */
export type ResizedRequests = Readonly<Record<string, ResourceList>>;

/**
 * A container that is being resized in place counts with the most of what it wants, what its node granted, and what it has; when its
 * node said that the resize cannot be, what it wants does not count (KEP-1287). Undefined when no container is being resized.
 */
export function resizedRequests({ spec, status }: Pod): ResizedRequests | undefined {
  const statuses = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  if (!statuses.some(({ allocatedResources, resources }) => allocatedResources ?? resources))
    return undefined;
  const isInfeasible = status?.conditions?.some(
    ({ type, reason }) => type === 'PodResizePending' && reason === 'Infeasible',
  );
  const resized: Record<string, ResourceList> = {};
  for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
    const of = statuses.find(({ name }) => name === container.name);
    if (!of?.allocatedResources && !of?.resources) continue;
    resized[container.name] = largest([
      ...(isInfeasible ? [] : [container.resources?.requests]),
      of.allocatedResources,
      of.resources?.requests,
    ]);
  }
  return resized;
}

function largest(lists: readonly (ResourceList | undefined)[]): ResourceList {
  const most: Record<string, string> = {};
  for (const list of lists) {
    for (const [resource, quantity] of Object.entries(list ?? {})) {
      const before = most[resource];
      if (before === undefined || amountOf(resource, quantity) > amountOf(resource, before))
        most[resource] = quantity;
    }
  }
  return most;
}

export function containerRequests(
  container: Container,
  resized?: ResizedRequests,
): Map<string, number> {
  return amountsOf(resized?.[container.name] ?? container.resources?.requests);
}

/** As `containerRequests`, with something for containers that ask for no cpu or memory. */
export function assumedRequests(
  container: Container,
  resized?: ResizedRequests,
): Map<string, number> {
  const requests = containerRequests(container, resized);
  if (!requests.has('cpu')) requests.set('cpu', assumedCpuMillis);
  if (!requests.has('memory')) requests.set('memory', assumedMemoryBytes);
  return requests;
}

function add(total: Map<string, number>, more: Amounts): void {
  for (const [resource, amount] of more) total.set(resource, (total.get(resource) ?? 0) + amount);
}

function raise(total: Map<string, number>, floor: Amounts): void {
  for (const [resource, amount] of floor)
    total.set(resource, Math.max(total.get(resource) ?? 0, amount));
}
