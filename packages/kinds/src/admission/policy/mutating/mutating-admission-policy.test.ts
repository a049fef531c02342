import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionAttributes, MutatingPass } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { structOf } from '@navarch/api/schema/registry';
import type {
  MutatingAdmissionPolicySpec,
  Mutation,
} from '@navarch/api/types/admissionregistration/v1/policy';
import { admit, creation, fakeContext, type FakeRequest } from '../../../testing.ts';
import { pod, pods } from '../../testing.ts';
import { mutatingAdmissionPolicy } from './mutating-admission-policy.ts';

type Spec = Partial<MutatingAdmissionPolicySpec>;

const apply = (expression: string): Mutation => ({
  patchType: 'ApplyConfiguration',
  applyConfiguration: { expression },
});
const patch = (expression: string): Mutation => ({
  patchType: 'JSONPatch',
  jsonPatch: { expression },
});
const label = (name: string, value: string): Mutation =>
  apply(`Object{metadata: Object.metadata{labels: {"${name}": ${value}}}}`);

function policy(
  name: string,
  spec: Spec,
  bindingSpec: object = {},
): NonNullable<FakeRequest['objects']> {
  const binding = { policyName: name, ...bindingSpec };
  return [
    ['mutatingadmissionpolicies', { metadata: { name }, spec } as KubernetesObject],
    ['mutatingadmissionpolicybindings', { metadata: { name }, spec: binding } as KubernetesObject],
  ];
}

/** As if the stored version were the only one. */
function asked(object: KubernetesObject): AdmissionAttributes {
  const attributes = creation(pods, object);
  const version = { kind: attributes.kind, resource: attributes.resource };
  const versions = {
    requested: version,
    served: () => [version],
    show: (shown: KubernetesObject) => shown,
    schema: () => structOf('core/v1.Pod'),
    take: (value: unknown) => value as KubernetesObject,
  };
  return { ...attributes, versions };
}

const given = pod({ nodeSelector: { a: 'b' } });
const sidecar = '[Object.spec.containers{name: "mesh", image: "mesh:1"}]';
const denied = (why: string): string => `policy 'p' with binding 'p' denied request: ${why}`;
const twoContainers = [
  { name: 'c', image: 'i' },
  { name: 'mesh', image: 'mesh:1' },
];

const cases: readonly {
  readonly name: string;
  readonly spec: Spec;
  /** What is left of the pod beside what was given. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly podSpec?: object;
  readonly refused?: string;
}[] = [
  { name: 'a label', spec: { mutations: [label('a', '"b"')] }, labels: { a: 'b' } },
  {
    name: 'mutations follow one another',
    spec: { mutations: [label('a', '"b"'), label('c', 'object.metadata.labels.a + "c"')] },
    labels: { a: 'b', c: 'bc' },
  },
  {
    name: 'variables are computed for each',
    spec: {
      variables: [{ name: 'v', expression: 'string(size(object.metadata.?labels.orValue({})))' }],
      mutations: [label('a', 'variables.v'), label('b', 'variables.v')],
    },
    labels: { a: '0', b: '1' },
  },
  {
    name: 'an item of a list with keys',
    spec: { mutations: [apply(`Object{spec: Object.spec{containers: ${sidecar}}}`)] },
    podSpec: { containers: twoContainers },
  },
  {
    name: 'optional fields',
    spec: {
      mutations: [
        apply(
          'Object{spec: Object.spec{?hostname: optional.of("h"), ?subdomain: optional.none()}}',
        ),
      ],
    },
    podSpec: { hostname: 'h' },
  },
  {
    name: 'conditions that do not hold',
    spec: {
      matchConditions: [{ name: 'c', expression: 'object.metadata.name == "y"' }],
      mutations: [label('a', '"b"')],
    },
  },
  {
    name: 'a JSON patch',
    spec: {
      mutations: [
        patch(`[
          JSONPatch{op: "test", path: "/metadata/name", value: "x"},
          JSONPatch{op: "add", path: "/spec/containers/-", value: Object.spec.containers{name: "mesh", image: "mesh:1"}},
          JSONPatch{op: "remove", path: "/spec/nodeSelector/" + jsonpatch.escapeKey("a")}]`),
      ],
    },
    podSpec: { nodeSelector: {}, containers: twoContainers },
  },
  {
    name: 'a JSON patch that its test stops',
    spec: {
      mutations: [
        patch(`[
          JSONPatch{op: "add", path: "/spec/hostname", value: "h"},
          JSONPatch{op: "test", path: "/metadata/name", value: "y"}]`),
      ],
    },
  },
  {
    name: 'a JSON patch of what is not there',
    spec: { mutations: [patch('[JSONPatch{op: "remove", path: "/spec/hostname"}]')] },
    refused: denied(
      "JSONPath: error in remove for path: '/spec/hostname': Unable to remove nonexistent key: hostname: missing value",
    ),
  },
  {
    name: 'an atomic list',
    spec: { mutations: [apply('Object{spec: Object.spec{tolerations: []}}')] },
    refused: denied(
      'error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.tolerations',
    ),
  },
  {
    name: 'a field that is none',
    spec: { mutations: [apply('Object{spec: Object.spec{wrong: 1}}')] },
    refused: denied(
      'error applying patch: failed to convert patch object to typed object: .spec.wrong: field not declared in schema',
    ),
  },
  {
    name: 'an object in the wrong place',
    spec: { mutations: [apply('Object{spec: Object.status{}}')] },
    refused: denied(
      'type mismatch: unexpected type name "Object.status", expected "Object.spec", which matches field name path from root Object type',
    ),
  },
  {
    name: 'an expression without a value',
    spec: { mutations: [label('a', 'object.metadata.labels.b')] },
    refused: denied(
      `expression '${label('a', 'object.metadata.labels.b').applyConfiguration?.expression ?? ''}' resulted in error: no such key: labels`,
    ),
  },
  {
    name: 'what fails is forgiven, what does not is done',
    spec: {
      failurePolicy: 'Ignore',
      mutations: [label('a', 'object.metadata.labels.b'), label('c', '"d"')],
    },
    labels: { c: 'd' },
  },
];

for (const { name, spec, labels, podSpec, refused } of cases) {
  test(name, async () => {
    const objects = policy('p', { matchConstraints: {}, ...spec });
    const admitted = await admit(mutatingAdmissionPolicy, asked(given), fakeContext({ objects }));
    const metadata = labels ? { ...given.metadata, labels } : given.metadata;
    const left = { ...given, metadata, spec: { ...given.spec, ...podSpec } };
    assert.deepEqual(admitted, refused ?? left);
  });
}

test('each parameter of a binding is one invocation', async () => {
  const limit = (name: string): readonly [string, KubernetesObject] => [
    'configmaps',
    { metadata: { name, namespace: 'n', labels: { limit: 'yes' } } },
  ];
  const selector = { matchLabels: { limit: 'yes' } };
  const spec: Spec = {
    paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    mutations: [
      patch('[JSONPatch{op: "add", path: "/metadata/labels", value: {params.metadata.name: "l"}}]'),
    ],
  };
  const context = fakeContext({
    objects: [...policy('p', spec, { paramRef: { selector } }), limit('a'), limit('b')],
  });
  const services = {
    ...context.services,
    resourceOf: () => ({ group: '', resource: 'configmaps', isNamespaced: true }),
  };
  const admitted = await admit(mutatingAdmissionPolicy, asked(given), { ...context, services });
  assert.deepEqual((admitted as KubernetesObject).metadata.labels, { b: 'l' });
});

test('after a change, policies that want to are asked again', async () => {
  const count = (name: string, reinvocationPolicy: 'IfNeeded' | 'Never') =>
    policy(name, {
      reinvocationPolicy,
      mutations: [label(name, `object.metadata.?labels["${name}"].orValue("") + "x"`)],
    });
  const objects = [...count('again', 'IfNeeded'), ...count('once', 'Never')];
  const context = fakeContext({ objects });
  const pass = { isSecond: false, again: () => undefined, memory: new Map<string, unknown>() };
  const mutate = async (object: KubernetesObject, as: MutatingPass) =>
    mutatingAdmissionPolicy.mutate?.(asked(object), context, as);
  const first = (await mutate(given, pass)) ?? given;
  assert.deepEqual(first.metadata.labels, { again: 'x', once: 'x' });
  const second = await mutate(first, { ...pass, isSecond: true });
  assert.deepEqual(second?.metadata.labels, { again: 'xx', once: 'x' });
});

test('what is deleted, policies and reviews are left alone', () => {
  const handles = (operation: 'CREATE' | 'DELETE', group: string, resource: string) =>
    mutatingAdmissionPolicy.handles({
      operation,
      resource: { group, version: 'v1', resource },
      subresource: '',
    });
  assert.equal(handles('CREATE', '', 'pods'), true);
  assert.equal(handles('DELETE', '', 'pods'), false);
  assert.equal(
    handles('CREATE', 'admissionregistration.k8s.io', 'mutatingadmissionpolicies'),
    false,
  );
  assert.equal(handles('CREATE', 'authorization.k8s.io', 'subjectaccessreviews'), false);
});
