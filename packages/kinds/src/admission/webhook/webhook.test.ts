/** Which webhooks are asked, in which order and in which version; on real calls see conformance/webhooks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionAttributes, AdmissionVersion } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ValidatingWebhook } from '@navarch/api/types/admissionregistration/v1/webhook';
import { creation, fakeContext } from '../../testing.ts';
import { compileHooks } from './hooks.ts';
import { invocationOf, isExempt } from './invocation.ts';
import { validatingWebhooks } from './validating.ts';

const webhook: ValidatingWebhook = {
  name: 'check.example.com',
  clientConfig: { url: 'https://a/' },
  rules: [
    {
      operations: ['CREATE'],
      apiGroups: ['autoscaling'],
      apiVersions: ['v1'],
      resources: ['horizontalpodautoscalers'],
    },
  ],
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
};

function version(name: string): AdmissionVersion {
  return {
    kind: { group: 'autoscaling', version: name, kind: 'HorizontalPodAutoscaler' },
    resource: { group: 'autoscaling', version: name, resource: 'horizontalpodautoscalers' },
  };
}

const scaler: KubernetesObject = { metadata: { name: 'h', namespace: 'n', labels: { a: 'b' } } };

/** Stored as v2, served as v1 and v2. */
function request(requested: string, more: Partial<AdmissionAttributes> = {}): AdmissionAttributes {
  const { resource, kind } = version('v2');
  return {
    ...creation(resource, scaler),
    kind,
    resource,
    versions: {
      requested: version(requested),
      served: () => [version('v2'), version('v1')],
      show: (object) => object,
      schema: () => undefined,
      take: (_, __, object) => object,
    },
    ...more,
  };
}

const cases: readonly {
  readonly name: string;
  readonly webhook?: Partial<ValidatingWebhook>;
  readonly asked: AdmissionAttributes;
  /** The version that the webhook sees; undefined when it is not asked. */
  readonly as: string | undefined;
}[] = [
  { name: 'the version of its rules', asked: request('v1'), as: 'v1' },
  { name: 'another one, converted', asked: request('v2'), as: 'v1' },
  {
    name: 'another one, exactly',
    webhook: { matchPolicy: 'Exact' },
    asked: request('v2'),
    as: undefined,
  },
  { name: 'its own, exactly', webhook: { matchPolicy: 'Exact' }, asked: request('v1'), as: 'v1' },
  { name: 'another operation', asked: request('v1', { operation: 'UPDATE' }), as: undefined },
  { name: 'a subresource', asked: request('v1', { subresource: 'status' }), as: undefined },
  {
    name: 'labels it wants',
    webhook: { objectSelector: { matchLabels: { a: 'b' } } },
    asked: request('v1'),
    as: 'v1',
  },
  {
    name: 'labels it does not',
    webhook: { objectSelector: { matchLabels: { a: 'c' } } },
    asked: request('v1'),
    as: undefined,
  },
  {
    name: 'labels that the old object had',
    webhook: { objectSelector: { matchLabels: { a: 'c' } } },
    asked: request('v1', { oldObject: { metadata: { labels: { a: 'c' } } } }),
    as: 'v1',
  },
];

for (const { name, webhook: more, asked, as } of cases) {
  test(`asked: ${name}`, () => {
    const [hook] = compileHooks([{ metadata: { name: 'x' }, webhooks: [{ ...webhook, ...more }] }]);
    assert.ok(hook);
    assert.equal(invocationOf(hook, asked, fakeContext())?.as.resource.version, as);
  });
}

test('configurations by name, webhooks as they are listed', () => {
  const named = (...names: readonly string[]) => names.map((name) => ({ ...webhook, name }));
  const hooks = compileHooks([
    { metadata: { name: 'b' }, webhooks: named('z.example.com', 'a.example.com') },
    { metadata: { name: 'a' }, webhooks: named('m.example.com', 'm.example.com') },
  ]);
  assert.deepEqual(
    hooks.map(({ id }) => id),
    ['a/m.example.com/0', 'a/m.example.com/1', 'b/z.example.com/0', 'b/a.example.com/0'],
  );
});

for (const [resource, exempt] of [
  ['validatingwebhookconfigurations', true],
  ['mutatingadmissionpolicybindings', true],
  ['others', false],
] as const) {
  test(`${resource} ${exempt ? 'are never asked about' : 'are'}`, () => {
    const group = 'admissionregistration.k8s.io';
    assert.equal(isExempt({ resource: { group, version: 'v1', resource } }), exempt);
  });
}

test('without configurations nobody waits', () => {
  assert.equal(validatingWebhooks.validate?.(request('v1'), fakeContext()), undefined);
});
