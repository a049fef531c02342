/** What pods use of a quota. Pods that have ended, or should have, use nothing but their name. */
import { afterSeconds } from '../int64.ts';
import type { KubernetesObject } from '../extension/object.ts';
import { Quantity } from '../quantity.ts';
import { parseTime } from '../time.ts';
import type { Container } from '../types/core/v1/container.ts';
import type { Pod } from '../types/core/v1/pod.ts';
import type { ScopedResourceSelectorRequirement } from '../types/core/v1/quota.ts';
import type { ResourceList, ResourceRequirements } from '../types/core/v1/resources.ts';
import { addAmounts, type Amounts, parseAmounts } from './amounts.ts';
import { countName, matchesRequirement, one, type QuotaEvaluator } from './evaluator.ts';
import { podLimits, podRequests } from './pod-amounts.ts';
import { isExtendedResource, isHugePages, isNativeResource } from './resource-names.ts';

const count = countName({ group: '', resource: 'pods' });

/** Resources that quotas know without and with `requests.`, and as `limits.`. */
const basic = ['cpu', 'memory', 'ephemeral-storage'];

const measured: ReadonlySet<string> = new Set([
  count,
  'pods',
  ...basic.flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
]);

/** Where these are limited, every container must say what it wants: history, and not to be added to. */
const demanded: ReadonlySet<string> = new Set(
  ['cpu', 'memory'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
);

export const podQuota: QuotaEvaluator = {
  updates: ['resize'],
  measures: (name) =>
    measured.has(name) ||
    isHugePages(name) ||
    name.startsWith('requests.hugepages-') ||
    (name.startsWith('requests.') && !isNativeResource(name)),
  usage(object, nowMs) {
    const pod = object as Pod;
    const counted: Amounts = new Map([[count, one]]);
    if (hasEnded(pod, nowMs)) return counted;
    return addAmounts(counted, computeUsage(podRequests(pod), podLimits(pod)));
  },
  inScope: (requirement, object) => inScope(requirement, object as Pod),
  missing: (object, limited) => missing(object, limited),
};

/** A node that is lost never says that a pod is gone; its namespace must not pay for that. */
function hasEnded({ metadata, status }: Pod, nowMs: number): boolean {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return true;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined) return false;
  const endMs = afterSeconds(parseTime(deletionTimestamp), deletionGracePeriodSeconds);
  return nowMs > endMs;
}

function computeUsage(requests: Amounts, limits: Amounts): Amounts {
  const used = new Map([['pods', one]]);
  for (const [name, quantity] of requests) {
    if (basic.includes(name) || isHugePages(name)) used.set(name, quantity);
    if (basic.includes(name) || isHugePages(name) || isExtendedResource(name)) {
      used.set(`requests.${name}`, quantity);
    }
  }
  for (const [name, quantity] of limits) {
    if (basic.includes(name)) used.set(`limits.${name}`, quantity);
  }
  return used;
}

/** `must specify limits.memory for: a,b; requests.cpu for: a`. */
function missing(object: KubernetesObject, limited: readonly string[]): string | undefined {
  const { containers, initContainers } = (object as Pod).spec;
  const wanted = limited.filter((name) => demanded.has(name)).toSorted();
  const texts = wanted.flatMap((name) => {
    const silent = [...(containers ?? []), ...(initContainers ?? [])]
      .filter((container) => !saysOf(container).has(name))
      .map((container) => container.name);
    const names = [...new Set(silent)].toSorted();
    return names.length === 0 ? [] : [`${name} for: ${names.join(',')}`];
  });
  return texts.length === 0 ? undefined : `must specify ${texts.join('; ')}`;
}

function saysOf({ resources }: Container): Amounts {
  return computeUsage(parseAmounts(resources?.requests), parseAmounts(resources?.limits));
}

function inScope(requirement: ScopedResourceSelectorRequirement, pod: Pod): boolean {
  const { activeDeadlineSeconds, priorityClassName } = pod.spec;
  switch (requirement.scopeName) {
    case 'Terminating':
      return activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return isBestEffort(pod);
    case 'NotBestEffort':
      return !isBestEffort(pod);
    case 'PriorityClass':
      return matchesRequirement(requirement, priorityClassName || undefined);
    case 'CrossNamespacePodAffinity':
      return looksElsewhere(pod);
    default:
      return false;
  }
}

function isBestEffort({ spec, status }: Pod): boolean {
  if (status?.qosClass) return status.qosClass === 'BestEffort';
  const own = spec.resources;
  const stated: readonly (ResourceRequirements | undefined)[] =
    own && Object.keys({ ...own.requests, ...own.limits }).length > 0
      ? [own]
      : [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(
          ({ resources }) => resources,
        );
  const asks = (list: ResourceList | undefined) =>
    [list?.['cpu'], list?.['memory']].some(
      (amount) => amount !== undefined && Quantity.parse(amount).sign() > 0,
    );
  return !stated.some((of) => asks(of?.requests) || asks(of?.limits));
}

/** Whether where the pod goes depends on pods of other namespaces. */
function looksElsewhere({ spec }: Pod): boolean {
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
  const terms = [podAffinity, podAntiAffinity].flatMap((affinity) => [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ podAffinityTerm }) => podAffinityTerm,
    ),
  ]);
  return terms.some(
    ({ namespaces, namespaceSelector }) =>
      (namespaces ?? []).length > 0 || namespaceSelector !== undefined,
  );
}
