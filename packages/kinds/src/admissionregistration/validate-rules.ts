/** What holds for a rule that says which requests a webhook or a policy looks at. */
import {
  type FieldError,
  invalid,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import type { RuleWithOperations } from '@navarch/api/types/admissionregistration/v1/matching';
import { listOf } from '../nil.ts';

const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const scopes = ['*', 'Cluster', 'Namespaced'];

export function validateRules(
  rules: readonly RuleWithOperations[] | undefined,
  path: Path,
): FieldError[] {
  return listOf(rules).flatMap((rule, i) => validateRule(rule, path.index(i)));
}

export function validateRule(rule: RuleWithOperations, path: Path): FieldError[] {
  const versions = listOf(rule.apiVersions);
  const errors = [
    ...validateOperations(listOf(rule.operations), path.child('operations')),
    ...wildcardAlone(listOf(rule.apiGroups), 'API groups', path.child('apiGroups')),
    ...wildcardAlone(versions, 'API versions', path.child('apiVersions')),
  ];
  for (const [i, version] of versions.entries()) {
    if (version === '') errors.push(required(path.child('apiVersions').index(i)));
  }
  errors.push(...validateResources(listOf(rule.resources), path.child('resources')));
  if (rule.scope !== undefined && !scopes.includes(rule.scope)) {
    errors.push(notSupported(path.child('scope'), rule.scope, scopes));
  }
  return errors;
}

function validateOperations(values: readonly string[], path: Path): FieldError[] {
  const unknown = values.flatMap((operation, i) =>
    operations.includes(operation) ? [] : [notSupported(path.index(i), operation, operations)],
  );
  return [...wildcardAlone(values, 'operations', path), ...unknown];
}

function wildcardAlone(values: readonly string[], what: string, path: Path): FieldError[] {
  if (values.length === 0) return [required(path)];
  if (values.length === 1 || !values.includes('*')) return [];
  return [invalid(path, values, `if '*' is present, must not specify other ${what}`)];
}

function validateResources(resources: readonly string[], path: Path): FieldError[] {
  if (resources.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  /** Resources of which all subresources are meant, and subresources that are meant of all resources. */
  const wholeResources = new Set<string>();
  const wholeSubresources = new Set<string>();
  let lastIsNamed = false;
  for (const [i, text] of resources.entries()) {
    if (text === '') {
      errors.push(required(path.index(i)));
      continue;
    }
    const slash = text.indexOf('/');
    if (slash === -1) {
      lastIsNamed = text !== '*';
      continue;
    }
    const resource = text.slice(0, slash);
    const subresource = text.slice(slash + 1);
    const covered = (by: string) =>
      errors.push(invalid(path.index(i), text, `if '${by}' is present, must not specify ${text}`));
    if (wholeResources.has(resource)) covered(`${resource}/*`);
    if (wholeSubresources.has(subresource)) covered(`*/${subresource}`);
    if (subresource === '*') wholeResources.add(resource);
    if (resource === '*') wholeSubresources.add(subresource);
  }
  if (resources.length > 1 && resources.includes('*/*')) {
    const detail = "if '*/*' is present, must not specify other resources";
    errors.push(invalid(path, resources, detail));
  }
  // Only the last one without a subresource counts; clients have always seen it so.
  if (resources.includes('*') && lastIsNamed) {
    const detail = "if '*' is present, must not specify other resources without subresources";
    errors.push(invalid(path, resources, detail));
  }
  return errors;
}
