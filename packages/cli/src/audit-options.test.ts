/** Flags of auditing and admission: files that are read, and what is said of those that make no sense. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { Lifetime } from '@navarch/runtime/lifetime';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import { admissionConfigurationOf } from './admission-options.ts';
import { auditFlags } from './audit-flags.ts';
import { auditOptions } from './audit-options.ts';
import { UsageError } from './failure.ts';
import type { FlagValues } from './flags.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'navarch-cli-'));
after(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const place = path.join(directory, name);
  writeFileSync(place, text);
  return place;
}

const policy = file(
  'policy.yaml',
  'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n',
);
const kubeconfig = file(
  'kubeconfig.json',
  JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1/audit' } }],
    contexts: [{ name: 'x', context: { cluster: 'c' } }],
    'current-context': 'x',
  }),
);
const defaults = Object.fromEntries(auditFlags.map((flag) => [flag.name, flag.default]));

async function read(values: FlagValues) {
  const runtime = createVirtualRuntime();
  const lifetime = new Lifetime(runtime.log);
  try {
    const options = await auditOptions({ ...defaults, ...values }, runtime, lifetime);
    return { options, says: runtime.lines.map(({ message }) => message) };
  } finally {
    await lifetime.stop();
  }
}

test('without a policy nothing is audited, and a log without one is worth a word', async () => {
  assert.deepEqual(await read({}), { options: undefined, says: [] });
  const { options, says } = await read({ 'audit-log-path': path.join(directory, 'none.log') });
  assert.equal(options, undefined);
  assert.deepEqual(says, ['no audit policy file is given: no requests are audited']);
  const webhook = await read({ 'audit-webhook-config-file': kubeconfig });
  assert.deepEqual(webhook.says, says);
});

test('a policy and a place for the log', async () => {
  const place = path.join(directory, 'below', 'audit.log');
  const { options } = await read({ 'audit-policy-file': policy, 'audit-log-path': place });
  assert.deepEqual(options?.policy.rules, [{ level: 'Metadata' }]);
  assert.ok(existsSync(place));
});

test('a policy and a webhook, to which nothing is said before there is something to say', async () => {
  const { options, says } = await read({
    'audit-policy-file': policy,
    'audit-webhook-config-file': kubeconfig,
    'audit-webhook-truncate-enabled': 'true',
  });
  assert.ok(options);
  assert.deepEqual(says, []);
});

const refused: readonly (readonly [values: FlagValues, message: string, isUsage: boolean])[] = [
  [
    { 'audit-policy-file': path.join(directory, 'none') },
    `--audit-policy-file: there is no ${path.join(directory, 'none')}`,
    false,
  ],
  [
    { 'audit-policy-file': file('empty.yaml', 'apiVersion: audit.k8s.io/v1\nkind: Policy\n') },
    `loading audit policy file: loaded illegal policy with 0 rules: from file ${path.join(directory, 'empty.yaml')}`,
    true,
  ],
  [
    { 'audit-log-format': 'xml' },
    '--audit-log-format must be one of json, legacy, not "xml"',
    true,
  ],
  [
    { 'audit-log-maxage': '-1' },
    '--audit-log-maxage must be a whole number from 0 to 1000000, not "-1"',
    true,
  ],
  [
    { 'audit-policy-file': policy, 'audit-webhook-config-file': path.join(directory, 'none') },
    `--audit-webhook-config-file: there is no ${path.join(directory, 'none')}`,
    false,
  ],
  [
    { 'audit-policy-file': policy, 'audit-webhook-config-file': file('empty.json', '{}') },
    '--audit-webhook-config-file: the kubeconfig has no current-context',
    false,
  ],
  [
    { 'audit-webhook-mode': 'later' },
    '--audit-webhook-mode must be one of batch, blocking, blocking-strict, not "later"',
    true,
  ],
  [
    { 'audit-webhook-version': 'audit.k8s.io/v1beta1' },
    '--audit-webhook-version must be one of audit.k8s.io/v1, not "audit.k8s.io/v1beta1"',
    true,
  ],
  [
    { 'audit-webhook-batch-max-wait': 'soon' },
    '--audit-webhook-batch-max-wait must be a duration such as 30s or 1m30s, not "soon"',
    true,
  ],
  [
    { 'audit-webhook-batch-throttle-qps': '0' },
    '--audit-webhook-batch-throttle-qps must be a positive number, not "0"',
    true,
  ],
  [
    { 'audit-log-mode': 'batch', 'audit-log-batch-buffer-size': '0' },
    '--audit-log-batch-buffer-size must be a whole number from 1 to 2147483647, not "0"',
    true,
  ],
  [
    { 'audit-log-truncate-max-batch-size': '10' },
    '--audit-log-truncate-max-batch-size must not be less than --audit-log-truncate-max-event-size (102400)',
    true,
  ],
  [
    { 'audit-policy-file': policy, 'audit-log-path': path.join(policy, 'x') },
    `--audit-log-path: ${path.join(policy, 'x')} is no directory: there is a file in the way`,
    false,
  ],
];

for (const [values, message, isUsage] of refused) {
  test(`refused: ${message.replaceAll(directory, '')}`, async () => {
    await assert.rejects(read(values), (error) => {
      assert.ok(error instanceof Error);
      assert.equal(error.message, message);
      assert.equal(error instanceof UsageError, isUsage);
      return true;
    });
  });
}

test('files that a configuration of admission names are beside it', async () => {
  const limits = { type: 'Server', qps: 1, burst: 1 };
  const type = { apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1', kind: 'Configuration' };
  file('limits.yaml', JSON.stringify({ ...type, limits: [limits] }));
  const place = file(
    'admission.yaml',
    'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins: [{name: EventRateLimit, path: limits.yaml}]\n',
  );
  const flag = 'admission-control-config-file';
  const configuration = await admissionConfigurationOf({ [flag]: place });
  assert.deepEqual([...(configuration?.plugins.keys() ?? [])], ['EventRateLimit']);
  assert.equal(await admissionConfigurationOf({}), undefined);
  await assert.rejects(admissionConfigurationOf({ [flag]: file('x', 'kind: x') }), UsageError);
});
