/** The real command with an audit policy and a configuration of admission: what is refused is in the log, with why. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { connectTo } from '../connection.ts';
import { startProduct } from '../product.ts';

const policy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Request', resources: [{ group: '', resources: ['pods', 'serviceaccounts'] }] }],
};

const admission = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AdmissionConfiguration',
  plugins: [
    {
      name: 'PodSecurity',
      configuration: {
        apiVersion: 'pod-security.admission.config.k8s.io/v1',
        kind: 'PodSecurityConfiguration',
        defaults: { enforce: 'baseline', audit: 'restricted' },
      },
    },
  ],
};

interface Event {
  readonly verb: string;
  readonly stage: string;
  readonly objectRef: { readonly resource: string; readonly name?: string };
  readonly responseStatus: { readonly code: number };
  readonly requestObject?: { readonly spec?: { readonly hostPID?: boolean } };
  readonly annotations: Readonly<Record<string, string>>;
}

const members =
  'kind apiVersion level auditID stage requestURI verb user sourceIPs userAgent objectRef responseStatus requestObject requestReceivedTimestamp stageTimestamp annotations';

test('who did what, and why it was refused', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'navarch-audit-'));
  const write = (name: string, value: object): string => {
    writeFileSync(path.join(folder, name), JSON.stringify(value));
    return path.join(folder, name);
  };
  const log = path.join(folder, 'log', 'audit.log');
  const product = await startProduct({
    args: [
      'apiserver',
      '--storage',
      'memory',
      '--audit-policy-file',
      write('policy.json', policy),
      '--audit-log-path',
      log,
      '--admission-control-config-file',
      write('admission.json', admission),
    ],
  });
  const connection = await connectTo(product);
  const post = (plural: string, body: object): Promise<unknown> =>
    connection.client.raw({ method: 'POST', path: `/api/v1/namespaces/default/${plural}`, body });
  await post('serviceaccounts', { metadata: { name: 'default' } });
  const spec = { hostPID: true, containers: [{ name: 'c', image: 'i' }] };
  await assert.rejects(post('pods', { metadata: { name: 'p' }, spec }), /violates PodSecurity/);
  await connection.close();
  assert.equal(await product.stop(), 0);
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const [account, pod, ...more] = lines.map((line) => JSON.parse(line) as Event);
  assert.ok(account && pod);
  assert.deepEqual(more, []);
  assert.deepEqual(
    [account.verb, account.objectRef.name, account.responseStatus.code],
    ['create', 'default', 201],
  );
  assert.equal(Object.keys(pod).join(' '), members);
  assert.equal(pod.responseStatus.code, 403);
  assert.equal(pod.requestObject?.spec?.hostPID, true);
  assert.equal(pod.annotations['pod-security.kubernetes.io/enforce-policy'], 'baseline:latest');
  assert.match(
    pod.annotations['pod-security.kubernetes.io/audit-violations'] ?? '',
    /^would violate PodSecurity "restricted:latest": host namespaces \(hostPID=true\), allowPrivilegeEscalation/,
  );
  rmSync(folder, { recursive: true });
});
