/** As whom pods run, and what they are given for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeRequest } from '../testing.ts';
import { serviceAccount } from './service-account.ts';
import { specOf } from './testing.ts';

const account = (more: object = {}): FakeRequest => ({
  objects: [
    [
      'serviceaccounts',
      { kind: 'ServiceAccount', metadata: { name: 'sa', namespace: 'n' }, ...more },
    ],
  ],
});

test('a pod runs as an account that exists', async () => {
  const nobody = await specOf(serviceAccount, { serviceAccountName: 'nobody' });
  assert.equal(
    nobody,
    'pods "x" is forbidden: error looking up service account n/nobody: serviceaccount "nobody" not found',
  );
  const usual = await specOf(serviceAccount, {});
  assert.match(typeof usual === 'string' ? usual : '', /n\/default/);
});

test('a pod gets a token unless someone says no', async () => {
  const made = await specOf(serviceAccount, { serviceAccountName: 'sa' }, account());
  assert.ok(typeof made === 'object');
  assert.equal(made.volumes?.[0]?.name, 'kube-api-access-xxxxx');
  assert.deepEqual(made.containers[0]?.volumeMounts, [
    {
      name: 'kube-api-access-xxxxx',
      readOnly: true,
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
    },
  ]);
  const off = { automountServiceAccountToken: false };
  const quiet = await specOf(serviceAccount, { serviceAccountName: 'sa' }, account(off));
  assert.ok(typeof quiet === 'object' && quiet.volumes === undefined);
  const loud = { serviceAccountName: 'sa', automountServiceAccountToken: true };
  const asked = await specOf(serviceAccount, loud, account(off));
  assert.ok(typeof asked === 'object' && asked.volumes?.length === 1);
});

test('an account lends its pull secrets, and may bound its secrets', async () => {
  const named = { serviceAccountName: 'sa', automountServiceAccountToken: false };
  const lent = await specOf(
    serviceAccount,
    named,
    account({ imagePullSecrets: [{ name: 'reg' }] }),
  );
  assert.ok(typeof lent === 'object');
  assert.deepEqual(lent.imagePullSecrets, [{ name: 'reg' }]);
  const strict = {
    metadata: {
      name: 'sa',
      namespace: 'n',
      annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' },
    },
  };
  const volumes = [{ name: 'v', secret: { secretName: 's' } }];
  assert.equal(
    await specOf(serviceAccount, { ...named, volumes }, account(strict)),
    'pods "x" is forbidden: volume with secret.secretName="s" is not allowed because service account sa does not reference that secret',
  );
});
