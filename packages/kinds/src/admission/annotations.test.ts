/** What plugins tell those who read the audit log. Keys and values are upstream's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { admit, creation, fakeContext } from '../testing.ts';
import { createPodSecurity, podSecurity } from './pod-security/pod-security.ts';
import { privilegedPolicy } from './pod-security/policy.ts';
import { validatingAdmissionPolicy } from './policy/validating/validating-admission-policy.ts';
import { pod, pods } from './testing.ts';
import { mutatingWebhooks } from './webhook/mutating.ts';
import { validatingWebhooks } from './webhook/validating.ts';

const group = 'admissionregistration.k8s.io/v1';
const rules = [
  { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] },
] as const;

interface Hook {
  readonly name: string;
  readonly fails?: 'Ignore';
}

function hooks(kind: 'Mutating' | 'Validating', given: readonly Hook[]) {
  const configuration = {
    apiVersion: group,
    kind: `${kind}WebhookConfiguration`,
    metadata: { name: 'conf' },
    webhooks: given.map(({ name, fails = 'Fail' }) => ({
      name,
      clientConfig: { url: `https://${name}/` },
      rules,
      failurePolicy: fails,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    })),
  };
  return [`${kind.toLowerCase()}webhookconfigurations`, configuration] as const;
}

const policy = {
  apiVersion: group,
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'pol.example.com' },
  spec: {
    matchConstraints: { resourceRules: rules },
    validations: [
      { expression: 'true' },
      { expression: "object.metadata.name != 'x'", message: 'no <x>' },
    ],
    auditAnnotations: [
      { key: 'name', valueExpression: "' ' + object.metadata.name" },
      { key: 'none', valueExpression: 'null' },
    ],
  },
};

const bound = (name: string, validationActions: readonly string[]) => ({
  apiVersion: group,
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name },
  spec: { policyName: 'pol.example.com', validationActions },
});

const namespace = (labels: Readonly<Record<string, string>>) =>
  ['namespaces', { kind: 'Namespace', metadata: { name: 'n', labels } }] as const;

const label = 'pod-security.kubernetes.io';
const exempting = createPodSecurity({
  defaults: privilegedPolicy,
  exemptions: { namespaces: ['n'], usernames: [], runtimeClasses: [] },
});
const hostile = pod({ hostNetwork: true });
const patch = [{ op: 'add', path: '/metadata/labels', value: { a: '<b>' } }];

const cases: readonly {
  readonly name: string;
  readonly plugin: AdmissionPlugin;
  readonly objects: readonly (readonly [string, KubernetesObject | object])[];
  readonly object?: KubernetesObject;
  /** What the webhook at an address answers; none: it cannot be reached. */
  readonly answers?: Readonly<Record<string, object>>;
  readonly annotations: Readonly<Record<string, string>>;
}[] = [
  {
    name: 'a namespace without a level enforces the least',
    plugin: podSecurity,
    objects: [namespace({})],
    annotations: { [`${label}/enforce-policy`]: 'privileged:latest' },
  },
  {
    name: 'a level that is only audited',
    plugin: podSecurity,
    objects: [
      namespace({
        [`${label}/enforce`]: 'privileged',
        [`${label}/audit`]: 'baseline',
        [`${label}/audit-version`]: 'v1.30',
      }),
    ],
    object: hostile,
    annotations: {
      [`${label}/enforce-policy`]: 'privileged:latest',
      [`${label}/audit-violations`]:
        'would violate PodSecurity "baseline:v1.30": host namespaces (hostNetwork=true)',
    },
  },
  {
    name: 'labels that cannot be read',
    plugin: podSecurity,
    objects: [namespace({ [`${label}/audit`]: 'all' })],
    annotations: {
      [`${label}/enforce-policy`]: 'privileged:latest',
      [`${label}/error`]:
        'Failed to parse policy: metadata.labels[pod-security.kubernetes.io/audit]: Invalid value: "all": must be one of privileged, baseline, restricted',
    },
  },
  {
    name: 'who is exempt',
    plugin: exempting,
    objects: [namespace({})],
    object: hostile,
    annotations: { [`${label}/exempt`]: 'namespace' },
  },
  {
    name: 'webhooks that change, that do not, and one whose failure is passed over',
    plugin: mutatingWebhooks,
    objects: [hooks('Mutating', [{ name: 'a' }, { name: 'b' }, { name: 'c', fails: 'Ignore' }])],
    answers: {
      a: { patchType: 'JSONPatch', patch: btoa(JSON.stringify(patch)) },
      b: { auditAnnotations: { who: 'me' } },
    },
    annotations: {
      'mutation.webhook.admission.k8s.io/round_0_index_0':
        '{"configuration":"conf","webhook":"a","mutated":true}',
      'patch.webhook.admission.k8s.io/round_0_index_0 (Request)': String.raw`{"configuration":"conf","webhook":"a","patch":[{"op":"add","path":"/metadata/labels","value":{"a":"\u003cb\u003e"}}],"patchType":"JSONPatch"}`,
      'b/who': 'me',
      'mutation.webhook.admission.k8s.io/round_0_index_1':
        '{"configuration":"conf","webhook":"b","mutated":false}',
      'failed-open.mutation.webhook.admission.k8s.io/round_0_index_2': 'c',
      'mutation.webhook.admission.k8s.io/round_0_index_2':
        '{"configuration":"conf","webhook":"c","mutated":false}',
    },
  },
  {
    name: 'webhooks that judge',
    plugin: validatingWebhooks,
    objects: [hooks('Validating', [{ name: 'a' }, { name: 'b', fails: 'Ignore' }])],
    answers: { a: { auditAnnotations: { who: 'me' } } },
    annotations: {
      'a/who': 'me',
      'failed-open.validating.webhook.admission.k8s.io/round_0_index_1': 'b',
    },
  },
  {
    name: 'policies: what did not hold is said where a binding audits, annotations in any case',
    plugin: validatingAdmissionPolicy,
    objects: [
      ['validatingadmissionpolicies', policy],
      ['validatingadmissionpolicybindings', bound('one', ['Audit', 'Warn'])],
      ['validatingadmissionpolicybindings', bound('two', ['Warn'])],
      ['validatingadmissionpolicybindings', bound('three', ['Audit'])],
    ],
    annotations: {
      'pol.example.com/name': 'x',
      'validation.policy.admission.k8s.io/validation_failure': String.raw`[{"message":"no \u003cx\u003e","policy":"pol.example.com","binding":"one","expressionIndex":1,"validationActions":["Audit","Warn"]}]`,
    },
  },
];

for (const { name, plugin, objects, object = pod(), answers = {}, annotations } of cases) {
  test(name, async () => {
    const said: Record<string, string> = {};
    const base = fakeContext({ objects: objects as never });
    const context: RequestContext = {
      ...base,
      annotate: (key, value, level) => {
        said[level ? `${key} (${level})` : key] = value;
      },
      services: {
        ...base.services,
        callWebhook: ({ address }) => answer(address.url ?? '', answers),
      },
    };
    const attributes: AdmissionAttributes = creation(pods, object);
    const admitted = await admit(plugin, attributes, context);
    assert.equal(typeof admitted, 'object', JSON.stringify(admitted));
    assert.deepEqual(said, annotations);
  });
}

test('a webhook that is asked again says so in the second round', async () => {
  const said: string[] = [];
  const [plural, configuration] = hooks('Mutating', [{ name: 'a' }]);
  const [webhook] = configuration.webhooks;
  const again = { ...configuration, webhooks: [{ ...webhook, reinvocationPolicy: 'IfNeeded' }] };
  const base = fakeContext({ objects: [[plural, again]] });
  const context: RequestContext = {
    ...base,
    annotate: (key, value) => said.push(`${key} ${value}`),
    services: { ...base.services, callWebhook: () => answer('https://a/', { a: {} }) },
  };
  const pass = { isSecond: false, again: () => undefined, memory: new Map<string, unknown>() };
  await mutatingWebhooks.mutate?.(creation(pods, pod()), context, pass);
  const changed = creation(pods, pod({ hostNetwork: true }));
  await mutatingWebhooks.mutate?.(changed, context, { ...pass, isSecond: true });
  const prefix = 'mutation.webhook.admission.k8s.io';
  const value = '{"configuration":"conf","webhook":"a","mutated":false}';
  assert.deepEqual(said, [
    `${prefix}/round_0_index_0 ${value}`,
    `${prefix}/round_1_index_0 ${value}`,
  ]);
});

function answer(url: string, answers: Readonly<Record<string, object>>): Promise<string> {
  const given = answers[new URL(url).hostname];
  if (!given) return Promise.reject(new Error('no answer'));
  const response = { uid: 'u', allowed: true, ...given };
  const type = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' };
  return Promise.resolve(JSON.stringify({ ...type, response }));
}
