/** What each plugin makes of a request: the cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Pod, PodSpec } from '@navarch/api/types/core/v1/pod';
import { admit, creation, fakeContext, type FakeRequest } from '../testing.ts';
import { admissionOrder, admissionPlugins } from './admission-order.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { nodeRestriction } from './node-restriction.ts';
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts';
import { podTopologyLabels } from './pod-topology-labels.ts';
import { priority } from './priority.ts';
import { runtimeClass } from './runtime-class.ts';
import { serviceAccount } from './service-account.ts';
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';

const pods = { group: '', resource: 'pods' };
const container = { name: 'c', image: 'i' };

function pod(spec: Partial<PodSpec> = {}): Pod {
  const metadata = { name: 'x', namespace: 'n' };
  return { kind: 'Pod', apiVersion: 'v1', metadata, spec: { containers: [container], ...spec } };
}

function object(kind: string, name: string, more: object = {}): KubernetesObject {
  return { kind, metadata: { name }, ...more };
}

/** What is left of the pod's spec, or the refusal. */
async function specOf(
  plugin: Parameters<typeof admit>[0],
  given: Partial<PodSpec>,
  request: FakeRequest = {},
): Promise<PodSpec | string> {
  const admitted = await admit(plugin, creation(pods, pod(given)), fakeContext(request));
  if (typeof admitted === 'object' && 'spec' in admitted) return (admitted as Pod).spec;
  return typeof admitted === 'string' ? admitted : 'nothing';
}

test('flags choose plugins, never their order', () => {
  const names = (enabled: string[], disabled: string[]) =>
    admissionPlugins({ enabled, disabled }).map(({ name }) => name);
  const all = admissionOrder.map(({ name }) => name);
  const usual = names([], []);
  assert.deepEqual(usual.slice(-2), ['RoleEscalation', 'DeviceAdminAccess']);
  assert.deepEqual(
    all.filter((name) => !usual.includes(name)),
    [
      'AlwaysAdmit',
      'NamespaceAutoProvision',
      'NamespaceExists',
      'LimitPodHardAntiAffinityTopology',
      'NodeRestriction',
      'AlwaysPullImages',
      'ImagePolicyWebhook',
      'PodNodeSelector',
      'PodTolerationRestriction',
      'EventRateLimit',
      'ExtendedResourceToleration',
      'OwnerReferencesPermissionEnforcement',
      'DenyServiceExternalIPs',
      'AlwaysDeny',
    ],
  );
  assert.deepEqual(names(all, []).slice(0, -2), all);
  assert.equal(new Set(all).size, all.length);
  assert.ok(!names([], ['Priority', 'RoleEscalation']).includes('Priority'));
  assert.ok(names([], ['RoleEscalation']).includes('RoleEscalation'));
});

test('objects live in namespaces that exist and stay', async () => {
  const maps = { group: '', resource: 'configmaps' };
  const map = { kind: 'ConfigMap', metadata: { name: 'x', namespace: 'n' } };
  const ask = (namespaces: readonly KubernetesObject[]) =>
    admit(
      namespaceLifecycle,
      creation(maps, map),
      fakeContext({ objects: namespaces.map((found) => ['namespaces', found] as const) }),
    );
  assert.equal(await ask([]), 'namespaces "n" not found');
  assert.equal(await ask([object('Namespace', 'n')]), map);
  assert.equal(
    await ask([object('Namespace', 'n', { status: { phase: 'Terminating' } })]),
    'configmaps "x" is forbidden: unable to create new content in namespace n because it is being terminated',
  );
  const removal = { operation: 'DELETE', name: 'kube-system', object: undefined } as const;
  const system = object('Namespace', 'kube-system');
  assert.equal(
    await admit(
      namespaceLifecycle,
      creation({ group: '', resource: 'namespaces' }, system, removal),
      fakeContext(),
    ),
    'namespaces "kube-system" is forbidden: this namespace may not be deleted',
  );
});

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

test('pods leave lost nodes after five minutes unless they say otherwise', async () => {
  const made = await specOf(defaultTolerationSeconds, {});
  assert.ok(typeof made === 'object');
  assert.deepEqual(
    made.tolerations?.map(({ key, tolerationSeconds }) => [key, tolerationSeconds]),
    [
      ['node.kubernetes.io/not-ready', 300],
      ['node.kubernetes.io/unreachable', 300],
    ],
  );
  const all = [{ operator: 'Exists' as const }];
  const kept = await specOf(defaultTolerationSeconds, { tolerations: all });
  assert.ok(typeof kept === 'object');
  assert.deepEqual(kept.tolerations, all);
});

const classes: FakeRequest = {
  objects: [
    ['priorityclasses', object('PriorityClass', 'high', { value: 9, preemptionPolicy: 'Never' })],
  ],
};
const priorities: readonly (readonly [given: Partial<PodSpec>, want: Partial<PodSpec> | string])[] =
  [
    [{}, { priority: 0, preemptionPolicy: 'PreemptLowerPriority' }],
    [
      { priorityClassName: 'high' },
      { priorityClassName: 'high', priority: 9, preemptionPolicy: 'Never' },
    ],
    [
      { priorityClassName: 'none' },
      'pods "x" is forbidden: no PriorityClass with name none was found',
    ],
    [
      { priority: 5 },
      'pods "x" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
  ];

test('a class decides how important a pod is', async () => {
  for (const [given, want] of priorities) {
    const made = await specOf(priority, given, classes);
    assert.deepEqual(made, typeof want === 'string' ? want : { containers: [container], ...want });
  }
});

test('runtime classes say what running costs', async () => {
  const known = object('RuntimeClass', 'r', {
    overhead: { podFixed: { cpu: '1' } },
    scheduling: { nodeSelector: { a: 'b' } },
  });
  const request: FakeRequest = { objects: [['runtimeclasses', known]] };
  const made = await specOf(runtimeClass, { runtimeClassName: 'r' }, request);
  assert.ok(typeof made === 'object');
  assert.deepEqual([made.overhead, made.nodeSelector], [{ cpu: '1' }, { a: 'b' }]);
  assert.equal(
    await specOf(runtimeClass, { runtimeClassName: 'A' }),
    'pods "x" is forbidden: pod rejected: RuntimeClass "A" not found',
  );
  assert.equal(
    await specOf(runtimeClass, { overhead: { cpu: '1' } }),
    'pods "x" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
  );
});

const here = { name: 'l', namespace: 'n' };
const range = (limits: readonly object[]): FakeRequest => ({
  objects: [['limitranges', object('LimitRange', 'l', { metadata: here, spec: { limits } })]],
});

test('limit ranges fill in what containers leave open', async () => {
  const item = {
    type: 'Container',
    default: { cpu: '500m', memory: '128Mi' },
    defaultRequest: { cpu: '100m', memory: '128Mi' },
  };
  const given = [{ ...container, resources: { requests: { cpu: '200m' } } }];
  const admitted = await admit(
    limitRanger,
    creation(pods, pod({ containers: given })),
    fakeContext(range([item])),
  );
  const made = admitted as Pod;
  assert.deepEqual(made.spec.containers[0]?.resources, {
    limits: { cpu: '500m', memory: '128Mi' },
    requests: { cpu: '200m', memory: '128Mi' },
  });
  assert.equal(
    made.metadata.annotations?.['kubernetes.io/limit-ranger'],
    'LimitRanger plugin set: memory request for container c; cpu, memory limit for container c',
  );
});

const bounded: readonly (readonly [item: object, resources: object, says: string])[] = [
  [
    { max: { cpu: '2' } },
    { limits: { cpu: '3' }, requests: { cpu: '3' } },
    'maximum cpu usage per Container is 2, but limit is 3',
  ],
  [
    { min: { cpu: '100m' } },
    { requests: { cpu: '50m' } },
    'minimum cpu usage per Container is 100m, but request is 50m',
  ],
  [
    { maxLimitRequestRatio: { cpu: '2' } },
    { requests: { cpu: '100m' }, limits: { cpu: '300m' } },
    'cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000',
  ],
  [
    { maxLimitRequestRatio: { cpu: '2' } },
    { requests: { cpu: '100m' } },
    'cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0',
  ],
];

test('limit ranges bound what containers ask for', async () => {
  for (const [item, resources, says] of bounded) {
    const made = await specOf(
      limitRanger,
      { containers: [{ ...container, resources }] },
      range([{ type: 'Container', ...item }]),
    );
    assert.equal(made, `pods "x" is forbidden: ${says}`);
  }
});

test('limit ranges bound resizes, and what pods ask for as a whole', async () => {
  const whole = pod({ resources: { limits: { cpu: '3' }, requests: { cpu: '1' } } });
  const resize = creation(pods, whole, {
    operation: 'UPDATE',
    oldObject: pod(),
    subresource: 'resize',
  });
  const context = fakeContext(range([{ type: 'Pod', max: { cpu: '2' } }]));
  assert.equal(
    await admit(limitRanger, resize, context),
    'pods "x" is forbidden: maximum cpu usage per Pod is 2, but limit is 3',
  );
});

test('a new node waits to be seen', async () => {
  const node = object('Node', 'a', { spec: { taints: [{ key: 'k', effect: 'NoExecute' }] } });
  const nodes = { group: '', resource: 'nodes' };
  const made = await admit(taintNodesByCondition, creation(nodes, node), fakeContext());
  assert.deepEqual(made, {
    ...node,
    spec: {
      taints: [
        { key: 'k', effect: 'NoExecute' },
        { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
      ],
    },
  });
});

test('the newest default class is the default', async () => {
  const storage = (name: string, at: string, isDefault = 'true') =>
    [
      'storageclasses',
      {
        metadata: {
          name,
          creationTimestamp: at,
          annotations: { 'storageclass.kubernetes.io/is-default-class': isDefault },
        },
      },
    ] as const;
  const objects = [
    storage('old', '2026-01-01T00:00:00Z'),
    storage('new', '2026-01-02T00:00:00Z'),
    storage('other', '2026-01-03T00:00:00Z', 'false'),
  ];
  const claims = { group: '', resource: 'persistentvolumeclaims' };
  const claim = (spec: object) => object('PersistentVolumeClaim', 'c', { spec });
  const ask = (spec: object) =>
    admit(defaultStorageClass, creation(claims, claim(spec)), fakeContext({ objects }));
  assert.deepEqual(await ask({}), claim({ storageClassName: 'new' }));
  assert.deepEqual(await ask({ storageClassName: '' }), claim({ storageClassName: '' }));
});

test('ingresses get the default class', async () => {
  const known = {
    metadata: {
      name: 'k',
      annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
    },
  };
  const ingresses = { group: 'networking.k8s.io', resource: 'ingresses' };
  const made = await admit(
    defaultIngressClass,
    creation(ingresses, object('Ingress', 'i', { spec: {} })),
    fakeContext({ objects: [['ingressclasses', known]] }),
  );
  assert.deepEqual(made, object('Ingress', 'i', { spec: { ingressClassName: 'k' } }));
});

test('claims are held until nothing uses them', async () => {
  const claims = { group: '', resource: 'persistentvolumeclaims' };
  const claim = object('PersistentVolumeClaim', 'c');
  const made = await admit(storageObjectInUseProtection, creation(claims, claim), fakeContext());
  assert.ok(typeof made === 'object');
  assert.deepEqual(made.metadata.finalizers, ['kubernetes.io/pvc-protection']);
});

test('claims grow where their class allows it', async () => {
  const claims = { group: '', resource: 'persistentvolumeclaims' };
  const claim = (storage: string) =>
    object('PersistentVolumeClaim', 'c', {
      spec: { storageClassName: 'k', resources: { requests: { storage } } },
      status: { phase: 'Bound' },
    });
  const ask = (allowVolumeExpansion: boolean) =>
    admit(
      persistentVolumeClaimResize,
      creation(claims, claim('2Gi'), { operation: 'UPDATE', oldObject: claim('1Gi') }),
      fakeContext({
        objects: [['storageclasses', object('StorageClass', 'k', { allowVolumeExpansion })]],
      }),
    );
  assert.deepEqual(await ask(true), claim('2Gi'));
  assert.equal(
    await ask(false),
    'persistentvolumeclaims "c" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  );
});

test('pods wear the place of their node', async () => {
  const labels = { 'topology.kubernetes.io/zone': 'z', other: 'o' };
  const node = { metadata: { name: 'n1', labels } };
  const made = await admit(
    podTopologyLabels,
    creation(pods, pod({ nodeName: 'n1' })),
    fakeContext({ objects: [['nodes', node]] }),
  );
  assert.ok(typeof made === 'object');
  assert.deepEqual(made.metadata.labels, { 'topology.kubernetes.io/zone': 'z' });
});

const node: FakeRequest = { username: 'system:node:n1', groups: ['system:nodes'] };
const mirror = (owners: Pod['metadata']['ownerReferences'], nodeName = 'n1'): Pod => ({
  ...pod({ nodeName }),
  metadata: {
    name: 'x',
    namespace: 'n',
    annotations: { 'kubernetes.io/config.mirror': 'm' },
    ...(owners && { ownerReferences: owners }),
  },
});
const owner = { apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'u1', controller: true };
const restricted: readonly (readonly [object: Pod, says: string | undefined])[] = [
  [
    pod(),
    'pod does not have "kubernetes.io/config.mirror" annotation, node "n1" can only create mirror pods',
  ],
  [mirror([], 'n2'), 'node "n1" can only create pods with spec.nodeName set to itself'],
  [mirror([]), 'node "n1" can only create pods with an owner reference set to itself'],
  [
    mirror([{ ...owner, controller: false }]),
    'node "n1" can only create pods with a controller owner reference set to itself',
  ],
  [mirror([{ ...owner, uid: 'u2' }]), 'node n1 UID mismatch: expected u2 got u1'],
  [mirror([owner]), undefined],
];

test('a node shows only its own static pods', async () => {
  const context = fakeContext({
    ...node,
    objects: [['nodes', { metadata: { name: 'n1', uid: 'u1' } }]],
  });
  for (const [given, says] of restricted) {
    const made = await admit(nodeRestriction, creation(pods, given), context);
    assert.deepEqual(made, says === undefined ? given : `pods "x" is forbidden: ${says}`);
  }
});

test('a node describes itself, and steers nobody', async () => {
  const nodes = { group: '', resource: 'nodes' };
  const self = (name: string, labels: Record<string, string>) => ({
    ...object('Node', name, { spec: {} }),
    metadata: { name, labels },
  });
  const ask = (given: KubernetesObject, more: object = {}) =>
    admit(nodeRestriction, creation(nodes, given, more), fakeContext(node));
  const fine = self('n1', {
    custom: 'yes',
    'kubelet.kubernetes.io/x': 'y',
    'kubernetes.io/os': 'l',
  });
  assert.equal(await ask(fine), fine);
  assert.equal(
    await ask(self('n2', {})),
    'nodes "n2" is forbidden: node "n1" is not allowed to modify node "n2"',
  );
  assert.equal(
    await ask(self('n1', { 'node-restriction.kubernetes.io/x': 'y', 'foo.k8s.io/z': 'w' })),
    'nodes "n1" is forbidden: node "n1" is not allowed to set the following labels: foo.k8s.io/z, node-restriction.kubernetes.io/x',
  );
  const tainted = object('Node', 'n1', { spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] } });
  assert.equal(
    await ask(object('Node', 'n1', { spec: {} }), { operation: 'UPDATE', oldObject: tainted }),
    'nodes "n1" is forbidden: node "n1" is not allowed to modify taints',
  );
});
