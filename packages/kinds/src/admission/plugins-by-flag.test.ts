/** The plugins that are on only when somebody asks for them: what each makes of a request. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Pod, PodSpec } from '@navarch/api/types/core/v1/pod';
import { admit, creation, fakeContext, type FakeRequest } from '../testing.ts';
import { alwaysPullImages } from './always-pull-images.ts';
import { denyServiceExternalIps } from './deny-service-external-ips.ts';
import { deviceAdminAccess } from './device-admin-access.ts';
import { createEventRateLimit } from './event-rate-limit.ts';
import { alwaysAdmit, alwaysDeny } from './everything.ts';
import { extendedResourceToleration } from './extended-resource-toleration.ts';
import { namespaceAutoProvision, namespaceExists } from './namespace-presence.ts';
import { ownerReferencesPermissionEnforcement } from './owner-references.ts';
import { limitPodHardAntiAffinityTopology } from './pod-anti-affinity-topology.ts';
import { createPodNodeSelector, podNodeSelector } from './pod-node-selector.ts';
import { podResizeValidator } from './pod-resize.ts';
import { createPodTolerationRestriction } from './pod-toleration-restriction.ts';

const pods = { group: '', resource: 'pods' };

function pod(spec: object = {}): Pod {
  const container = { name: 'c', image: 'i' };
  const metadata = { name: 'x', namespace: 'n' };
  return { kind: 'Pod', metadata, spec: { containers: [container], ...spec } };
}

const object = (kind: string, name: string, more: object = {}): KubernetesObject => ({
  kind,
  metadata: { name, namespace: 'n' },
  ...more,
});

const namespace = (annotations: object = {}, labels: object = {}): FakeRequest => ({
  objects: [['namespaces', { metadata: { name: 'n', annotations, labels } } as KubernetesObject]],
});

/** What is left of the part of the spec, or the refusal; `fine` when nothing was changed. */
async function outcome(
  plugin: AdmissionPlugin,
  attributes: AdmissionAttributes,
  request: FakeRequest = {},
): Promise<unknown> {
  const admitted = await admit(plugin, attributes, fakeContext(request));
  if (typeof admitted === 'string') return admitted;
  return admitted === attributes.object ? 'fine' : (admitted as Pod).spec;
}

const updated = (now: KubernetesObject, oldObject: KubernetesObject, subresource = '') =>
  creation(pods, now, { operation: 'UPDATE', oldObject, subresource });

test('images are always pulled, but by pods that bring no new ones', async () => {
  const made = await outcome(
    alwaysPullImages,
    creation(pods, pod({ initContainers: [{ name: 'i', image: 'j', imagePullPolicy: 'Never' }] })),
  );
  assert.deepEqual(made, {
    containers: [{ name: 'c', image: 'i', imagePullPolicy: 'Always' }],
    initContainers: [{ name: 'i', image: 'j', imagePullPolicy: 'Always' }],
  });
  assert.equal(await outcome(alwaysPullImages, updated(pod(), pod())), 'fine');
  const bare = { ...alwaysPullImages, mutate: undefined };
  const { mutate: _, ...judge } = bare;
  assert.equal(
    await outcome(judge, creation(pods, pod())),
    'pods "x" is forbidden: spec.containers[0].imagePullPolicy: Unsupported value: "": supported values: "Always"',
  );
});

test('who asks for a device tolerates its taint', async () => {
  const containers = [
    { name: 'c', resources: { requests: { 'b.com/y': '1', 'a.com/x': '1', cpu: '1' } } },
  ];
  const given = { key: 'b.com/y', operator: 'Exists', effect: 'NoSchedule' };
  const made = await outcome(
    extendedResourceToleration,
    creation(pods, pod({ containers, tolerations: [given] })),
  );
  assert.deepEqual((made as PodSpec).tolerations, [given, { ...given, key: 'a.com/x' }]);
  assert.equal(await outcome(extendedResourceToleration, creation(pods, pod())), 'fine');
});

test('pods keep others off their own node only', async () => {
  const repelling = (topologyKey: string) =>
    pod({
      affinity: {
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey }] },
      },
    });
  const ask = (topologyKey: string) =>
    outcome(limitPodHardAntiAffinityTopology, creation(pods, repelling(topologyKey)));
  assert.equal(await ask('kubernetes.io/hostname'), 'fine');
  assert.equal(
    await ask('zone'),
    'pods "x" is forbidden: affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey zone but only key kubernetes.io/hostname is allowed',
  );
});

test("pods get their namespace's node selector", async () => {
  const annotated = namespace({ 'scheduler.alpha.kubernetes.io/node-selector': 'a=b, c=d' });
  const selectorOf = async (
    plugin: AdmissionPlugin,
    nodeSelector: object | undefined,
    request: FakeRequest,
  ) => {
    const made = await outcome(
      plugin,
      creation(pods, pod(nodeSelector && { nodeSelector })),
      request,
    );
    return typeof made === 'string' ? made : (made as PodSpec).nodeSelector;
  };
  assert.deepEqual(await selectorOf(podNodeSelector, { e: 'f' }, annotated), {
    a: 'b',
    c: 'd',
    e: 'f',
  });
  assert.equal(
    await selectorOf(podNodeSelector, { a: 'x' }, annotated),
    'pods "x" is forbidden: pod node label selector conflicts with its namespace node label selector',
  );
  const configured = createPodNodeSelector({ clusterDefaultNodeSelector: 'a=b', n: 'a=b' });
  assert.deepEqual(await selectorOf(configured, undefined, namespace()), { a: 'b' });
  assert.equal(
    await selectorOf(configured, { z: 'z' }, namespace()),
    'pods "x" is forbidden: pod node label selector labels conflict with its namespace whitelist',
  );
  assert.equal(await selectorOf(podNodeSelector, {}, {}), 'namespaces "n" not found');
});

test('pods tolerate what their namespace says, and no more than it allows', async () => {
  const plugin = createPodTolerationRestriction({ default: [{ key: 'cluster' }], whitelist: [] });
  const wanted = { key: 'k', operator: 'Exists' as const };
  const tolerations = async (request: FakeRequest, spec: object = {}) => {
    const made = await outcome(plugin, creation(pods, pod(spec)), request);
    return typeof made === 'string' ? made : (made as PodSpec).tolerations;
  };
  const annotation = 'scheduler.alpha.kubernetes.io/defaultTolerations';
  assert.deepEqual(await tolerations(namespace()), [{ key: 'cluster' }]);
  assert.deepEqual(await tolerations(namespace({ [annotation]: JSON.stringify([wanted]) })), [
    wanted,
  ]);
  const narrow = { key: 'k', operator: 'Equal', value: 'v', effect: 'NoSchedule' };
  assert.deepEqual(
    await tolerations(namespace({ [annotation]: JSON.stringify([wanted]) }), {
      tolerations: [narrow],
    }),
    [wanted],
  );
  const allowed = 'scheduler.alpha.kubernetes.io/tolerationsWhitelist';
  assert.equal(
    await tolerations(namespace({ [annotation]: '[]', [allowed]: JSON.stringify([narrow]) }), {
      tolerations: [wanted],
    }),
    'pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist',
  );
});

test('events come in no faster than they may', async () => {
  const plugin = createEventRateLimit([{ type: 'User', qps: 1, burst: 2 }]);
  const event = creation({ group: '', resource: 'events' }, object('Event', 'e'));
  const at = (nowMs: number, username = 'ann') => outcome(plugin, event, { nowMs, username });
  const refused = 'limit reached on type User for key ann';
  assert.deepEqual(
    [
      await at(0),
      await at(0),
      await at(500),
      await at(500, 'bob'),
      await at(1_500),
      await at(1_600),
    ],
    ['fine', 'fine', refused, 'fine', 'fine', refused],
  );
});

test('who gives away an object must be allowed to delete it, and to hold up its owner', async () => {
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd', uid: 'u' };
  const owned = (more: object = {}) => ({
    ...pod(),
    metadata: { name: 'x', namespace: 'n', ownerReferences: [{ ...owner, ...more }] },
  });
  const ask = (attributes: AdmissionAttributes, allowedVerbs: readonly string[] = []) =>
    outcome(ownerReferencesPermissionEnforcement, attributes, { allowedVerbs });
  assert.equal(await ask(creation(pods, owned())), 'fine');
  assert.equal(await ask(updated(owned(), owned())), 'fine');
  assert.equal(await ask(updated(owned(), pod()), ['delete']), 'fine');
  assert.equal(
    await ask(updated(owned(), pod())),
    'pods "x" is forbidden: cannot set an ownerRef on a resource you can\'t delete: , <nil>',
  );
  const blocking = { blockOwnerDeletion: true };
  assert.equal(await ask(creation(pods, owned(blocking)), ['update']), 'fine');
  assert.equal(
    await ask(creation(pods, owned(blocking))),
    'pods "x" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can\'t set finalizers on: , <nil>',
  );
  assert.equal(
    await ask(creation(pods, owned({ ...blocking, kind: 'X' }))),
    'pods "x" is forbidden: cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion apps/v1 Kind X: no matches for kind "X" in version "apps/v1"',
  );
});

test('namespaces are made, or must be there', async () => {
  const map = creation({ group: '', resource: 'configmaps' }, object('ConfigMap', 'm'));
  assert.equal(await outcome(namespaceExists, map), 'namespaces "n" not found');
  assert.equal(await outcome(namespaceExists, map, namespace()), 'fine');
  const made: string[] = [];
  const base = fakeContext();
  const create = (_: unknown, { metadata }: KubernetesObject) => {
    made.push(metadata.name ?? '');
    return Promise.resolve({ metadata });
  };
  const context = { ...base, write: { ...base.write, create: create as never } };
  await admit(namespaceAutoProvision, map, { ...context, dryRun: true });
  await admit(namespaceAutoProvision, map, context);
  assert.deepEqual(made, ['n']);
});

test('services keep their external addresses and get no new ones', async () => {
  const services = { group: '', resource: 'services' };
  const service = (externalIPs: readonly string[]) =>
    object('Service', 's', { spec: { externalIPs } });
  const change = (before: readonly string[], now: readonly string[]) =>
    creation(services, service(now), { operation: 'UPDATE', oldObject: service(before) });
  assert.equal(await outcome(denyServiceExternalIps, creation(services, service([]))), 'fine');
  assert.equal(await outcome(denyServiceExternalIps, change(['1', '2'], ['2'])), 'fine');
  assert.equal(
    await outcome(denyServiceExternalIps, change(['1'], ['1', '2'])),
    'services "s" is forbidden: Use of external IPs is denied by admission control',
  );
});

test('a pod that is resized still fits its node', async () => {
  const bound = (cpu: string) =>
    pod({ nodeName: 'a', containers: [{ name: 'c', resources: { requests: { cpu } } }] });
  const node = (os: string): FakeRequest => ({
    objects: [
      [
        'nodes',
        {
          metadata: { name: 'a', labels: { 'kubernetes.io/os': os } },
          status: { allocatable: { cpu: '2', memory: '1Gi' } },
        } as KubernetesObject,
      ],
    ],
  });
  const resize = (cpu: string, request: FakeRequest) =>
    outcome(podResizeValidator, updated(bound(cpu), bound('1'), 'resize'), request);
  assert.equal(await resize('2', node('linux')), 'fine');
  assert.equal(
    await resize('2500m', node('linux')),
    'pods "x" is forbidden: node didn\'t have enough allocatable resources: cpu, requested: 2500, allocatable: 2000',
  );
  assert.equal(
    await resize('2', node('windows')),
    'pods "x" is forbidden: pod resize is only supported on linux nodes, node "a" is "windows"',
  );
  assert.equal(await resize('2', {}), 'pods "x" is forbidden: node "a" not found');
});

test("administrators' access to devices needs a labelled namespace", async () => {
  const claim = object('ResourceClaim', 'x', {
    spec: { devices: { requests: [{ name: 'a' }, { name: 'r', exactly: { adminAccess: true } }] } },
  });
  const made = creation({ group: 'resource.k8s.io', resource: 'resourceclaims' }, claim);
  const labelled = namespace({}, { 'resource.kubernetes.io/admin-access': 'true' });
  assert.equal(await outcome(deviceAdminAccess, made, labelled), 'fine');
  assert.equal(
    await outcome(deviceAdminAccess, made, namespace()),
    'ResourceClaim.resource.k8s.io "x" is invalid: spec.devices.requests[1].adminAccess: Forbidden: admin access to devices requires the `resource.kubernetes.io/admin-access: true` label on the containing namespace',
  );
});

test('all or nothing', async () => {
  assert.equal(await outcome(alwaysAdmit, creation(pods, pod())), 'not handled');
  assert.equal(
    await outcome(alwaysDeny, creation(pods, pod())),
    'pods "x" is forbidden: admission control is denying all modifications',
  );
});
