/**
 * Role-based access control: a request is allowed when a rule of a role that is bound to its user says so.
 * It never denies: what no rule allows is for the next authorizer.
 */
import type {
  AuthorizationAttributes,
  AuthorizationDecision,
  Authorizer,
  NonResourceRule,
  ObjectReader,
  ResourceRule,
  RuleSet,
  UserInfo,
} from '@navarch/api/extension/context';
import type { PolicyRule, RoleRef, Subject } from '@navarch/api/types/rbac/v1';
import { type Grant, PolicyCache, userNameOf } from './policy.ts';
import { ruleAllows } from './rule.ts';

/** Each has a cache of its own: one per server. */
export function createRbacAuthorizer(): Authorizer {
  const cache = new PolicyCache();
  return {
    authorize: (attributes, read) => authorize(cache, attributes, read),
    rulesFor: (user, namespace, read) => rulesFor(cache, user, namespace, read),
  };
}

const noRule: AuthorizationDecision = { decision: 'noOpinion', reason: '' };

function authorize(
  cache: PolicyCache,
  asked: AuthorizationAttributes,
  read: ObjectReader,
): AuthorizationDecision {
  const missing: string[] = [];
  for (const grant of cache.current(read).grantsFor(asked.user, asked.resource?.namespace ?? '')) {
    if (!grant.rules) {
      missing.push(missingRole(grant.roleRef));
    } else if (grant.rules.some((rule) => ruleAllows(rule, asked))) {
      return { decision: 'allow', reason: allowedBy(grant, asked.user) };
    }
  }
  if (missing.length === 0) return noRule;
  return { decision: 'noOpinion', reason: `RBAC: ${joined(missing)}` };
}

function missingRole({ kind, name }: RoleRef): string {
  return `${kind.toLowerCase()}.rbac.authorization.k8s.io "${name}" not found`;
}

/** Several errors as one text: each once, in brackets when there is more than one. */
function joined(errors: readonly string[]): string {
  const distinct = [...new Set(errors)];
  return distinct.length === 1 ? (distinct[0] ?? '') : `[${distinct.join(', ')}]`;
}

function allowedBy(grant: Grant, user: UserInfo): string {
  const subject = grant.subjects.find((subject) => concerns(subject, grant.namespace, user));
  return `RBAC: allowed by ${grant.description} to ${subject ? describe(subject, grant.namespace) : ''}`;
}

function concerns(subject: Subject, namespace: string, user: UserInfo): boolean {
  if (subject.kind === 'Group') return user.groups.includes(subject.name);
  return userNameOf(subject, namespace) === user.username;
}

function describe(subject: Subject, namespace: string): string {
  if (subject.kind !== 'ServiceAccount') return `${subject.kind} "${subject.name}"`;
  return `ServiceAccount "${subject.name}/${subject.namespace ?? namespace}"`;
}

function rulesFor(
  cache: PolicyCache,
  user: UserInfo,
  namespace: string,
  read: ObjectReader,
): RuleSet {
  const resourceRules: ResourceRule[] = [];
  const nonResourceRules: NonResourceRule[] = [];
  const missing: string[] = [];
  for (const grant of cache.current(read).grantsFor(user, namespace)) {
    if (!grant.rules) missing.push(missingRole(grant.roleRef));
    for (const rule of grant.rules ?? []) {
      if (rule.resources?.length) resourceRules.push(resourceRule(rule));
      if (rule.nonResourceURLs?.length) {
        nonResourceRules.push({ verbs: rule.verbs, nonResourceURLs: rule.nonResourceURLs });
      }
    }
  }
  return {
    resourceRules,
    nonResourceRules,
    incomplete: missing.length > 0,
    ...(missing.length > 0 && { evaluationError: joined(missing) }),
  };
}

function resourceRule(rule: PolicyRule): ResourceRule {
  return {
    verbs: rule.verbs,
    apiGroups: rule.apiGroups ?? [],
    resources: rule.resources ?? [],
    resourceNames: rule.resourceNames ?? [],
  };
}
