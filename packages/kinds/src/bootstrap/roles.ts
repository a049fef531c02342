/** The roles of a fresh cluster as objects, and the roles that live in a namespace. */
import type { ClusterRole, PolicyRule, Role } from '@navarch/api/types/rbac/v1';
import { clusterRoleRules } from './cluster-roles.ts';
import { controllerRules } from './controller-roles.ts';
import { read, recordEvents, rule } from './rule.ts';

/** Marks what came with the cluster. */
export const bootstrapLabels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
/** Lets a later start add what a newer version grants; people set it to false to keep their own. */
export const autoUpdateAnnotation = 'rbac.authorization.kubernetes.io/autoupdate';

const aggregateLabel = 'rbac.authorization.k8s.io/aggregate-to-';

/** Roles whose rules are those of all roles with a label; `into`: the aggregated role that takes it in itself. */
const aggregated = [
  { name: 'admin', into: undefined },
  { name: 'edit', into: 'admin' },
  { name: 'view', into: 'edit' },
] as const;

const leaderLocking = [
  rule('create get list update watch', 'coordination.k8s.io', 'leases'),
  rule('create get list update watch', 'coordination.k8s.io', 'leasecandidates'),
];

const namespacedRules: readonly (readonly [string, string, readonly PolicyRule[]])[] = [
  [
    'kube-public',
    'system:controller:bootstrap-signer',
    [
      rule(read, 'core', 'configmaps'),
      rule('update', 'core', 'configmaps', 'cluster-info'),
      recordEvents,
    ],
  ],
  [
    'kube-system',
    'extension-apiserver-authentication-reader',
    [rule(read, 'core', 'configmaps', 'extension-apiserver-authentication')],
  ],
  ['kube-system', 'system::leader-locking-kube-controller-manager', leaderLocking],
  ['kube-system', 'system::leader-locking-kube-scheduler', leaderLocking],
  ['kube-system', 'system:controller:bootstrap-signer', [rule(read, 'core', 'secrets')]],
  [
    'kube-system',
    'system:controller:cloud-provider',
    [rule('create get list watch', 'core', 'configmaps')],
  ],
  [
    'kube-system',
    'system:controller:token-cleaner',
    [rule('delete get list watch', 'core', 'secrets'), recordEvents],
  ],
];

export function bootstrapMeta(name: string, namespace?: string, labels?: Record<string, string>) {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    labels: { ...bootstrapLabels, ...labels },
    annotations: { [autoUpdateAnnotation]: 'true' },
  };
}

export function bootstrapRoles(): readonly Role[] {
  return namespacedRules.map(([namespace, name, rules]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: bootstrapMeta(name, namespace),
    rules,
  }));
}

export function bootstrapClusterRoles(): readonly ClusterRole[] {
  const plain = [
    ...Object.entries(clusterRoleRules),
    ...Object.entries(controllerRules).map(
      ([name, rules]) => [`system:controller:${name}`, rules] as const,
    ),
  ].map(([name, rules]) => clusterRole(name, rules));
  return [...plain, ...aggregated.map(({ name, into }) => aggregatedRole(name, into))];
}

function clusterRole(name: string, rules: readonly PolicyRule[]): ClusterRole {
  const target = /^system:aggregate-to-(.+)$/.exec(name)?.[1];
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: bootstrapMeta(name, undefined, target === undefined ? {} : aggregatesTo(target)),
    rules,
  };
}

function aggregatesTo(role: string): Record<string, string> {
  return { [`${aggregateLabel}${role}`]: 'true' };
}

/** With its rules already in, exactly as the aggregation controller writes them, so that it has nothing to do. */
function aggregatedRole(name: string, into: string | undefined): ClusterRole {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: bootstrapMeta(name, undefined, into === undefined ? {} : aggregatesTo(into)),
    rules: aggregatedRules(name),
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregatesTo(name) }] },
  };
}

/** In the order of the contributing roles' names, each rule once. */
function aggregatedRules(name: string): readonly PolicyRule[] {
  const contributors = aggregated.filter(({ into }) => into === name);
  const sources = [
    { name: `system:aggregate-to-${name}`, rules: clusterRoleRules[`system:aggregate-to-${name}`] },
    ...contributors.map((role) => ({ name: role.name, rules: aggregatedRules(role.name) })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rules = new Map<string, PolicyRule>();
  for (const source of sources) {
    for (const rule of source.rules ?? []) {
      const text = JSON.stringify(rule);
      if (!rules.has(text)) rules.set(text, rule);
    }
  }
  return [...rules.values()];
}
