/** A PKI that is made, loaded again, renewed; its certificates as others read them. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { connect, createServer } from 'node:tls';
import { addressBytes } from './certificate.ts';
import { kubeconfig } from './kubeconfig.ts';
import { openPki, type PkiOptions } from './node.ts';
import { kubeletPlan, kubeletServingPlan } from './plan.ts';

const options: PkiOptions = {
  hosts: ['192.0.2.7', 'example.test'],
  serviceIp: '10.96.0.1',
  clusterDomain: 'cluster.local',
};
const nowMs = Date.now();
const dayMs = 24 * 3_600_000;

describe('a cluster PKI', () => {
  const directory = mkdtempSync(join(tmpdir(), 'navarch-pki-'));
  after(() => rmSync(directory, { recursive: true }));

  test('is made whole, for its owner only', async () => {
    const pki = await openPki(directory, options, nowMs);
    assert.equal(pki.made.length, 9);
    for (const name of readdirSync(directory)) {
      assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600, name);
    }
  });

  test('is loaded unchanged', async () => {
    const first = await openPki(directory, options, nowMs);
    const second = await openPki(directory, options, nowMs);
    assert.deepEqual(second.made, []);
    assert.deepEqual(second.serving, first.serving);
    assert.deepEqual(second.serviceAccountKeys, first.serviceAccountKeys);
  });

  test('its certificates say what they are for', async () => {
    const pki = await openPki(directory, options, nowMs);
    const authority = new X509Certificate(pki.authority);
    assert.ok(authority.ca && authority.verify(authority.publicKey));
    const serving = new X509Certificate(pki.serving.certificate);
    assert.ok(serving.checkIssued(authority) && serving.verify(authority.publicKey) && !serving.ca);
    for (const host of ['localhost', 'kubernetes.default.svc.cluster.local', 'example.test']) {
      assert.equal(serving.checkHost(host), host);
    }
    for (const address of ['127.0.0.1', '::1', '10.96.0.1', '192.0.2.7']) {
      assert.equal(serving.checkIP(address), address);
    }
    const admin = new X509Certificate(pki.admin.certificate);
    assert.equal(admin.subject, 'O=system:masters\nCN=kubernetes-admin');
    const frontProxy = new X509Certificate(pki.frontProxyClient.certificate);
    assert.ok(!frontProxy.verify(authority.publicKey));
    assert.ok(frontProxy.verify(new X509Certificate(pki.frontProxyAuthority).publicKey));
  });

  test('another reader understands them', async () => {
    await import('reflect-metadata');
    const {
      BasicConstraintsExtension,
      ExtendedKeyUsageExtension,
      SubjectAlternativeNameExtension,
      X509Certificate,
    } = await import('@peculiar/x509');
    const pki = await openPki(directory, options, nowMs);
    const authority = new X509Certificate(pki.authority);
    const serving = new X509Certificate(pki.serving.certificate);
    assert.ok(await serving.verify({ publicKey: authority.publicKey, date: new Date(nowMs) }));
    assert.equal(serving.issuer, 'CN=kubernetes');
    assert.equal(authority.getExtension(BasicConstraintsExtension)?.ca, true);
    assert.equal(serving.getExtension(BasicConstraintsExtension)?.ca, false);
    assert.equal(
      serving.getExtension(ExtendedKeyUsageExtension)?.usages.join(),
      '1.3.6.1.5.5.7.3.1',
    );
    const names = serving
      .getExtension(SubjectAlternativeNameExtension)
      ?.names.items.map(({ value }) => value);
    assert.deepEqual(names, [
      'localhost',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
      'example.test',
      '127.0.0.1',
      '::1',
      '10.96.0.1',
      '192.0.2.7',
    ]);
  });

  test('a client and a server that use them meet', async () => {
    const pki = await openPki(directory, options, nowMs);
    const { certificate: cert, key } = pki.leaf(kubeletPlan('n1'));
    const server = createServer(
      {
        cert: pki.serving.certificate,
        key: pki.serving.key,
        ca: pki.authority,
        requestCert: true,
        rejectUnauthorized: true,
      },
      (socket) => socket.end(socket.getPeerX509Certificate()?.subject ?? ''),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', ca: pki.authority, cert, key });
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    assert.equal(said, 'O=system:nodes\nCN=system:node:n1');
    await new Promise((resolve) => server.close(resolve));
  });

  const renewals = [
    {
      name: 'a new host',
      options: { ...options, hosts: ['new.test'] },
      atMs: nowMs,
      made: ['apiserver'],
    },
    { name: 'two hundred days later', options, atMs: nowMs + 200 * dayMs, made: ['apiserver'] },
    {
      name: 'three hundred days later',
      options,
      atMs: nowMs + 300 * dayMs,
      made: [
        'front-proxy-client',
        'apiserver-kubelet-client',
        'admin',
        'controller-manager',
        'scheduler',
      ],
    },
  ];
  for (const { name, options, atMs, made } of renewals) {
    test(`${name}: renews ${made.join(', ')}`, async () => {
      const pki = await openPki(directory, options, atMs);
      assert.deepEqual(
        pki.made.map((each) => each.name),
        made,
      );
    });
  }

  test('a key without its certificate is made anew, with it', async () => {
    const pki = await openPki(directory, options, nowMs);
    writeFileSync(join(directory, 'admin.key'), pki.scheduler.key);
    const again = await openPki(directory, options, nowMs);
    assert.deepEqual(
      again.made.map(({ name }) => name),
      ['admin'],
    );
  });

  test('without the authority key, what exists is used and nothing new is signed', async () => {
    rmSync(join(directory, 'ca.key'));
    const pki = await openPki(directory, options, nowMs + 360 * dayMs);
    assert.throws(() => pki.leaf(kubeletServingPlan('n2', ['192.0.2.9'])), /ca\.key is not there/);
  });
});

const addresses = [
  { text: '10.96.0.1', bytes: '0a600001' },
  { text: '::1', bytes: '00000000000000000000000000000001' },
  { text: 'fd00:1::2:3', bytes: 'fd000001000000000000000000020003' },
];
for (const { text, bytes } of addresses) {
  test(`${text} as bytes`, () =>
    assert.equal(Buffer.from(addressBytes(text)).toString('hex'), bytes));
}

test('a kubeconfig has everything in it', () => {
  const text = kubeconfig({
    server: 'https://127.0.0.1:6443',
    certificateAuthority: 'CA',
    clusterName: 'navarch',
    userName: 'admin',
    user: { certificate: 'CERT', key: 'KEY' },
  });
  assert.match(text, /server: https:\/\/127\.0\.0\.1:6443/);
  assert.match(text, /client-key-data: S0VZ/);
  assert.match(text, /current-context: "admin@navarch"/);
});
