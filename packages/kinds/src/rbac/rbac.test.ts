/** Rules of roles and bindings, and of who may write them: the cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleSet } from '@navarch/api/extension/context';
import type {
  ClusterRole,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from '@navarch/api/types/rbac/v1';
import { roleEscalation } from '../admission/role-escalation.ts';
import { admit, creation, fakeContext, messages } from '../testing.ts';
import { missingRights } from './covers.ts';
import {
  validateClusterRole,
  validateClusterRoleBinding,
  validateRole,
  validateRoleBinding,
  validateRoleBindingUpdate,
} from './validate.ts';

const rbac = 'rbac.authorization.k8s.io';
const pods: PolicyRule = { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] };
const held: RuleSet = {
  resourceRules: [
    { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'], resourceNames: [] },
  ],
  nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz/*'] }],
  incomplete: false,
};

const missing: readonly {
  readonly name: string;
  readonly rules: readonly PolicyRule[];
  readonly says: readonly string[];
}[] = [
  { name: 'nothing', rules: [], says: [] },
  { name: 'what is held', rules: [pods], says: [] },
  { name: 'one object of it', rules: [{ ...pods, resourceNames: ['x'] }], says: [] },
  {
    name: 'a path below',
    rules: [{ verbs: ['get'], nonResourceURLs: ['/healthz/etcd'] }],
    says: [],
  },
  {
    name: 'one more verb',
    rules: [{ ...pods, verbs: ['get', 'delete'] }],
    says: ['{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}'],
  },
  {
    name: 'another resource, all verbs in one line',
    rules: [{ ...pods, resources: ['secrets', 'pods'] }],
    says: ['{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}'],
  },
  {
    name: 'everything',
    rules: [
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verbs: ['*'], nonResourceURLs: ['*'] },
    ],
    says: [
      '{APIGroups:["*"], Resources:["*"], Verbs:["*"]}',
      '{NonResourceURLs:["*"], Verbs:["*"]}',
    ],
  },
];

test('rights that are not held are listed', () => {
  for (const { name, rules, says } of missing) {
    assert.deepEqual(missingRights(held, rules), says, name);
  }
});

const role = (rules: readonly PolicyRule[], name = 'r'): Role => ({
  kind: 'Role',
  metadata: { name, namespace: 'n' },
  rules,
});
const roles = { group: rbac, resource: 'roles' };
const bindings = { group: rbac, resource: 'rolebindings' };
const grant =
  'user "ann" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n';
const strong = role([{ verbs: ['*'], apiGroups: ['apps'], resources: ['deployments'] }], 'strong');

test('nobody writes a role that is stronger than they are', async () => {
  const context = fakeContext({ rules: held });
  const fine = role([pods]);
  assert.equal(await admit(roleEscalation, creation(roles, fine), context), fine);
  assert.equal(
    await admit(roleEscalation, creation(roles, strong), context),
    `roles.${rbac} "strong" is forbidden: ${grant}{APIGroups:["apps"], Resources:["deployments"], Verbs:["*"]}`,
  );
  const may = fakeContext({ rules: held, allowedVerbs: ['escalate'] });
  assert.equal(await admit(roleEscalation, creation(roles, strong), may), strong);
  const master = fakeContext({ groups: ['system:masters'] });
  assert.equal(await admit(roleEscalation, creation(roles, strong), master), strong);
});

test('nobody binds a role that is stronger than they are', async () => {
  const objects = [['roles', strong]] as const;
  const binding = (name: string): RoleBinding => ({
    kind: 'RoleBinding',
    metadata: { name: 'b', namespace: 'n' },
    roleRef: { apiGroup: rbac, kind: 'Role', name },
  });
  const ask = (name: string, allowedVerbs: readonly string[] = []) =>
    admit(
      roleEscalation,
      creation(bindings, binding(name)),
      fakeContext({ rules: held, objects, allowedVerbs }),
    );
  const refused = await ask('strong');
  assert.match(typeof refused === 'string' ? refused : '', /is attempting to grant/);
  assert.equal(await ask('none'), `rolebindings.${rbac} "b" not found`);
  assert.deepEqual(await ask('strong', ['bind']), binding('strong'));
});

test('owners and finalizers may be taken from any role', async () => {
  const stored = { ...strong, metadata: { ...strong.metadata, finalizers: ['a.b/c'] } };
  const update = { operation: 'UPDATE', oldObject: stored } as const;
  const context = fakeContext({ rules: held });
  assert.equal(await admit(roleEscalation, creation(roles, strong, update), context), strong);
});

test('rules are checked', () => {
  const says = (rule: PolicyRule) => messages(validateRole(role([rule])));
  assert.deepEqual(says(pods), []);
  assert.deepEqual(says({ ...pods, verbs: [] }), [
    'rules[0].verbs: Required value: verbs must contain at least one value',
  ]);
  assert.deepEqual(says({ verbs: ['get'] }), [
    'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
    'rules[0].resources: Required value: resource rules must supply at least one resource',
  ]);
  assert.deepEqual(says({ verbs: ['get'], nonResourceURLs: ['/x'] }), [
    'rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs',
  ]);
});

test('aggregation is checked', () => {
  const clusterRole = (aggregationRule: ClusterRole['aggregationRule']): ClusterRole => ({
    metadata: { name: 'x' },
    rules: [],
    ...(aggregationRule && { aggregationRule }),
  });
  assert.deepEqual(messages(validateClusterRole(clusterRole({}))), [
    'aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil',
  ]);
  const odd = { clusterRoleSelectors: [{ matchExpressions: [{ key: 'k', operator: 'Like' }] }] };
  assert.deepEqual(messages(validateClusterRole(clusterRole(odd))), [
    'aggregationRule.clusterRoleSelectors[0].matchExpressions[0].operator: Invalid value: "Like": not a valid selector operator',
    'aggregationRule.clusterRoleSelectors[0]: Invalid value: null: invalid label selector.',
  ]);
});

const roleRef: RoleRef = { apiGroup: rbac, kind: 'Role', name: 'x' };
const binding = (subjects: readonly Subject[], ref = roleRef): RoleBinding => ({
  metadata: { name: 'b', namespace: 'n' },
  roleRef: ref,
  subjects,
});

test('bindings are checked', () => {
  const odd: readonly Subject[] = [
    { kind: 'User', name: '', apiGroup: rbac },
    { kind: 'Robot', name: 'x' },
    { kind: 'Group', name: 'g', apiGroup: 'y' },
    { kind: 'ServiceAccount', name: 's' },
  ];
  assert.deepEqual(messages(validateRoleBinding(binding(odd))), [
    'subjects[0].name: Required value',
    'subjects[1].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"',
    `subjects[2].apiGroup: Unsupported value: "y": supported values: "${rbac}"`,
  ]);
  const account = [{ kind: 'ServiceAccount', name: 's' }];
  assert.deepEqual(messages(validateClusterRoleBinding(binding(account))), [
    'roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"',
    'subjects[0].namespace: Required value',
  ]);
});

test('a binding stays with its role', () => {
  const other = binding([], { ...roleRef, name: 'other' });
  assert.deepEqual(messages(validateRoleBindingUpdate(other, binding([]))), [
    `roleRef: Invalid value: {"APIGroup":"${rbac}","Kind":"Role","Name":"other"}: cannot change roleRef`,
  ]);
});
