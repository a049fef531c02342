/** The rules of a cluster role that is made of others. Pure. */
import { compileSelector } from '@navarch/api/selectors';
import type { ClusterRole, PolicyRule } from '@navarch/api/types/rbac/v1';

/** Undefined when the role has the right rules already, or is none that aggregates. */
export function planRules(
  role: ClusterRole,
  all: readonly ClusterRole[],
): readonly PolicyRule[] | undefined {
  if (!role.aggregationRule) return undefined;
  const rules = new Map<string, PolicyRule>();
  for (const labelSelector of role.aggregationRule.clusterRoleSelectors ?? []) {
    const selector = compileSelector(labelSelector);
    const sources = all
      .filter(
        ({ metadata }) => metadata.name !== role.metadata.name && selector.matches(metadata.labels),
      )
      .toSorted((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1));
    for (const rule of sources.flatMap((source) => source.rules ?? [])) {
      const text = ruleText(rule);
      if (!rules.has(text)) rules.set(text, rule);
    }
  }
  const wanted = [...rules.keys()].join('\n');
  const present = (role.rules ?? []).map(ruleText).join('\n');
  return wanted === present ? undefined : [...rules.values()];
}

function ruleText({
  verbs,
  apiGroups,
  resources,
  resourceNames,
  nonResourceURLs,
}: PolicyRule): string {
  const lists = [verbs, apiGroups, resources, resourceNames, nonResourceURLs];
  return JSON.stringify(lists.map((list) => list ?? []));
}
