/** What webhooks and policies mean where they do not say what they match. */
import type {
  MatchResources,
  RuleWithOperations,
} from '@navarch/api/types/admissionregistration/v1/matching';
import type { Draft } from '@navarch/api/types/scalars';
import { listOf } from '../nil.ts';

export function setRuleDefaults(rules: readonly Draft<RuleWithOperations>[] | undefined): void {
  for (const rule of listOf(rules)) rule.scope ??= '*';
}

export function setMatchDefaults(match: Draft<MatchResources> | undefined): void {
  if (!match) return;
  match.matchPolicy ??= 'Equivalent';
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  setRuleDefaults(match.resourceRules);
  setRuleDefaults(match.excludeResourceRules);
}
