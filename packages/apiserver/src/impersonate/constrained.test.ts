/** Who may be impersonated for a request alone, by the rights that its sender has, as `verb resource name`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import { isStatusError } from '@navarch/api/status';
import type { Authorization } from '../authorize/union.ts';
import { impersonate } from './impersonate.ts';

const ann: UserInfo = { username: 'ann', groups: [] };
const agent: UserInfo = {
  username: 'system:serviceaccount:d:agent',
  groups: [],
  extra: { 'authentication.kubernetes.io/node-name': ['n1'] },
};
const listPods = {
  group: '',
  version: 'v1',
  resource: 'pods',
  subresource: '',
  namespace: 'd',
  name: '',
};

function granting(rights: readonly string[]): Authorization {
  return {
    decide: ({ verb, resource }) => {
      const { resource: plural = '', subresource = '', name = '' } = resource ?? {};
      const what = subresource === '' ? plural : `${plural}/${subresource}`;
      const decision = rights.includes(`${verb} ${what} ${name}`.trim()) ? 'allow' : 'noOpinion';
      return { decision, reason: '' };
    },
    rulesFor: () => ({ resourceRules: [], nonResourceRules: [], incomplete: false }),
  };
}

const bob = { 'impersonate-user': 'bob' };
const node = { 'impersonate-user': 'system:node:n1' };
const robot = { 'impersonate-user': 'system:serviceaccount:d:robot' };
const asBob = ['impersonate-on:user-info:list pods', 'impersonate:user-info users bob'];
const refused = 'users "bob" is forbidden';

const cases: readonly {
  readonly name: string;
  readonly by?: UserInfo;
  readonly headers: Record<string, string>;
  readonly rights: readonly string[];
  /** The user and the constraint, or how the refusal begins. */
  readonly result: string;
}[] = [
  {
    name: 'a user',
    headers: bob,
    rights: asBob,
    result: 'bob [system:authenticated] impersonate:user-info',
  },
  {
    name: 'a user, for something else',
    headers: bob,
    rights: ['impersonate:user-info users bob'],
    result: refused,
  },
  {
    name: 'what is asked, as somebody else',
    headers: bob,
    rights: ['impersonate-on:user-info:list pods'],
    result: refused,
  },
  {
    name: 'the right for everything needs no other',
    headers: bob,
    rights: ['impersonate users bob'],
    result: 'bob [system:authenticated] ',
  },
  {
    name: 'a group',
    headers: { ...bob, 'impersonate-group': 'dev' },
    rights: [...asBob, 'impersonate:user-info groups dev'],
    result: 'bob [dev system:authenticated] impersonate:user-info',
  },
  {
    name: 'the masters never',
    headers: { ...bob, 'impersonate-group': 'system:masters' },
    rights: [...asBob, 'impersonate:user-info groups system:masters'],
    result: refused,
  },
  {
    name: 'extras of a domain',
    headers: { ...bob, 'impersonate-extra-a.b%2fc': 'v' },
    rights: [...asBob, 'impersonate:user-info userextras/a.b/c v'],
    result: 'bob [system:authenticated] impersonate:user-info',
  },
  {
    name: 'extras of nobody',
    headers: { ...bob, 'impersonate-extra-c': 'v' },
    rights: [...asBob, 'impersonate:user-info userextras/c v'],
    result: refused,
  },
  {
    name: 'a service account',
    headers: robot,
    rights: [
      'impersonate-on:serviceaccount:list pods',
      'impersonate:serviceaccount serviceaccounts robot',
    ],
    result:
      'system:serviceaccount:d:robot [system:serviceaccounts system:serviceaccounts:d system:authenticated] impersonate:serviceaccount',
  },
  {
    name: 'a service account is no user',
    headers: robot,
    rights: ['impersonate-on:user-info:list pods', 'impersonate:user-info serviceaccounts robot'],
    result: 'serviceaccounts "robot" is forbidden',
  },
  {
    name: 'any node',
    headers: node,
    rights: ['impersonate-on:arbitrary-node:list pods', 'impersonate:arbitrary-node nodes n1'],
    result: 'system:node:n1 [system:nodes system:authenticated] impersonate:arbitrary-node',
  },
  {
    name: 'a node comes with its groups',
    headers: { ...node, 'impersonate-group': 'system:nodes' },
    rights: ['impersonate-on:arbitrary-node:list pods', 'impersonate:arbitrary-node nodes n1'],
    result: 'users "system:node:n1" is forbidden',
  },
  {
    name: 'the node that one runs on',
    by: agent,
    headers: node,
    rights: ['impersonate-on:associated-node:list pods', 'impersonate:associated-node nodes *'],
    result: 'system:node:n1 [system:nodes system:authenticated] impersonate:associated-node',
  },
  {
    name: 'a node that one does not run on',
    by: agent,
    headers: { 'impersonate-user': 'system:node:n2' },
    rights: ['impersonate-on:associated-node:list pods', 'impersonate:associated-node nodes *'],
    result: 'users "system:node:n2" is forbidden',
  },
];

for (const { name, by = ann, headers, rights, result } of cases) {
  test(`constrained impersonation: ${name}`, async () => {
    const asked: AuthorizationAttributes = {
      user: by,
      verb: 'list',
      resource: listPods,
      path: '/x',
    };
    assert.equal(await tell(headers, asked, rights), result);
  });
}

async function tell(
  headers: Record<string, string>,
  asked: AuthorizationAttributes,
  rights: readonly string[],
): Promise<string> {
  try {
    const { user, constraint = '' } = (await impersonate(headers, asked, granting(rights))) ?? {};
    return `${user?.username} [${user?.groups.join(' ')}] ${constraint}`;
  } catch (error) {
    if (!isStatusError(error, 'Forbidden')) throw error;
    return error.message.replace(/: User .*/, '');
  }
}
