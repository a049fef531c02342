/** Config maps, secrets, namespaces and service accounts. The messages are those of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { Secret } from '@navarch/api/types/core/v1/config';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import { fakeContext, messages } from '../testing.ts';
import { configMaps } from './config-map/config-map.ts';
import { namespaces } from './namespace/namespace.ts';
import { secrets } from './secret/secret.ts';
import { serviceAccounts } from './service-account/service-account.ts';
import { tokenSubresource } from './service-account/token.ts';
import { submitted } from './testing.ts';

function errorsOf(definition: ResourceDefinition, value: object): readonly string[] {
  const object = submitted(definition, { metadata: { name: 'a' }, ...value });
  return messages(definition.validate?.(object) ?? []);
}

const keyText =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const mistakes: readonly (readonly [ResourceDefinition, object, ...string[]])[] = [
  [configMaps, { data: { 'a.b': 'c' } }],
  [configMaps, { data: { 'a b': 'c' } }, `data[a b]: Invalid value: "a b": ${keyText}`],
  [
    configMaps,
    { data: { a: 'x' }, binaryData: { a: 'eA==' } },
    'data[a]: Invalid value: "a": duplicate of key present in binaryData',
  ],
  [secrets, { type: 'example.com/any', data: { a: 'eA==' } }],
  [
    secrets,
    { type: 'kubernetes.io/tls' },
    'data[tls.crt]: Required value',
    'data[tls.key]: Required value',
  ],
  [secrets, { type: 'kubernetes.io/ssh-auth' }, 'data[ssh-privatekey]: Required value'],
  [
    secrets,
    { type: 'kubernetes.io/service-account-token' },
    'metadata.annotations[kubernetes.io/service-account.name]: Required value',
  ],
  [secrets, { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '{"a":{}}' } }],
  [
    namespaces,
    { spec: { finalizers: ['plain'] } },
    'spec.finalizers: Invalid value: "plain": name is neither a standard finalizer name nor is it fully qualified',
  ],
];

test('mistakes are told in the words of a real server', () => {
  for (const [definition, value, ...expected] of mistakes) {
    assert.deepEqual(errorsOf(definition, value), expected, JSON.stringify(value));
  }
});

test('text in a secret becomes bytes, and wins over them', () => {
  const secret = submitted(secrets, {
    metadata: { name: 'a' },
    data: { a: 'eA==', b: 'eQ==' },
    stringData: { a: 'ü' },
  }) as Secret;
  assert.deepEqual(secret.data, { a: 'w7w=', b: 'eQ==' });
  assert.equal(secret.stringData, undefined);
  assert.equal(secret.type, 'Opaque');
});

test('what is sealed stays', () => {
  const stored = submitted(secrets, {
    metadata: { name: 'a' },
    immutable: true,
    data: { a: 'eA==' },
  }) as Secret;
  const opened = { ...stored, immutable: false, data: { a: 'eQ==' } };
  const errors = messages(secrets.validateUpdate?.(opened, stored) ?? []);
  assert.deepEqual(errors, [
    'immutable: Forbidden: field is immutable when `immutable` is set',
    'data: Forbidden: field is immutable when `immutable` is set',
  ]);
});

test('a namespace is held by who cleans it up', () => {
  const sent = submitted(namespaces, { metadata: { name: 'a' } }) as Namespace;
  const made = namespaces.prepareForCreate?.(sent, fakeContext()) as Namespace;
  assert.deepEqual(made.spec.finalizers, ['kubernetes']);
  assert.deepEqual(made.metadata.labels, { 'kubernetes.io/metadata.name': 'a' });
  assert.deepEqual(made.status, { phase: 'Active' });
  assert.equal(namespaces.holdsDeletion?.(made), true);
  const going = namespaces.beginDeletion?.(made) as Namespace;
  assert.equal(going.status?.phase, 'Terminating');
  const free = { ...going, metadata: { ...going.metadata, deletionTimestamp: 't' }, spec: {} };
  assert.equal(namespaces.holdsDeletion?.(free), false);
});

test('some namespaces stay', () => {
  for (const [name, stays] of [
    ['default', true],
    ['kube-system', true],
    ['mine', false],
  ] as const) {
    const refuse = () => namespaces.refuseDeletion?.({ metadata: { name } }, fakeContext());
    if (stays) assert.throws(refuse, /this namespace may not be deleted/);
    else refuse();
  }
});

const account = { metadata: { name: 'sa', namespace: 'n', uid: 'u' } };
const boundPod = {
  metadata: { name: 'p', namespace: 'n', uid: 'pu' },
  spec: { serviceAccountName: 'sa', nodeName: 'node' },
};

test('tokens are signed for what they are bound to', async () => {
  const base = fakeContext({
    objects: [
      ['serviceaccounts', account],
      ['pods', boundPod],
    ],
  });
  const signed: unknown[] = [];
  const signServiceAccountToken = (claims: unknown) => {
    signed.push(claims);
    return Promise.resolve('signed');
  };
  const context = { ...base, services: { ...base.services, signServiceAccountToken } };
  const request = {
    metadata: {},
    spec: { audiences: ['x'], boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: 'p' } },
  };
  await tokenSubresource.act({ namespace: 'n', name: 'sa' }, request, context);
  assert.deepEqual(signed, [
    {
      namespace: 'n',
      name: 'sa',
      uid: 'u',
      audiences: ['x'],
      expirationSeconds: 3600,
      nowMs: context.nowMs,
      boundTo: { kind: 'Pod', name: 'p', uid: 'pu' },
      node: { name: 'node', uid: '' },
    },
  ]);
});

test('of the secrets of a service account only names are kept', () => {
  const account = submitted(serviceAccounts, {
    metadata: { name: 'a' },
    secrets: [{ name: 's', namespace: 'elsewhere', kind: 'Secret' }],
  });
  const kept: object | undefined = serviceAccounts.prepareForCreate?.(account, fakeContext());
  assert.deepEqual(kept, { ...account, secrets: [{ name: 's' }] });
});
