/** What a file may say of admission plugins, what comes of it, and what is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigFileError } from '@navarch/api/schema/config-file';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { admit, creation, fakeContext } from '../../testing.ts';
import { admissionPlugins } from '../admission-order.ts';
import { pod, pods } from '../testing.ts';
import { readAdmissionConfiguration } from './read.ts';

const head = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n';

function read(file: string, files: Readonly<Record<string, string>> = {}) {
  return readAdmissionConfiguration(file, (path) => {
    const text = files[path];
    if (text === undefined) return Promise.reject(new Error(`there is no ${path}`));
    return Promise.resolve(text);
  });
}

const inline = (name: string, configuration: object): string =>
  `${head}- ${JSON.stringify({ name, configuration })}\n`;

const limits = (...all: readonly object[]): object => ({
  apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1',
  kind: 'Configuration',
  limits: all,
});
const levels = (more: object): object => ({
  apiVersion: 'pod-security.admission.config.k8s.io/v1',
  kind: 'PodSecurityConfiguration',
  ...more,
});
const quotas = (...limitedResources: readonly object[]): object => ({
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'ResourceQuotaConfiguration',
  limitedResources,
});
const webhooks = (kubeConfigFile: string): object => ({
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'WebhookAdmissionConfiguration',
  kubeConfigFile,
});

const event: KubernetesObject = { kind: 'Event', metadata: { name: 'e', namespace: 'n' } };
const home = { kind: 'Namespace', metadata: { name: 'n', labels: {} } };

const effects: readonly {
  readonly name: string;
  readonly plugin: string;
  readonly file: string;
  readonly files?: Readonly<Record<string, string>>;
  /** What the second of two such requests is told; undefined: it is admitted. */
  readonly asked: ReturnType<typeof creation>;
  readonly says: string | undefined;
}[] = [
  {
    name: 'a limit of events',
    plugin: 'EventRateLimit',
    file: inline('EventRateLimit', limits({ type: 'Namespace', qps: 1, burst: 1 })),
    asked: creation({ group: '', resource: 'events' }, event),
    says: 'limit reached on type Namespace for key n',
  },
  {
    name: 'a level for namespaces that do not say, from another file',
    plugin: 'PodSecurity',
    file: `${head}- name: PodSecurity\n  path: levels.yaml\n`,
    files: { 'levels.yaml': JSON.stringify(levels({ defaults: { enforce: 'baseline' } })) },
    asked: creation(pods, pod({ hostPID: true })),
    says: 'pods "x" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)',
  },
  {
    name: 'who is exempt from it',
    plugin: 'PodSecurity',
    file: inline(
      'PodSecurity',
      levels({ defaults: { enforce: 'restricted' }, exemptions: { usernames: ['ann'] } }),
    ),
    asked: creation(pods, pod({ hostPID: true })),
    says: undefined,
  },
  {
    name: 'what may only be used under a quota',
    plugin: 'ResourceQuota',
    file: inline('ResourceQuota', quotas({ resource: 'pods', matchContains: ['pods'] })),
    asked: creation(pods, pod()),
    says: 'pods "x" is forbidden: insufficient quota to consume: count/pods,pods',
  },
  {
    name: 'where the pods of a namespace run',
    plugin: 'PodNodeSelector',
    file: inline('PodNodeSelector', { podNodeSelectorPluginConfig: { n: 'disk=ssd' } }),
    asked: creation(pods, pod({ nodeSelector: { disk: 'slow' } })),
    says: 'pods "x" is forbidden: pod node label selector labels conflict with its namespace whitelist',
  },
  {
    name: 'a file of before there were kinds of them',
    plugin: 'PodNodeSelector',
    file: 'podNodeSelectorPluginConfig: {"n": disk=ssd}',
    asked: creation(pods, pod({ nodeSelector: { disk: 'slow' } })),
    says: 'pods "x" is forbidden: pod node label selector labels conflict with its namespace whitelist',
  },
];

for (const { name, plugin, file, files, asked, says } of effects) {
  test(name, async () => {
    const { plugins: configured } = await read(file, files);
    const chosen = admissionPlugins({ enabled: [plugin], disabled: [], configured });
    const found = chosen.find((each) => each.name === plugin);
    assert.ok(found);
    const context = fakeContext({ objects: [['namespaces', home]] });
    await admit(found, asked, context);
    const second = await admit(found, asked, context);
    assert.equal(typeof second === 'string' ? second : undefined, says);
  });
}

test('a kubeconfig is named for webhooks', async () => {
  const { kubeconfigs } = await read(inline('MutatingAdmissionWebhook', webhooks('/a/b')));
  assert.deepEqual([...kubeconfigs], [['MutatingAdmissionWebhook', '/a/b']]);
});

const refused: readonly (readonly [file: string, message: string])[] = [
  [
    'kind: AdmissionConfiguration',
    `failed to read plugin config: Object 'apiVersion' is missing in '{"kind":"AdmissionConfiguration"}'`,
  ],
  [
    `${head}- nme: x`,
    'failed to read plugin config: strict decoding error: unknown field "plugins[0].nme"',
  ],
  [
    inline('EventRateLimit', limits()),
    `couldn't init admission plugin "EventRateLimit": limits: Invalid value: null: must not be empty`,
  ],
  [
    inline('EventRateLimit', limits({ type: 'Pod', qps: 0, burst: 1, cacheSize: -1 })),
    `couldn't init admission plugin "EventRateLimit": [limits[0].type: Unsupported value: "Pod": supported values: "Server", "Namespace", "User", "SourceAndObject", limits[0].qps: Invalid value: 0: must be positive, limits[0].cacheSize: Invalid value: -1: must not be negative]`,
  ],
  [
    inline(
      'PodSecurity',
      levels({ defaults: { enforce: 'all' }, exemptions: { usernames: [''] } }),
    ),
    `couldn't init admission plugin "PodSecurity": [defaults.enforce: Invalid value: "all": must be one of privileged, baseline, restricted, exemptions.usernames[0]: Invalid value: "": username must not be empty]`,
  ],
  [
    inline('PodSecurity', levels({ exemptions: { namespaces: ['a', 'a'] } })),
    `couldn't init admission plugin "PodSecurity": exemptions.namespaces[1]: Duplicate value: "a"`,
  ],
  [
    inline('PodSecurity', limits()),
    `couldn't init admission plugin "PodSecurity": no kind "Configuration" is registered for version "eventratelimit.admission.k8s.io/v1alpha1" in scheme "pkg/server/options/admission.go:30"`,
  ],
  [
    inline('ResourceQuota', quotas({ apiGroup: 'apps' })),
    `couldn't init admission plugin "ResourceQuota": limitedResources[0].resource: Required value`,
  ],
  [
    inline('ValidatingAdmissionWebhook', webhooks('b')),
    `couldn't init admission plugin "ValidatingAdmissionWebhook": kubeConfigFile: Invalid value: "b": must be an absolute file path`,
  ],
  [
    inline('ImagePolicyWebhook', { imagePolicy: {} }),
    `couldn't init admission plugin "ImagePolicyWebhook": this server does not ask others about images; a ValidatingWebhookConfiguration for pods can`,
  ],
];

for (const [file, message] of refused) {
  test(`refused: ${message.slice(0, 90)}`, async () => {
    await assert.rejects(read(file), (error) => {
      assert.ok(error instanceof ConfigFileError);
      assert.equal(error.message, message);
      return true;
    });
  });
}

test('a file that cannot be read is said as it is', async () => {
  await assert.rejects(read(`${head}- name: PodSecurity\n  path: none.yaml\n`), {
    message: 'there is no none.yaml',
  });
});
