/** Who a request acts for, by its headers; a newline separates repeats. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import { isStatusError } from '@navarch/api/status';
import type { Authorization } from '../authorize/union.ts';
import { impersonate, impersonates } from './impersonate.ts';

const admin: UserInfo = { username: 'admin', groups: ['system:masters'] };
const asking = (user: UserInfo): AuthorizationAttributes => ({ user, verb: 'get', path: '/x' });

/** Allows everything, and remembers what it was asked, as `verb group/resource/subresource namespace/name`. */
function recorder(refuse = ''): Authorization & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    decide: ({ verb, resource }: AuthorizationAttributes) => {
      const {
        group = '',
        resource: plural = '',
        subresource = '',
        namespace = '',
        name = '',
      } = resource ?? {};
      asked.push(`${verb} ${group}/${plural}/${subresource} ${namespace}/${name}`);
      return { decision: plural === refuse ? 'noOpinion' : 'allow', reason: '' };
    },
    rulesFor: () => ({ resourceRules: [], nonResourceRules: [], incomplete: false }),
  };
}

const cases: { headers: Record<string, string>; becomes: string; asks?: string[] }[] = [
  {
    headers: { 'impersonate-user': 'bob' },
    becomes: 'bob [system:authenticated]',
    asks: ['impersonate /users/ /bob'],
  },
  {
    headers: { 'impersonate-user': 'bob', 'impersonate-group': 'b\na\nb' },
    becomes: 'bob [b a b system:authenticated]',
    asks: [
      'impersonate /users/ /bob',
      'impersonate /groups/ /b',
      'impersonate /groups/ /a',
      'impersonate /groups/ /b',
    ],
  },
  {
    headers: { 'impersonate-user': 'system:serviceaccount:d:robot' },
    becomes:
      'system:serviceaccount:d:robot [system:serviceaccounts system:serviceaccounts:d system:authenticated]',
    asks: ['impersonate /serviceaccounts/ d/robot'],
  },
  {
    headers: { 'impersonate-user': 'system:serviceaccount:d:robot', 'impersonate-group': 'dev' },
    becomes: 'system:serviceaccount:d:robot [dev system:authenticated]',
  },
  {
    headers: { 'impersonate-user': 'system:anonymous' },
    becomes: 'system:anonymous [system:unauthenticated]',
  },
  {
    headers: { 'impersonate-user': 'system:anonymous', 'impersonate-group': 'dev' },
    becomes: 'system:anonymous [dev system:unauthenticated]',
  },
  {
    headers: { 'impersonate-user': 'bob', 'impersonate-group': 'system:unauthenticated' },
    becomes: 'bob [system:unauthenticated]',
  },
  {
    headers: { 'impersonate-user': 'bob', 'impersonate-group': 'system:authenticated' },
    becomes: 'bob [system:authenticated]',
  },
  {
    headers: {
      'impersonate-user': 'bob',
      'impersonate-uid': '7',
      'impersonate-extra-scopes': 'view',
      'impersonate-extra-example.com%2fteam': 'red\nblue',
    },
    becomes: 'bob 7 [system:authenticated] example.com/team=red,blue scopes=view',
    asks: [
      'impersonate /users/ /bob',
      'impersonate authentication.k8s.io/userextras/example.com/team /red',
      'impersonate authentication.k8s.io/userextras/example.com/team /blue',
      'impersonate authentication.k8s.io/userextras/scopes /view',
      'impersonate authentication.k8s.io/uids/ /7',
    ],
  },
  {
    headers: { 'impersonate-user': 'bob', 'impersonate-extra-a%zz': 'x' },
    becomes: 'bob [system:authenticated] a%zz=x',
  },
  {
    headers: { 'impersonate-user': 'system:serviceaccount:Not:robot' },
    becomes: 'system:serviceaccount:Not:robot [system:authenticated]',
    asks: ['impersonate /users/ /system:serviceaccount:Not:robot'],
  },
  { headers: { 'impersonate-user': '' }, becomes: 'admin [system:masters]', asks: [] },
];

describe('impersonation', () => {
  for (const { headers, becomes, asks } of cases) {
    test(JSON.stringify(headers), async () => {
      assert.ok(impersonates(headers));
      const authorization = recorder();
      const impersonated = await impersonate(headers, asking(admin), authorization);
      const { username, uid, groups, extra = {} } = impersonated?.user ?? admin;
      const extras = Object.entries(extra).map(([key, values]) => `${key}=${values.join()}`);
      assert.equal(
        [username, ...(uid ? [uid] : []), `[${groups.join(' ')}]`, ...extras].join(' '),
        becomes,
      );
      if (asks) assert.deepEqual(authorization.asked, asks);
    });
  }

  const malformed: { headers: Record<string, string>; message: string }[] = [
    {
      headers: { 'impersonate-group': 'dev' },
      message: 'requested [{Group  dev    }] without impersonating a user',
    },
    {
      headers: { 'impersonate-extra-scopes': 'view' },
      message:
        'requested [{UserExtra  view  authentication.k8s.io/v1  scopes}] without impersonating a user',
    },
    {
      headers: { 'impersonate-uid': 'x' },
      message: 'requested [{UID  x  authentication.k8s.io/v1  }] without impersonating a user',
    },
  ];
  for (const { headers, message } of malformed) {
    test(message, async () => {
      await assert.rejects(impersonate(headers, asking(admin), recorder()), { message });
    });
  }

  test('without the right', async () => {
    const bob = { 'impersonate-user': 'bob' };
    const ann = { username: 'ann', groups: [] };
    const error = await impersonate(bob, asking(ann), recorder('users')).catch(
      (error: unknown) => error,
    );
    assert.ok(isStatusError(error, 'Forbidden'));
    assert.equal(
      error.message,
      'users "bob" is forbidden: User "ann" cannot impersonate resource "users" in API group "" at the cluster scope',
    );
  });

  test('most requests do not', () =>
    assert.equal(impersonates({ accept: 'x', 'user-agent': 'y' }), false));
});
