/** Whether one RBAC rule covers what is asked. */
import type { AuthorizationAttributes } from '@navarch/api/extension/context';
import type { PolicyRule } from '@navarch/api/types/rbac/v1';

export function ruleAllows(rule: PolicyRule, asked: AuthorizationAttributes): boolean {
  if (!listed(rule.verbs, asked.verb)) return false;
  const { resource } = asked;
  if (!resource) return pathListed(rule.nonResourceURLs, asked.path);
  return (
    listed(rule.apiGroups, resource.group) &&
    resourceListed(rule.resources, resource.resource, resource.subresource) &&
    nameListed(rule.resourceNames, resource.name)
  );
}

function listed(values: readonly string[] | undefined, value: string): boolean {
  return values !== undefined && (values.includes(value) || values.includes('*'));
}

/** `pods`, `pods/log`, `*` for all with their subresources, and the form `*` slash `scale` for one subresource of all. */
function resourceListed(
  values: readonly string[] | undefined,
  resource: string,
  subresource: string,
): boolean {
  if (values === undefined) return false;
  if (subresource === '') return listed(values, resource);
  return listed(values, `${resource}/${subresource}`) || values.includes(`*/${subresource}`);
}

function nameListed(values: readonly string[] | undefined, name: string): boolean {
  return values === undefined || values.length === 0 || values.includes(name);
}

function pathListed(values: readonly string[] | undefined, path: string): boolean {
  return values?.some((value) => pathMatches(value, path)) ?? false;
}

/** A star ends a prefix; anywhere else it is itself. */
function pathMatches(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true;
  return pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, ''));
}
