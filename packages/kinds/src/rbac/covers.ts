/** What a set of rules grants that someone does not hold, in the words clients know. */
import type { RuleSet } from '@navarch/api/extension/context';
import type { PolicyRule } from '@navarch/api/types/rbac/v1';
import { uncovered } from '../authorize/rbac/cover.ts';
import { listOf } from '../nil.ts';
import { compareText } from '../table/cells.ts';

/** The rights that `rules` give and `held` does not, as sorted lines; empty when all are held. */
export function missingRights(held: RuleSet, rules: readonly PolicyRule[]): string[] {
  const missing = uncovered([...held.resourceRules, ...held.nonResourceRules], rules);
  return [...new Set(compact(missing).map(ruleText))].toSorted(compareText);
}

/** Single rights on one resource become one rule with all their verbs; those on paths stay single, as upstream leaves them. */
function compact(rights: readonly PolicyRule[]): PolicyRule[] {
  const byTarget = new Map<string, PolicyRule>();
  const paths: PolicyRule[] = [];
  for (const right of rights) {
    if (right.nonResourceURLs) {
      paths.push(right);
      continue;
    }
    const key = JSON.stringify([right.apiGroups, right.resources, right.resourceNames]);
    const known = byTarget.get(key);
    byTarget.set(key, known ? { ...known, verbs: [...known.verbs, ...right.verbs] } : right);
  }
  return [...byTarget.values(), ...paths];
}

/** `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}`. */
function ruleText(rule: PolicyRule): string {
  const part = (label: string, values: readonly string[] | undefined) => {
    const texts = listOf(values).map((value) => JSON.stringify(value));
    return texts.length === 0 ? [] : [`${label}:[${texts.join(' ')}]`];
  };
  const parts = [
    ...part('APIGroups', rule.apiGroups),
    ...part('Resources', rule.resources),
    ...part('NonResourceURLs', rule.nonResourceURLs),
    ...part('ResourceNames', rule.resourceNames),
    ...part('Verbs', rule.verbs),
  ];
  return `{${parts.join(', ')}}`;
}
