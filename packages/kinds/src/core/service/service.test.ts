/** Services: defaults, rules, and what they take of the cluster. The messages are those of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { alreadyExists } from '@navarch/api/status';
import type { Service, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { fakeContext, messages } from '../../testing.ts';
import { submitted } from '../testing.ts';
import { settleFamilies } from './families.ts';
import { prepareForCreate, prepareForUpdate } from './prepare.ts';
import { releaseAll, reserve } from './reserve.ts';
import { services } from './service.ts';
import { serviceRow } from './table.ts';
import { validateService } from './validate.ts';
import { validateServiceUpdate } from './validate-update.ts';

function service(spec: object, name = 'a'): Service {
  const metadata = { name, namespace: 'n' };
  return prepareForCreate(
    submitted(services, { kind: 'Service', apiVersion: 'v1', metadata, spec }) as Service,
  );
}

const web = { ports: [{ port: 80 }] };

const defaults: readonly (readonly [spec: object, complete: object])[] = [
  [
    web,
    {
      ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
    },
  ],
  [
    { type: 'ExternalName', externalName: 'a.test' },
    { type: 'ExternalName', sessionAffinity: 'None', externalName: 'a.test' },
  ],
  [
    { type: 'LoadBalancer', sessionAffinity: 'ClientIP', ports: [{ port: 1, targetPort: '' }] },
    {
      ports: [{ protocol: 'TCP', port: 1, targetPort: 1 }],
      type: 'LoadBalancer',
      sessionAffinity: 'ClientIP',
      externalTrafficPolicy: 'Cluster',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
      allocateLoadBalancerNodePorts: true,
      internalTrafficPolicy: 'Cluster',
    },
  ],
];

test('a service is completed', () => {
  for (const [spec, complete] of defaults) assert.deepEqual(service(spec).spec, complete);
});

const mistakes: readonly (readonly [spec: object, ...messages: readonly string[]])[] = [
  [web],
  [{}, 'spec.ports: Required value'],
  [{ clusterIP: 'None' }],
  [
    { ...web, clusterIP: 'banana', type: 'Nothing' },
    'spec.clusterIPs[0]: Invalid value: "banana": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  ],
  [
    { ...web, clusterIPs: ['None'] },
    'spec.clusterIPs: Invalid value: ["None"]: must be empty when `clusterIP` is not specified',
  ],
  [
    { ...web, type: 'NodePort', clusterIP: 'None' },
    `spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services`,
  ],
  [
    {
      ports: [
        { name: 'x', port: 80 },
        { name: 'y', port: 80 },
      ],
    },
    'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
  ],
  [
    { ports: [{ port: 80, nodePort: 30_010 }] },
    "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
  ],
  [
    { ...web, loadBalancerSourceRanges: ['10.0.0.0/8'] },
    "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
  ],
  [
    { type: 'ExternalName', externalName: 'a.test', clusterIP: 'None' },
    'spec.clusterIPs: Forbidden: may not be set for ExternalName services',
  ],
];

test('mistakes are told in the words of a real server', () => {
  for (const [spec, ...expected] of mistakes) {
    assert.deepEqual(messages(validateService(service(spec))), expected, JSON.stringify(spec));
  }
});

interface Families {
  readonly spec: Partial<ServiceSpec>;
  readonly dual?: boolean;
  readonly families?: readonly string[];
  readonly policy?: string;
  readonly error?: string;
}

const open = { clusterIP: 'None', clusterIPs: ['None'] };
const single =
  "spec.ipFamilyPolicy: Invalid value: null: must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified";

const familyCases: readonly Families[] = [
  { spec: {}, families: ['IPv4'], policy: 'SingleStack' },
  { spec: { ipFamilyPolicy: 'PreferDualStack' }, families: ['IPv4'], policy: 'PreferDualStack' },
  {
    spec: { ipFamilyPolicy: 'PreferDualStack' },
    dual: true,
    families: ['IPv4', 'IPv6'],
    policy: 'PreferDualStack',
  },
  { spec: { ipFamilies: ['IPv6'] }, dual: true, families: ['IPv6'], policy: 'SingleStack' },
  { spec: { ipFamilies: ['IPv4', 'IPv6'] }, dual: true, error: single },
  { spec: open, families: ['IPv4', 'IPv6'], policy: 'RequireDualStack' },
  {
    spec: { ...open, ipFamilyPolicy: 'SingleStack' },
    families: ['IPv4'],
    policy: 'SingleStack',
  },
  { spec: { ...open, selector: { a: 'b' } }, families: ['IPv4'], policy: 'SingleStack' },
  {
    spec: { clusterIP: 'fd00::1', clusterIPs: ['fd00::1'] },
    error: 'spec.clusterIPs[0]: Invalid value: ["fd00::1"]: IPv6 is not configured on this cluster',
  },
  {
    spec: { ipFamilyPolicy: 'RequireDualStack' },
    error:
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
  },
];

test('families follow from wishes, addresses and the cluster', () => {
  for (const { spec, dual, families, policy, error } of familyCases) {
    const settled = settleFamilies(spec, undefined, dual ? ['IPv4', 'IPv6'] : ['IPv4']);
    const words = JSON.stringify(spec);
    assert.equal(messages(settled.errors)[0], error, words);
    if (error !== undefined) continue;
    assert.deepEqual(settled.spec.ipFamilies, families, words);
    assert.equal(settled.spec.ipFamilyPolicy, policy, words);
  }
});

/** A cluster of services and the addresses that they hold, as far as allocation looks at it. */
class FakeCluster {
  readonly addresses = new Map<string, KubernetesObject>();
  readonly stored = new Map<string, Service>();
  readonly ranges: readonly string[];
  readonly #held = new Set<string>();

  constructor(...ranges: readonly string[]) {
    this.ranges = ranges.length > 0 ? ranges : ['10.96.0.0/24'];
  }

  context(dryRun = false): RequestContext {
    const base = fakeContext();
    const resources = { ipaddresses: this.addresses, services: this.stored };
    const of = (resource: string) => resources[resource as keyof typeof resources] ?? new Map();
    return {
      ...base,
      dryRun,
      read: {
        ...base.read,
        get: (resource, _, name) => of(resource.resource).get(name) as never,
        list: (resource) => [...of(resource.resource).values()] as never,
      },
      write: {
        ...base.write,
        create: (resource, object) => {
          const { name = '' } = object.metadata;
          if (this.addresses.has(name)) return Promise.reject(alreadyExists(resource, name));
          this.addresses.set(name, object);
          return Promise.resolve(object);
        },
        remove: (_, __, name) => Promise.resolve(void this.addresses.delete(name)),
      },
      services: {
        ...base.services,
        serviceClusterIpRanges: this.ranges,
        holds: {
          tryHold: (name) => !this.#held.has(name) && this.#held.add(name) !== undefined,
          release: (name) => void this.#held.delete(name),
        },
      },
    };
  }

  /** As a restart does. */
  endHolds(): void {
    this.#held.clear();
  }

  async write(given: Service, before?: Service): Promise<Service> {
    const reservation = await reserve(given, before, this.context());
    const { object } = reservation;
    this.stored.set(object.metadata.name ?? '', object);
    await reservation.commit();
    return object;
  }
}

async function words(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

test('addresses are given from the upper part of the range, and given back', async () => {
  const cluster = new FakeCluster();
  const made = await cluster.write(service(web));
  assert.equal(made.spec.clusterIP, '10.96.0.17');
  assert.deepEqual(made.spec.clusterIPs, ['10.96.0.17']);
  assert.deepEqual([...cluster.addresses.keys()], ['10.96.0.17']);
  cluster.stored.clear();
  await releaseAll(made, cluster.context());
  assert.equal(cluster.addresses.size, 0);
});

test('an address is given once', async () => {
  const cluster = new FakeCluster();
  await cluster.write(service({ ...web, clusterIP: '010.96.0.5' }));
  const again = cluster.write(service({ ...web, clusterIP: '10.96.0.5' }, 'b'));
  assert.equal(
    await words(again),
    'Service "b" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.5"]: failed to allocate IP 10.96.0.5: provided IP is already allocated',
  );
  for (const ip of ['10.96.0.0', '10.96.0.255', '10.97.0.1']) {
    const outside = cluster.write(service({ ...web, clusterIP: ip }, 'c'));
    assert.match(await words(outside), /the provided network does not match the current range$/);
  }
});

test('what a failed write took is given back', async () => {
  const cluster = new FakeCluster();
  const reservation = await reserve(service(web), undefined, cluster.context());
  assert.equal(cluster.addresses.size, 1);
  await reservation.rollback();
  assert.equal(cluster.addresses.size, 0);
  const badPort = { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] };
  assert.equal(
    await words(cluster.write(service(badPort))),
    'Service "a" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  );
  assert.equal(cluster.addresses.size, 0);
});

test('an address whose service was never written is taken over', async () => {
  const cluster = new FakeCluster();
  await reserve(service({ ...web, clusterIP: '10.96.0.1' }), undefined, cluster.context());
  cluster.endHolds();
  const made = await cluster.write(service({ ...web, clusterIP: '10.96.0.1' }, 'b'));
  assert.equal(made.spec.clusterIP, '10.96.0.1');
  assert.equal(cluster.addresses.size, 1);
});

test('an address that is being taken is not', async () => {
  const cluster = new FakeCluster();
  await reserve(service({ ...web, clusterIP: '10.96.0.1' }), undefined, cluster.context());
  const second = cluster.write(service({ ...web, clusterIP: '10.96.0.1' }, 'b'));
  assert.match(await words(second), /provided IP is already allocated$/);
});

test('a dry run takes nothing', async () => {
  const cluster = new FakeCluster();
  const reservation = await reserve(service(web), undefined, cluster.context(true));
  assert.equal(reservation.object.spec.clusterIP, '10.96.0.17');
  await reservation.rollback();
  assert.equal(cluster.addresses.size, 0);
});

test('node ports are not given twice, also not to writes at the same moment', async () => {
  const cluster = new FakeCluster();
  const spec = { type: 'NodePort', ...web };
  const [one, two] = await Promise.all([
    reserve(service(spec), undefined, cluster.context()),
    reserve(service(spec, 'b'), undefined, cluster.context()),
  ]);
  const ports = [one, two].map(({ object }) => object.spec.ports?.[0]?.nodePort);
  assert.deepEqual(ports, [30_086, 30_087]);
});

test('one port in two protocols is one node port; two ports are not', async () => {
  const cluster = new FakeCluster();
  const shared = [
    { name: 'u', port: 53, protocol: 'UDP' },
    { name: 't', port: 53, protocol: 'TCP', nodePort: 30_021 },
  ];
  const made = await cluster.write(service({ type: 'NodePort', ports: shared }));
  assert.deepEqual(
    made.spec.ports?.map(({ nodePort }) => nodePort),
    [30_021, 30_021],
  );
  const clash = [
    { name: 'a', port: 80, nodePort: 30_022 },
    { name: 'b', port: 81, nodePort: 30_022 },
  ];
  assert.equal(
    await words(cluster.write(service({ type: 'NodePort', ports: clash }, 'b'))),
    'Service "b" is invalid: spec.ports[1].nodePort: Invalid value: 30022: provided port is already allocated',
  );
});

test('a put without what was allocated keeps it', async () => {
  const cluster = new FakeCluster();
  const stored = await cluster.write(service({ type: 'NodePort', ...web }));
  const sent = prepareForUpdate(service({ type: 'NodePort', ...web }), stored);
  assert.deepEqual(messages(validateServiceUpdate(sent, stored)), []);
  assert.deepEqual((await cluster.write(sent, stored)).spec, stored.spec);
});

test('a service without an address of its own gives it back', async () => {
  const cluster = new FakeCluster();
  const stored = await cluster.write(service({ type: 'NodePort', ...web }));
  const spec = { ...stored.spec, type: 'ExternalName', externalName: 'a.test' } as const;
  const sent = prepareForUpdate({ ...stored, spec }, stored);
  assert.deepEqual(messages(validateServiceUpdate(sent, stored)), []);
  const made = await cluster.write(sent, stored);
  assert.equal(made.spec.clusterIP, undefined);
  assert.equal(made.spec.ports?.[0]?.nodePort, undefined);
  assert.equal(cluster.addresses.size, 0);
});

test('an address stays', async () => {
  const cluster = new FakeCluster();
  const stored = await cluster.write(service(web));
  const spec = { ...stored.spec, clusterIP: '10.96.0.99' };
  const sent = prepareForUpdate({ ...stored, spec }, stored);
  assert.deepEqual(messages(validateServiceUpdate(sent, stored)), [
    'spec.clusterIPs[0]: Invalid value: ["10.96.0.99"]: may not change once set',
  ]);
});

test('a second address comes and goes with the policy', async () => {
  const cluster = new FakeCluster('10.96.0.0/24', 'fd00::/112');
  const change = async (stored: Service, changes: Partial<ServiceSpec>): Promise<Service> => {
    const sent = prepareForUpdate({ ...stored, spec: { ...stored.spec, ...changes } }, stored);
    assert.deepEqual(messages(validateServiceUpdate(sent, stored)), []);
    return cluster.write(sent, stored);
  };
  const one = await cluster.write(service(web));
  assert.deepEqual(one.spec.clusterIPs, ['10.96.0.17']);
  const both = await change(one, { ipFamilyPolicy: 'RequireDualStack' });
  assert.deepEqual(both.spec.ipFamilies, ['IPv4', 'IPv6']);
  assert.deepEqual(both.spec.clusterIPs, ['10.96.0.17', 'fd00::101']);
  const again = await change(both, { ipFamilyPolicy: 'SingleStack' });
  assert.deepEqual(again.spec.clusterIPs, ['10.96.0.17']);
  assert.deepEqual([...cluster.addresses.keys()], ['10.96.0.17']);
});

test('a service may begin with IPv6', async () => {
  const cluster = new FakeCluster('10.96.0.0/24', 'fd00::/112');
  const made = await cluster.write(
    service({ ...web, ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv6'] }),
  );
  assert.deepEqual(made.spec.ipFamilies, ['IPv6', 'IPv4']);
  assert.deepEqual(made.spec.clusterIPs, ['fd00::101', '10.96.0.17']);
});

const rows: readonly (readonly [spec: object, ...cells: readonly string[]])[] = [
  [{ ...web, clusterIP: '10.96.0.5' }, 'ClusterIP', '10.96.0.5', '<none>', '80/TCP'],
  [
    {
      type: 'NodePort',
      ports: [
        { port: 80, nodePort: 31_777 },
        { port: 53, protocol: 'UDP' },
      ],
    },
    'NodePort',
    '<none>',
    '<none>',
    '80:31777/TCP,53/UDP',
  ],
  [{ type: 'LoadBalancer', ...web }, 'LoadBalancer', '<none>', '<pending>', '80/TCP'],
  [{ type: 'ExternalName', externalName: 'a.test' }, 'ExternalName', '<none>', 'a.test', '<none>'],
];

test('services as they are printed', () => {
  for (const [spec, ...cells] of rows) {
    assert.deepEqual(serviceRow(service(spec), 0).slice(1, 5), cells);
  }
});
