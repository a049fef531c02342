/** Quality of service: how a pod fares when its node runs short. Follows from what it asks for and what it may have. */
import { Quantity } from '@navarch/api/quantity';
import type { Pod, PodQOSClass } from '@navarch/api/types/core/v1/pod';
import type { ResourceList, ResourceRequirements } from '@navarch/api/types/core/v1/resources';
import { listOf } from '../../nil.ts';

/** The only resources that count. */
const compute = ['cpu', 'memory'] as const;

/** The class that is recorded, or else the one that follows from the spec. */
export function qosClass(pod: Pod): PodQOSClass {
  return pod.status?.qosClass || computeQosClass(pod);
}

export function computeQosClass({ spec }: Pod): PodQOSClass {
  const stated = requirementsThatCount(spec);
  const anything = stated.some(({ requests, limits }) =>
    compute.some((name) => isPositive(requests, name) || isPositive(limits, name)),
  );
  if (!anything) return 'BestEffort';
  return stated.every(isFixed) && sum(stated, 'requests') === sum(stated, 'limits')
    ? 'Guaranteed'
    : 'Burstable';
}

/** The pod's own requirements count instead of those of its containers. */
function requirementsThatCount(spec: Pod['spec']): readonly ResourceRequirements[] {
  const own = spec.resources;
  if (own && Object.keys({ ...own.requests, ...own.limits }).length > 0) return [own];
  return [...listOf(spec.containers), ...listOf(spec.initContainers)].map(
    (container) => container.resources ?? {},
  );
}

function isFixed({ limits }: ResourceRequirements): boolean {
  return compute.every((name) => isPositive(limits, name));
}

function isPositive(list: ResourceList | undefined, name: string): boolean {
  const amount = list?.[name];
  return amount !== undefined && amount !== '0' && Quantity.parse(amount).sign() > 0;
}

/** All positive amounts together, as comparable text. */
function sum(all: readonly ResourceRequirements[], kind: 'requests' | 'limits'): string {
  return compute
    .map((name) => {
      let nanos = 0n;
      for (const requirements of all) {
        const amount = requirements[kind]?.[name];
        const quantity = amount === undefined ? Quantity.zero : Quantity.parse(amount);
        if (quantity.sign() > 0) nanos += quantity.nanos;
      }
      return String(nanos);
    })
    .join(' ');
}
