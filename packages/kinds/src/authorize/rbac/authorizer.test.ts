/** Who may do what, one question per line, over one small set of roles. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuthorizationAttributes } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { PolicyRule, Subject } from '@navarch/api/types/rbac/v1';
import { paths, rule } from '../../bootstrap/rule.ts';
import { fakeReader } from '../testing.ts';
import { createRbacAuthorizer } from './authorizer.ts';

const apiGroup = 'rbac.authorization.k8s.io';
const role = (
  name: string,
  rules: PolicyRule[],
  namespace?: string,
): KubernetesObject & { rules: PolicyRule[] } => ({
  metadata: { name, ...(namespace && { namespace }) },
  rules,
});
const binding = (
  name: string,
  kind: string,
  roleName: string,
  subjects: Subject[],
  namespace?: string,
) => ({
  metadata: { name, ...(namespace && { namespace }) },
  subjects,
  roleRef: { apiGroup, kind, name: roleName },
});
const user = (name: string): Subject => ({ kind: 'User', apiGroup, name });
const group = (name: string): Subject => ({ kind: 'Group', apiGroup, name });

const objects = {
  clusterroles: [
    role('reader', [
      rule('get list', 'core', 'configmaps nodes'),
      paths('get', '/metrics /logs/* */x'),
    ]),
    role('wild', [
      rule('*', 'apps', '*'),
      rule('update', '*', '*/scale'),
      rule('get', '*', 'widgets'),
    ]),
  ],
  clusterrolebindings: [
    binding('reader', 'ClusterRole', 'reader', [user('ann')]),
    binding('dangling', 'ClusterRole', 'absent', [group('lost')]),
    binding('accounts', 'ClusterRole', 'reader', [
      { kind: 'ServiceAccount', name: 'robot', namespace: 'd' },
    ]),
  ],
  roles: [role('names', [rule('get', 'core', 'secrets', 'a b')], 'd')],
  rolebindings: [
    binding('wild', 'ClusterRole', 'wild', [group('dev')], 'd'),
    binding('names', 'Role', 'names', [user('ann'), user('bob')], 'd'),
    binding('gone', 'Role', 'gone', [user('eve')], 'd'),
  ],
};

const byReader =
  'RBAC: allowed by ClusterRoleBinding "reader" of ClusterRole "reader" to User "ann"';
const byWild = 'RBAC: allowed by RoleBinding "wild/d" of ClusterRole "wild" to Group "dev"';
const byNames = 'RBAC: allowed by RoleBinding "names/d" of Role "names" to User "bob"';
/** `who` is a user and its groups; `what` is a verb, then group/resource/subresource, namespace and name, or a path. */
const cases: { who: string; what: string; reason?: string; answer: 'allow' | 'noOpinion' }[] = [
  { who: 'ann', what: 'get /configmaps d c', answer: 'allow', reason: byReader },
  { who: 'ann', what: 'list /nodes', answer: 'allow', reason: byReader },
  { who: 'ann', what: 'watch /nodes', answer: 'noOpinion' },
  { who: 'ann', what: 'get /configmaps/x d c', answer: 'noOpinion' },
  { who: 'ann', what: 'get apps/configmaps d c', answer: 'noOpinion' },
  { who: 'bob dev', what: 'frob apps/deployments d', answer: 'allow', reason: byWild },
  { who: 'bob dev', what: 'get apps/deployments/status d', answer: 'allow', reason: byWild },
  { who: 'bob dev', what: 'get apps/deployments e', answer: 'noOpinion' },
  { who: 'bob dev', what: 'get apps/deployments', answer: 'noOpinion' },
  { who: 'bob dev', what: 'update x/y/scale d', answer: 'allow', reason: byWild },
  { who: 'bob dev', what: 'update x/y d', answer: 'noOpinion' },
  { who: 'bob dev', what: 'get any/widgets d', answer: 'allow', reason: byWild },
  { who: 'bob', what: 'get /secrets d b', answer: 'allow', reason: byNames },
  { who: 'bob', what: 'get /secrets d c', answer: 'noOpinion' },
  { who: 'bob', what: 'get /secrets d', answer: 'noOpinion' },
  { who: 'ann', what: 'get /metrics', answer: 'allow', reason: byReader },
  { who: 'ann', what: 'get /metrics/', answer: 'noOpinion' },
  { who: 'ann', what: 'get /logs/a/b', answer: 'allow', reason: byReader },
  { who: 'ann', what: 'get /logs', answer: 'noOpinion' },
  { who: 'ann', what: 'post /metrics', answer: 'noOpinion' },
  {
    who: 'system:serviceaccount:d:robot',
    what: 'get /nodes',
    answer: 'allow',
    reason:
      'RBAC: allowed by ClusterRoleBinding "accounts" of ClusterRole "reader" to ServiceAccount "robot/d"',
  },
  {
    who: 'eve',
    what: 'get /pods d',
    answer: 'noOpinion',
    reason: 'RBAC: role.rbac.authorization.k8s.io "gone" not found',
  },
  {
    who: 'eve lost',
    what: 'get /pods d',
    answer: 'noOpinion',
    reason:
      'RBAC: [clusterrole.rbac.authorization.k8s.io "absent" not found, role.rbac.authorization.k8s.io "gone" not found]',
  },
];

function attributes(who: string, what: string): AuthorizationAttributes {
  const [username = '', ...groups] = who.split(' ');
  const [verb = '', target = '', namespace = '', name = ''] = what.split(' ');
  const asked = { user: { username, groups }, verb, path: target };
  if (/^\/(metrics|logs)/.test(target)) return asked;
  const [group = '', resource = '', subresource = ''] = target.split('/');
  return { ...asked, resource: { group, version: 'v1', resource, subresource, namespace, name } };
}

describe('rbac', () => {
  for (const { who, what, answer, reason = '' } of cases) {
    test(`${who}: ${what}`, async () => {
      const decision = await createRbacAuthorizer().authorize(
        attributes(who, what),
        fakeReader(objects),
      );
      assert.deepEqual(decision, { decision: answer, reason });
    });
  }

  test('a changed role counts at once', async () => {
    const changing: Record<string, KubernetesObject[]> = { ...objects, clusterroles: [] };
    const read = fakeReader(changing);
    const authorizer = createRbacAuthorizer();
    const question = attributes('ann', 'list /nodes');
    assert.equal((await authorizer.authorize(question, read)).decision, 'noOpinion');
    changing['clusterroles'] = objects.clusterroles;
    read.touch();
    assert.equal((await authorizer.authorize(question, read)).decision, 'allow');
  });

  test('rules of a user, in the order of the bindings', () => {
    const rules = createRbacAuthorizer().rulesFor?.(
      { username: 'ann', groups: ['dev'] },
      'd',
      fakeReader(objects),
    );
    assert.deepEqual(
      rules?.resourceRules.map(({ verbs, resources }) => `${verbs.join()} ${resources.join()}`),
      ['get,list configmaps,nodes', 'get secrets', '* *', 'update */scale', 'get widgets'],
    );
    assert.equal(rules?.nonResourceRules.length, 1);
    assert.equal(rules?.incomplete, false);
  });
});
