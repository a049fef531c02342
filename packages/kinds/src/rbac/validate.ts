/** What holds for roles and bindings. Whether a user may grant what they say is another matter: see `escalation.ts`. */
import { type FieldError, invalid, notSupported, Path, required } from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from '@navarch/api/types/rbac/v1';
import { validateLabelSelector } from '../label-selector.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';

const rbac = 'rbac.authorization.k8s.io';

export function validateRole({ rules }: Role): FieldError[] {
  return listOf(rules).flatMap((rule, i) => ruleErrors(rule, true, Path.of('rules').index(i)));
}

export function validateClusterRole({ rules, aggregationRule }: ClusterRole): FieldError[] {
  const errors = listOf(rules).flatMap((rule, i) =>
    ruleErrors(rule, false, Path.of('rules').index(i)),
  );
  if (!aggregationRule) return errors;
  const path = Path.of('aggregationRule', 'clusterRoleSelectors');
  const selectors = listOf(aggregationRule.clusterRoleSelectors);
  if (selectors.length === 0) {
    const detail = 'at least one clusterRoleSelector required if aggregationRule is non-nil';
    return [...errors, required(path, detail)];
  }
  return [
    ...errors,
    ...selectors.flatMap((selector, i) => selectorErrors(selector, path.index(i))),
  ];
}

function selectorErrors(
  selector: Parameters<typeof validateLabelSelector>[0],
  path: Path,
): FieldError[] {
  const errors = validateLabelSelector(selector, path);
  // The value that upstream shows is the selector that could not be compiled: none.
  return errors.length === 0 ? [] : [...errors, invalid(path, null, 'invalid label selector.')];
}

function ruleErrors(rule: PolicyRule, namespaced: boolean, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const [groups, resources] = [listOf(rule.apiGroups), listOf(rule.resources)];
  const urls = listOf(rule.nonResourceURLs);
  if (listOf(rule.verbs).length === 0) {
    errors.push(required(path.child('verbs'), 'verbs must contain at least one value'));
  }
  if (urls.length > 0) {
    const at = path.child('nonResourceURLs');
    if (namespaced) {
      errors.push(invalid(at, urls, 'namespaced rules cannot apply to non-resource URLs'));
    }
    if (groups.length > 0 || resources.length > 0 || listOf(rule.resourceNames).length > 0) {
      const detail = 'rules cannot apply to both regular resources and non-resource URLs';
      errors.push(invalid(at, urls, detail));
    }
    return errors;
  }
  if (groups.length === 0) {
    const detail = 'resource rules must supply at least one api group';
    errors.push(required(path.child('apiGroups'), detail));
  }
  if (resources.length === 0) {
    const detail = 'resource rules must supply at least one resource';
    errors.push(required(path.child('resources'), detail));
  }
  return errors;
}

export function validateRoleBinding({ roleRef, subjects }: RoleBinding): FieldError[] {
  return bindingErrors(roleRef, subjects, ['Role', 'ClusterRole'], true);
}

export function validateClusterRoleBinding(object: ClusterRoleBinding): FieldError[] {
  return bindingErrors(object.roleRef, object.subjects, ['ClusterRole'], false);
}

export function validateRoleBindingUpdate(object: RoleBinding, stored: RoleBinding): FieldError[] {
  // Upstream looks at all but the reference twice.
  const errors = validateRoleBinding(object);
  return [...errors, ...errors, ...sameRole(object.roleRef, stored.roleRef)];
}

export function validateClusterRoleBindingUpdate(
  object: ClusterRoleBinding,
  stored: ClusterRoleBinding,
): FieldError[] {
  const errors = validateClusterRoleBinding(object);
  return [...errors, ...errors, ...sameRole(object.roleRef, stored.roleRef)];
}

/** A binding to another role is another binding: who may bind depends on the role. */
function sameRole(roleRef: RoleRef, stored: RoleRef): FieldError[] {
  if (semanticallyEqual(roleRef, stored)) return [];
  const shown = { APIGroup: roleRef.apiGroup, Kind: roleRef.kind, Name: roleRef.name };
  return [invalid(Path.of('roleRef'), shown, 'cannot change roleRef')];
}

/** In a namespaced binding, an account without a namespace is the namespace's own. */
function bindingErrors(
  roleRef: RoleRef,
  subjects: readonly Subject[] | undefined,
  kinds: readonly string[],
  namespaced: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  const path = Path.of('roleRef');
  if (roleRef.apiGroup !== rbac) {
    errors.push(notSupported(path.child('apiGroup'), roleRef.apiGroup, [rbac]));
  }
  if (!kinds.includes(roleRef.kind)) {
    errors.push(notSupported(path.child('kind'), roleRef.kind, kinds));
  }
  errors.push(...nameErrors(roleRef.name, path.child('name')));
  for (const [i, subject] of listOf(subjects).entries()) {
    errors.push(...subjectErrors(subject, namespaced, Path.of('subjects').index(i)));
  }
  return errors;
}

function nameErrors(name: string, path: Path): FieldError[] {
  if (name === '') return [required(path)];
  const details = [];
  if (name === '.' || name === '..') details.push(`may not be '${name}'`);
  else for (const c of ['/', '%']) if (name.includes(c)) details.push(`may not contain '${c}'`);
  return details.map((detail) => invalid(path, name, detail));
}

function subjectErrors(subject: Subject, namespaced: boolean, path: Path): FieldError[] {
  const { kind, name, apiGroup = '', namespace = '' } = subject;
  const errors: FieldError[] = [];
  if (name === '') errors.push(required(path.child('name')));
  switch (kind) {
    case 'ServiceAccount':
      for (const detail of name === '' ? [] : isDns1123Subdomain(name)) {
        errors.push(invalid(path.child('name'), name, detail));
      }
      if (apiGroup !== '') errors.push(notSupported(path.child('apiGroup'), apiGroup, ['']));
      if (!namespaced && namespace === '') errors.push(required(path.child('namespace')));
      return errors;
    case 'User':
    case 'Group':
      if (apiGroup !== rbac) errors.push(notSupported(path.child('apiGroup'), apiGroup, [rbac]));
      return errors;
    default:
      return [
        ...errors,
        notSupported(path.child('kind'), kind, ['ServiceAccount', 'User', 'Group']),
      ];
  }
}
