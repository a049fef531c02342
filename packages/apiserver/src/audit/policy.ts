/** Which requests are remembered, and how much of them: audit.k8s.io/v1 Policy. Pure. */
import type { UserInfo } from '@navarch/api/extension/context';
import type { RequestInfo } from '../request/route.ts';

/** From nothing to everything. */
export const levels = ['None', 'Metadata', 'Request', 'RequestResponse'] as const;
export const stages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const;

export type Level = (typeof levels)[number];
export type Stage = (typeof stages)[number];

export interface GroupResources {
  readonly group?: string;
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

export interface PolicyRule {
  readonly level: Level;
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resources?: readonly GroupResources[];
  readonly namespaces?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly omitStages?: readonly Stage[];
  readonly omitManagedFields?: boolean;
}

export interface Policy {
  readonly rules: readonly PolicyRule[];
  readonly omitStages?: readonly Stage[];
  readonly omitManagedFields?: boolean;
}

/** What a policy wants of one request. */
export interface AuditDecision {
  readonly level: Level;
  readonly omittedStages: readonly Stage[];
  readonly omitsManagedFields: boolean;
}

/** The first rule that fits decides; what fits none is not remembered. */
export function decide(
  policy: Policy,
  info: RequestInfo,
  user: UserInfo | undefined,
): AuditDecision {
  const rule = policy.rules.find((each) => fits(each, info, user));
  const omitsManagedFields = rule?.omitManagedFields ?? policy.omitManagedFields ?? false;
  return {
    level: rule?.level ?? 'None',
    omittedStages: [...(policy.omitStages ?? []), ...(rule?.omitStages ?? [])],
    omitsManagedFields,
  };
}

export function isAtLeast(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}

const nothing: readonly never[] = [];

function fits(rule: PolicyRule, info: RequestInfo, user: UserInfo | undefined): boolean {
  const { users = nothing, userGroups = nothing, verbs = nothing } = rule;
  if (users.length > 0 && !users.includes(user?.username ?? '')) return false;
  if (userGroups.length > 0 && !user?.groups.some((group) => userGroups.includes(group))) {
    return false;
  }
  if (verbs.length > 0 && !verbs.includes(info.verb)) return false;
  const { namespaces = nothing, resources = nothing, nonResourceURLs = nothing } = rule;
  if (namespaces.length > 0 || resources.length > 0) {
    if (!info.isResource) return false;
    if (namespaces.length > 0 && !namespaces.includes(info.namespace)) return false;
    return resources.length === 0 || resources.some((each) => covers(each, info));
  }
  if (nonResourceURLs.length === 0) return true;
  return !info.isResource && nonResourceURLs.some((each) => coversPath(each, info.path));
}

function coversPath(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true;
  return pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, ''));
}

function covers(
  { group = '', resources = nothing, resourceNames = nothing }: GroupResources,
  info: RequestInfo,
): boolean {
  if (group !== info.group && group !== '*') return false;
  if (resources.length === 0) return true;
  if (resourceNames.length > 0 && !resourceNames.includes(info.name)) return false;
  const { resource, subresource } = info;
  const whole = subresource === '' ? resource : `${resource}/${subresource}`;
  return resources.some(
    (each) =>
      each === whole ||
      each === '*' ||
      (subresource !== '' && each === `*/${subresource}`) ||
      each === `${resource}/*`,
  );
}
