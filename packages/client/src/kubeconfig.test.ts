import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KubeconfigError, parseKubeconfig, parseKubeconfigUsers } from './kubeconfig.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const config = (cluster: object, user: object, context: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'a',
  contexts: [
    { name: 'a', context: { cluster: 'c', user: 'u', ...context } },
    { name: 'b', context: { cluster: 'other', namespace: 'kube-system' } },
  ],
  clusters: [
    { name: 'c', cluster: { server: 'https://one:6443', ...cluster } },
    { name: 'other', cluster: { server: 'https://two:6443/base' } },
  ],
  users: [{ name: 'u', user }],
});
const plain = { server: 'https://one:6443', insecure: false, namespace: 'default' };

const cases: { name: string; config: unknown; context?: string; access: object }[] = [
  {
    name: 'certificates in the file',
    config: config(
      { 'certificate-authority-data': base64('CA') },
      { 'client-certificate-data': base64('CERT'), 'client-key-data': base64('KEY') },
    ),
    access: {
      ...plain,
      authorities: { kind: 'text', text: 'CA' },
      certificate: { kind: 'text', text: 'CERT' },
      key: { kind: 'text', text: 'KEY' },
    },
  },
  {
    name: 'certificates in other files',
    config: config(
      { 'certificate-authority': 'ca.crt' },
      { 'client-certificate': 'me.crt', 'client-key': '/etc/me.key' },
    ),
    access: {
      ...plain,
      authorities: { kind: 'file', path: 'ca.crt' },
      certificate: { kind: 'file', path: 'me.crt' },
      key: { kind: 'file', path: '/etc/me.key' },
    },
  },
  {
    name: 'a token',
    config: config({ 'insecure-skip-tls-verify': true }, { token: 'T' }, { namespace: 'n' }),
    access: { ...plain, insecure: true, token: { kind: 'text', text: 'T' }, namespace: 'n' },
  },
  {
    name: 'a token in a file, which wins',
    config: config({ 'tls-server-name': 'kubernetes' }, { token: 'T', tokenFile: 'token' }),
    access: { ...plain, serverName: 'kubernetes', token: { kind: 'file', path: 'token' } },
  },
  {
    name: 'another context, without user',
    config: config({}, {}),
    context: 'b',
    access: { server: 'https://two:6443/base', insecure: false, namespace: 'kube-system' },
  },
  {
    name: 'impersonation',
    config: config({}, { as: 'jane', 'as-groups': ['devs'], 'as-uid': '7' }),
    access: { ...plain, impersonate: { user: 'jane', uid: '7', groups: ['devs'] } },
  },
];

for (const { name, config, context, access } of cases) {
  test(`reads ${name}`, () => assert.deepEqual(parseKubeconfig(config, context), access));
}

test('reads the users alone, who need no cluster', () => {
  const users = [
    { name: '*', user: { token: 'T' } },
    { name: 'hook.ns.svc', user: { 'client-certificate': 'a.crt', 'client-key': 'a.key' } },
  ];
  const contexts = [{ name: 'a', context: { user: '*' } }];
  const read = parseKubeconfigUsers({ users, contexts, 'current-context': 'a' });
  assert.deepEqual(
    [...read.users],
    [
      ['*', { token: { kind: 'text', text: 'T' } }],
      [
        'hook.ns.svc',
        { certificate: { kind: 'file', path: 'a.crt' }, key: { kind: 'file', path: 'a.key' } },
      ],
    ],
  );
  assert.equal(read.current, '*');
  assert.equal(parseKubeconfigUsers({ users }).current, undefined);
});

const refused: { name: string; config: unknown; context?: string; message: RegExp }[] = [
  { name: 'no map', config: 'x', message: /must be a map/ },
  { name: 'no context', config: {}, message: /no current-context/ },
  {
    name: 'a missing context',
    config: config({}, {}),
    context: 'z',
    message: /no context named "z"/,
  },
  { name: 'a missing user', config: config({}, {}, { user: 'x' }), message: /no user named "x"/ },
  { name: 'no server', config: config({ server: '' }, {}), message: /has no server/ },
  {
    name: 'a server that is no URL',
    config: config({ server: 'one' }, {}),
    message: /no URL: one/,
  },
  { name: 'half a certificate', config: config({}, { 'client-key': 'k' }), message: /together/ },
  { name: 'exec', config: config({}, { exec: { command: 'x' } }), message: /exec in a kubeconfig/ },
  {
    name: 'broken base64',
    config: config({ 'certificate-authority-data': '*' }, {}),
    message: /certificate-authority-data is not in base64/,
  },
];

for (const { name, config, context, message } of refused) {
  test(`refuses ${name}`, () => {
    assert.throws(
      () => parseKubeconfig(config, context),
      (error) => {
        assert.ok(error instanceof KubeconfigError);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}
