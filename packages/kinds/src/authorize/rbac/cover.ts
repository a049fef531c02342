/** Whether some rules grant all that another rule does: for escalation checks, and for what a start must add. */
import type { PolicyRule } from '@navarch/api/types/rbac/v1';

/** True when every single right in `wanted` is granted by at least one of `owned`. */
export function ruleCovers(owned: readonly PolicyRule[], wanted: PolicyRule): boolean {
  return breakDown(wanted).every((right) => owned.some((rule) => coversRight(rule, right)));
}

/** Those of `wanted` that `owned` does not grant, broken down to single rights. */
export function uncovered(
  owned: readonly PolicyRule[],
  wanted: readonly PolicyRule[],
): readonly PolicyRule[] {
  return wanted
    .flatMap((rule) => breakDown(rule))
    .filter((right) => !owned.some((rule) => coversRight(rule, right)));
}

/** One rule per verb, group, resource and name, or per verb and path. */
function breakDown(rule: PolicyRule): readonly PolicyRule[] {
  const names = rule.resourceNames?.length ? rule.resourceNames : [undefined];
  const resources = (rule.apiGroups ?? []).flatMap((group) =>
    (rule.resources ?? []).flatMap((resource) =>
      rule.verbs.flatMap((verb) =>
        names.map((name) => ({
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
          ...(name !== undefined && { resourceNames: [name] }),
        })),
      ),
    ),
  );
  const paths = (rule.nonResourceURLs ?? []).flatMap((url) =>
    rule.verbs.map((verb) => ({ verbs: [verb], nonResourceURLs: [url] })),
  );
  return [...resources, ...paths];
}

function coversRight(rule: PolicyRule, right: PolicyRule): boolean {
  if (!hasAll(rule.verbs, right.verbs)) return false;
  const [url] = right.nonResourceURLs ?? [];
  if (url !== undefined) return rule.nonResourceURLs?.some((own) => pathCovers(own, url)) ?? false;
  return (
    hasAll(rule.apiGroups, right.apiGroups) &&
    coversResource(rule.resources ?? [], right.resources?.[0] ?? '') &&
    coversName(rule.resourceNames, right.resourceNames?.[0])
  );
}

function hasAll(own: readonly string[] | undefined, [wanted]: readonly string[] = []): boolean {
  return own !== undefined && wanted !== undefined && (own.includes('*') || own.includes(wanted));
}

function coversResource(own: readonly string[], wanted: string): boolean {
  if (own.includes('*') || own.includes(wanted)) return true;
  const slash = wanted.indexOf('/');
  return slash >= 0 && own.includes(`*${wanted.slice(slash)}`);
}

function coversName(own: readonly string[] | undefined, wanted: string | undefined): boolean {
  if (own === undefined || own.length === 0) return true;
  return wanted !== undefined && own.includes(wanted);
}

function pathCovers(own: string, wanted: string): boolean {
  if (own === '*' || own === wanted) return true;
  return own.endsWith('*') && wanted.startsWith(own.slice(0, -1));
}
