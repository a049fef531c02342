/**
 * Which flow schema a request falls under: the first, by precedence and name, that has a rule for its user and for what it does.
 * KEP-1040.
 */
import type { UserInfo } from '@navarch/api/extension/context';
import type {
  FlowSchema,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
  Subject,
} from '@navarch/api/types/flowcontrol/v1';
import type { RequestInfo } from '../request/route.ts';

const any = '*';

/** A flow schema that can be asked. */
export interface Matcher {
  readonly schema: FlowSchema;
  matches(user: UserInfo, info: RequestInfo): boolean;
}

/** In the order in which they are asked. */
export function compileSchemas(schemas: readonly FlowSchema[]): readonly Matcher[] {
  return schemas.toSorted(byPrecedence).map((schema) => {
    const rules = (schema.spec.rules ?? []).map(compileRule);
    return {
      schema,
      matches: (user, info) => rules.some((rule) => rule.isFor(user) && rule.covers(info)),
    };
  });
}

/** Whose requests take turns with one another: those of one user, or of one namespace. */
export function flowOf({ spec }: FlowSchema, user: UserInfo, info: RequestInfo): string {
  switch (spec.distinguisherMethod?.type) {
    case 'ByUser':
      return user.username;
    case 'ByNamespace':
      return info.namespace;
    default:
      return '';
  }
}

interface Rule {
  isFor(user: UserInfo): boolean;
  covers(info: RequestInfo): boolean;
}

function byPrecedence(a: FlowSchema, b: FlowSchema): number {
  const first = a.spec.matchingPrecedence - b.spec.matchingPrecedence;
  return first !== 0 ? first : (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
}

function compileRule({ subjects, resourceRules, nonResourceRules }: PolicyRulesWithSubjects): Rule {
  const isAny = subjects.map(compileSubject);
  const resources = (resourceRules ?? []).map(compileResourceRule);
  const paths = (nonResourceRules ?? []).map(compilePathRule);
  return {
    isFor: (user) => isAny.some((is) => is(user)),
    covers: (info) =>
      info.isResource
        ? resources.some((covers) => covers(info))
        : paths.some((covers) => covers(info)),
  };
}

function compileSubject(subject: Subject): (user: UserInfo) => boolean {
  const { user: named, group, serviceAccount } = subject;
  if (subject.kind === 'User' && named) {
    return named.name === any ? () => true : ({ username }) => username === named.name;
  }
  if (subject.kind === 'Group' && group) {
    return group.name === any ? () => true : ({ groups }) => groups.includes(group.name);
  }
  if (subject.kind === 'ServiceAccount' && serviceAccount) {
    const prefix = `system:serviceaccount:${serviceAccount.namespace}:`;
    return serviceAccount.name === any
      ? ({ username }) => username.startsWith(prefix)
      : ({ username }) => username === `${prefix}${serviceAccount.name}`;
  }
  return () => false;
}

function compileResourceRule(rule: ResourcePolicyRule): (info: RequestInfo) => boolean {
  const isVerb = oneOf(rule.verbs);
  const isGroup = oneOf(rule.apiGroups);
  const isNamespace = oneOf(rule.namespaces);
  const resources = new Set(rule.resources);
  const isResource = ({ resource, subresource }: RequestInfo): boolean =>
    resources.has(any) ||
    resources.has(subresource === '' ? resource : `${resource}/${subresource}`);
  return (info) =>
    isVerb(info.verb) &&
    isGroup(info.group) &&
    isResource(info) &&
    (info.namespace === '' ? rule.clusterScope === true : isNamespace(info.namespace));
}

function compilePathRule(rule: NonResourcePolicyRule): (info: RequestInfo) => boolean {
  const isVerb = oneOf(rule.verbs);
  const paths = new Set(rule.nonResourceURLs);
  const starts = rule.nonResourceURLs
    .filter((url) => url.endsWith(any))
    .map((url) => url.slice(0, -any.length));
  return ({ verb, path }) =>
    isVerb(verb) && (paths.has(path) || starts.some((start) => path.startsWith(start)));
}

function oneOf(values: readonly string[]): (value: string) => boolean {
  const set = new Set(values);
  return set.has(any) ? () => true : (value) => set.has(value);
}
