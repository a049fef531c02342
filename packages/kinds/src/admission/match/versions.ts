/** In which version of its resource a request falls under rules: matchPolicy. */
import type { AdmissionAttributes, AdmissionVersion } from '@navarch/api/extension/admission';
import type {
  NamedRuleWithOperations,
  RuleWithOperations,
} from '@navarch/api/types/admissionregistration/v1/matching';
import { anyRuleCovers } from './rules.ts';

/** The version that the client used. */
export function requestedVersion(attributes: AdmissionAttributes): AdmissionVersion {
  const { kind, resource, versions } = attributes;
  return versions?.requested ?? { kind, resource };
}

/** Rules, and whether requests through other versions of what they name count, too. */
export interface VersionedRules {
  readonly rules: readonly (RuleWithOperations | NamedRuleWithOperations)[];
  readonly matchesEquivalents: boolean;
}

/** The version in which the rules cover the request; undefined when they do not. They look at no object. */
export function versionFor(
  { rules, matchesEquivalents }: VersionedRules,
  attributes: AdmissionAttributes,
): AdmissionVersion | undefined {
  const requested = requestedVersion(attributes);
  if (anyRuleCovers(rules, { ...attributes, resource: requested.resource })) return requested;
  if (!matchesEquivalents) return undefined;
  const others = attributes.versions?.served() ?? [];
  for (const rule of rules) {
    const found = others.find(({ resource }) => anyRuleCovers([rule], { ...attributes, resource }));
    if (found) return found;
  }
  return undefined;
}
