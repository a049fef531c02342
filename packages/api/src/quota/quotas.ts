/** Quotas and what they count: which evaluator a resource has, which quotas an object falls under, what a namespace uses. Pure. */
import type { GroupResource, KubernetesObject } from '../extension/object.ts';
import { Quantity } from '../quantity.ts';
import type { ResourceQuota, ScopedResourceSelectorRequirement } from '../types/core/v1/quota.ts';
import { addAmounts, type Amounts, selectAmounts } from './amounts.ts';
import { deviceClaimQuota, volumeClaimQuota } from './claims.ts';
import { countEvaluator, type QuotaEvaluator } from './evaluator.ts';
import { podQuota } from './pods.ts';
import { serviceQuota } from './services.ts';

const own: ReadonlyMap<string, QuotaEvaluator> = new Map([
  ['/pods', podQuota],
  ['/services', serviceQuota],
  ['/persistentvolumeclaims', volumeClaimQuota],
  ['resource.k8s.io/resourceclaims', deviceClaimQuota],
]);

/** Resources that can be counted by their plain name as well. */
const aliased = ['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets'];

/** Nothing that is kept, or nothing that anybody could be held to. */
const uncounted: ReadonlySet<string> = new Set([
  '/bindings',
  '/componentstatuses',
  '/events',
  'events.k8s.io/events',
  'authentication.k8s.io/selfsubjectreviews',
  'authentication.k8s.io/tokenreviews',
  'authorization.k8s.io/localsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authorization.k8s.io/subjectaccessreviews',
]);

/** Objects of every other resource are counted. */
export function evaluatorOf(of: GroupResource): QuotaEvaluator | undefined {
  const key = `${of.group}/${of.resource}`;
  if (uncounted.has(key)) return undefined;
  const isAliased = of.group === '' && aliased.includes(of.resource);
  return own.get(key) ?? countEvaluator(of, ...(isAliased ? [of.resource] : []));
}

/** Every requirement on what a quota counts; plain scopes among them. */
export function scopesOf({ spec }: ResourceQuota): readonly ScopedResourceSelectorRequirement[] {
  return [
    ...(spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' as const })),
    ...(spec.scopeSelector?.matchExpressions ?? []),
  ];
}

export function isInScope(
  quota: ResourceQuota,
  evaluator: QuotaEvaluator,
  object: KubernetesObject,
): boolean {
  return scopesOf(quota).every((scope) => evaluator.inScope?.(scope, object) ?? false);
}

/** The limits that are enforced on this resource. */
export function limitsOf({ status }: ResourceQuota, evaluator: QuotaEvaluator): readonly string[] {
  return Object.keys(status?.hard ?? {}).filter((name) => evaluator.measures(name));
}

/** What these objects use of everything that the quota limits and their evaluator measures. */
export function measureUsage(
  quota: ResourceQuota,
  evaluator: QuotaEvaluator,
  objects: readonly KubernetesObject[],
  nowMs: number,
): Amounts {
  const limited = Object.keys(quota.spec.hard ?? {}).filter((name) => evaluator.measures(name));
  let used: Amounts = new Map(limited.map((name) => [name, Quantity.zero] as const));
  if (limited.length === 0) return used;
  for (const object of objects) {
    if (!isInScope(quota, evaluator, object)) continue;
    const usage = evaluator.usage(object, nowMs);
    used = addAmounts(
      used,
      selectAmounts(usage, (name) => used.has(name)),
    );
  }
  return used;
}
