/** Whether a request falls under the rules of a webhook or an admission policy. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type {
  NamedRuleWithOperations,
  RuleWithOperations,
} from '@navarch/api/types/admissionregistration/v1/matching';
import { listOf } from '../../nil.ts';

/** What rules look at. `resource` may be another version of the one that was asked for. */
export type Asked = Pick<
  AdmissionAttributes,
  'operation' | 'resource' | 'subresource' | 'namespace' | 'name'
>;

/** Whether any of the rules covers the request. */
export function anyRuleCovers(
  rules: readonly (RuleWithOperations | NamedRuleWithOperations)[] | undefined,
  asked: Asked,
): boolean {
  return listOf(rules).some((rule) => ruleCovers(rule, asked));
}

function ruleCovers(rule: RuleWithOperations | NamedRuleWithOperations, asked: Asked): boolean {
  const { operation, resource } = asked;
  return (
    includes(rule.operations, operation) &&
    includes(rule.apiGroups, resource.group) &&
    includes(rule.apiVersions, resource.version) &&
    listOf(rule.resources).some((pattern) => coversResource(pattern, asked)) &&
    coversScope(rule.scope, asked) &&
    coversName('resourceNames' in rule ? listOf(rule.resourceNames) : [], asked)
  );
}

function includes(list: readonly string[] | undefined, value: string): boolean {
  return listOf(list).some((entry) => entry === '*' || entry === value);
}

/** `pods`, `pods/status`, `pods/*`, `*`, `*\/status`, `*\/*`: `*` alone leaves out subresources. */
function coversResource(pattern: string, { resource, subresource }: Asked): boolean {
  const slash = pattern.indexOf('/');
  const [first, second] =
    slash < 0 ? [pattern, ''] : [pattern.slice(0, slash), pattern.slice(slash + 1)];
  return (
    (first === '*' || first === resource.resource) && (second === '*' || second === subresource)
  );
}

/** Namespaces themselves count as cluster-wide, although requests for one are made in it. */
function coversScope(scope: RuleWithOperations['scope'], asked: Asked): boolean {
  if (scope === undefined || scope === '*') return true;
  const isNamespaced = asked.namespace !== '' && !isNamespaceRequest(asked);
  return isNamespaced === (scope === 'Namespaced');
}

function coversName(names: readonly string[], { name }: Asked): boolean {
  return names.length === 0 || names.includes(name);
}

/** Whether the request is about a namespace, or a subresource of one. */
export function isNamespaceRequest({ resource }: Pick<Asked, 'resource'>): boolean {
  return resource.group === '' && resource.resource === 'namespaces';
}
