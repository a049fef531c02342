/** What holds for a flow schema: a place in the order, a level, and rules that can match. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import type {
  FlowSchema,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
  Subject,
} from '@navarch/api/types/flowcontrol/v1';
import { bootstrapFlowSchemas } from '../bootstrap/flow-control.ts';
import { type GoForm, goForm } from '../core/go-form.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';

const precedenceMax = 10_000;
const exemptName = 'exempt';
const methods = ['ByNamespace', 'ByUser'];
const subjectKinds = ['Group', 'ServiceAccount', 'User'];
const verbs = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'proxy',
  'update',
  'watch',
];

export function validateFlowSchema(object: FlowSchema): FieldError[] {
  const { metadata, spec } = object;
  const path = Path.of('spec');
  const errors = validateMandatory(object);
  const precedence = spec.matchingPrecedence;
  const precedencePath = path.child('matchingPrecedence');
  if (precedence <= 0) errors.push(invalid(precedencePath, precedence, 'must be a positive value'));
  if (precedence > precedenceMax) {
    const detail = `must not be greater than ${precedenceMax}`;
    errors.push(invalid(precedencePath, precedence, detail));
  }
  if (precedence === 1 && metadata.name !== exemptName) {
    const detail = "only the schema named 'exempt' may have matchingPrecedence 1";
    errors.push(invalid(precedencePath, precedence, detail));
  }
  const method = spec.distinguisherMethod;
  if (method && !methods.includes(method.type)) {
    const shown = { Type: method.type };
    errors.push(notSupported(path.child('distinguisherMethod').child('type'), shown, methods));
  }
  errors.push(...validateLevelName(spec.priorityLevelConfiguration.name, path));
  for (const [i, rule] of listOf(spec.rules).entries()) {
    errors.push(...validateRule(rule, path.child('rules').index(i)));
  }
  return errors;
}

function validateLevelName(name: string, spec: Path): FieldError[] {
  const path = spec.child('priorityLevelConfiguration').child('name');
  if (name === '') return [required(path, 'must reference a priority level')];
  return isDns1123Subdomain(name).map((detail) => invalid(path, name, detail));
}

function validateRule(rule: PolicyRulesWithSubjects, path: Path): FieldError[] {
  const subjects = listOf(rule.subjects);
  const resourceRules = listOf(rule.resourceRules);
  const nonResourceRules = listOf(rule.nonResourceRules);
  const errors: FieldError[] = [];
  if (subjects.length === 0) {
    errors.push(required(path.child('subjects'), 'subjects must contain at least one value'));
  }
  for (const [i, subject] of subjects.entries()) {
    errors.push(...validateSubject(subject, path.child('subjects').index(i)));
  }
  if (resourceRules.length + nonResourceRules.length === 0) {
    const detail = 'at least one of resourceRules and nonResourceRules has to be non-empty';
    errors.push(required(path, detail));
  }
  for (const [i, each] of resourceRules.entries()) {
    errors.push(...validateResourceRule(each, path.child('resourceRules').index(i)));
  }
  for (const [i, each] of nonResourceRules.entries()) {
    errors.push(...validateNonResourceRule(each, path.child('nonResourceRules').index(i)));
  }
  return errors;
}

/** One member says who it is, the one that its kind names. */
function validateSubject(subject: Subject, path: Path): FieldError[] {
  const { kind, user, group, serviceAccount } = subject;
  if (!subjectKinds.includes(kind)) return [notSupported(path.child('kind'), kind, subjectKinds)];
  const members = [
    ['ServiceAccount', 'serviceAccount', serviceAccount, serviceAccountErrors],
    ['User', 'user', user, nameErrors],
    ['Group', 'group', group, nameErrors],
  ] as const;
  const own: FieldError[] = [];
  const others: FieldError[] = [];
  for (const [owner, member, value, check] of members) {
    const at = path.child(member);
    if (owner !== kind) {
      const detail = `${member} is forbidden when subject kind is not '${owner}'`;
      if (value) others.push(forbidden(at, detail));
    } else if (value) {
      own.push(...check(value, at));
    } else {
      own.push(required(at, `${member} is required when subject kind is '${owner}'`));
    }
  }
  return [...own, ...others];
}

interface Named {
  readonly name: string;
  readonly namespace?: string;
}

function nameErrors({ name }: Named, path: Path): FieldError[] {
  return name === '' ? [required(path.child('name'))] : [];
}

function serviceAccountErrors({ name, namespace }: Named, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const nameAt = path.child('name');
  const namespaceAt = path.child('namespace');
  if (name === '') errors.push(required(nameAt));
  else if (name !== '*') {
    errors.push(...isDns1123Subdomain(name).map((detail) => invalid(nameAt, name, detail)));
  }
  if (namespace) {
    const details = isDns1123Label(namespace);
    errors.push(...details.map((detail) => invalid(namespaceAt, namespace, detail)));
  } else {
    errors.push(required(namespaceAt, 'must specify namespace for service account'));
  }
  return errors;
}

function validateResourceRule(rule: ResourcePolicyRule, path: Path): FieldError[] {
  return [
    ...validateVerbs(rule.verbs, path.child('verbs')),
    ...wildcardAlone(rule.apiGroups, path.child('apiGroups'), 'api group'),
    ...wildcardAlone(rule.resources, path.child('resources'), 'resource'),
    ...validateNamespaces(rule, path.child('namespaces')),
  ];
}

function validateVerbs(values: readonly string[], path: Path): FieldError[] {
  const all = listOf(values);
  if (all.length === 0) return [required(path, 'verbs must contain at least one value')];
  if (all.includes('*')) return otherThanWildcard(all, path, 'verbs');
  return all.every((verb) => verbs.includes(verb)) ? [] : [notSupported(path, all, verbs)];
}

function wildcardAlone(values: readonly string[], path: Path, what: string): FieldError[] {
  const all = listOf(values);
  if (all.length === 0) return [required(path, `resource rules must supply at least one ${what}`)];
  return all.includes('*') ? otherThanWildcard(all, path, `${what}s`) : [];
}

function otherThanWildcard(values: readonly string[], path: Path, what: string): FieldError[] {
  const detail = `if '*' is present, must not specify other ${what}`;
  return values.length > 1 ? [invalid(path, values, detail)] : [];
}

function validateNamespaces(rule: ResourcePolicyRule, path: Path): FieldError[] {
  const namespaces = listOf(rule.namespaces);
  if (namespaces.length === 0 && rule.clusterScope !== true) {
    const detail = 'resource rules that are not cluster scoped must supply at least one namespace';
    return [required(path, detail)];
  }
  if (namespaces.includes('*')) return otherThanWildcard(namespaces, path, 'namespaces');
  const member = "each member of this list must be '*' or a DNS-1123 label";
  return namespaces.flatMap((namespace, i) =>
    isDns1123Label(namespace).map((detail) =>
      invalid(path.index(i), namespace, `${member}; ${detail}`),
    ),
  );
}

function validateNonResourceRule(rule: NonResourcePolicyRule, path: Path): FieldError[] {
  const urls = listOf(rule.nonResourceURLs);
  const at = path.child('nonResourceURLs');
  const errors = validateVerbs(rule.verbs, path.child('verbs'));
  if (urls.length === 0) {
    errors.push(required(at, 'nonResourceURLs must contain at least one value'));
  } else if (urls.includes('*')) {
    errors.push(...otherThanWildcard(urls, at, 'non-resource URLs'));
  } else {
    errors.push(...urls.flatMap((url, i) => validateUrl(url, at.index(i))));
  }
  return errors;
}

/** The first thing that is wrong with it. */
function validateUrl(url: string, path: Path): FieldError[] {
  if (url === '') return [invalid(path, url, 'must not be empty')];
  if (url === '/') return [];
  if (!url.startsWith('/')) return [invalid(path, url, 'must start with slash')];
  if (url.includes(' ')) return [invalid(path, url, 'must not contain white-space')];
  if (url.includes('//')) return [invalid(path, url, 'must not contain double slash')];
  const parts = url.split('*');
  if (parts.length > 2 || (parts.length === 2 && !url.endsWith('/*'))) {
    return [invalid(path, url, 'wildcard can only do suffix matching')];
  }
  return [];
}

const nameForm: GoForm = [['Name', 'name', '']];

const subjectForm: GoForm = [
  ['Kind', 'kind', ''],
  ['User', 'user', null, nameForm],
  ['Group', 'group', null, nameForm],
  ['ServiceAccount', 'serviceAccount', null, [['Namespace', 'namespace', ''], ...nameForm]],
];

const resourceRuleForm: GoForm = [
  ['Verbs', 'verbs', null],
  ['APIGroups', 'apiGroups', null],
  ['Resources', 'resources', null],
  ['ClusterScope', 'clusterScope', false],
  ['Namespaces', 'namespaces', null],
];

const nonResourceRuleForm: GoForm = [
  ['Verbs', 'verbs', null],
  ['NonResourceURLs', 'nonResourceURLs', null],
];

const ruleForm: GoForm = [
  ['Subjects', 'subjects', null, subjectForm],
  ['ResourceRules', 'resourceRules', null, resourceRuleForm],
  ['NonResourceRules', 'nonResourceRules', null, nonResourceRuleForm],
];

const specForm: GoForm = [
  ['PriorityLevelConfiguration', 'priorityLevelConfiguration', { Name: '' }, nameForm],
  ['MatchingPrecedence', 'matchingPrecedence', 0],
  ['DistinguisherMethod', 'distinguisherMethod', null, [['Type', 'type', '']]],
  ['Rules', 'rules', null, ruleForm],
];

const mandatory = new Map(
  bootstrapFlowSchemas('')
    .filter(({ metadata }) => metadata.name === exemptName || metadata.name === 'catch-all')
    .map((schema) => [schema.metadata.name, schema.spec] as const),
);

/** The first and the last one always stay as the cluster made them. */
function validateMandatory({ metadata, spec }: FlowSchema): FieldError[] {
  const fixed = mandatory.get(metadata.name);
  if (!fixed || semanticallyEqual(spec, fixed)) return [];
  const detail = `spec of '${metadata.name}' must equal the fixed value`;
  return [invalid(Path.of('spec'), goForm(specForm, spec), detail)];
}
