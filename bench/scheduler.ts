/**
 * How many pods a second the scheduler binds, against the real API server in this process, on a store in memory. Pods and nodes are there
 * before it starts; the time is from its start (lists included) to the last binding.
 *
 *     node bench/scheduler.ts [name ...]
 *
 * A profile of one case: `node --cpu-prof bench/scheduler.ts basic-1000`.
 */
import { nodes as nodeResource, pods as podResource, services } from '@navarch/api/resources';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Service } from '@navarch/api/types/core/v1/service';
import { type Client, createClient } from '@navarch/client/client';
import { createInProcessTransport } from '@navarch/client/in-process';
import { createInformers } from '@navarch/client/informer';
import { schedulerIdentity } from '@navarch/cluster/identities';
import { defaultSettings } from '@navarch/cluster/settings';
import { startControlPlane } from '@navarch/cluster/start-control-plane';
import { Lifetime } from '@navarch/runtime/lifetime';
import { createNodeRuntime } from '@navarch/runtime/node';
import { startScheduler } from '@navarch/scheduler/start';
import { createMemoryStore } from '@navarch/store/memory';
import { atLeast, type Row } from './row.ts';

interface Case {
  readonly name: string;
  readonly nodes: number;
  readonly pods: number;
  readonly spec: Partial<Pod['spec']>;
  /** Whether a service selects the pods, so that they are spread though they do not say. */
  readonly service?: 'selects';
  /** Pods per second. */
  readonly budget: number;
}

const zones = 10;
const color = { color: 'blue' };
const zone = 'topology.kubernetes.io/zone';
const sameColor = { labelSelector: { matchLabels: color } };

const cases: readonly Case[] = [
  { name: 'basic-1000', nodes: 1000, pods: 3000, spec: {}, budget: 2500 },
  { name: 'basic-5000', nodes: 5000, pods: 5000, spec: {}, budget: 2500 },
  {
    name: 'topology-spread',
    nodes: 1000,
    pods: 3000,
    spec: {
      topologySpreadConstraints: [
        { ...sameColor, maxSkew: 5, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule' },
      ],
    },
    budget: 2000,
  },
  {
    name: 'pod-affinity',
    nodes: 1000,
    pods: 3000,
    spec: {
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ ...sameColor, topologyKey: zone }],
        },
      },
    },
    budget: 1000,
  },
  {
    name: 'anti-affinity',
    nodes: 1000,
    pods: 900,
    spec: {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { ...sameColor, topologyKey: 'kubernetes.io/hostname' },
          ],
        },
      },
    },
    budget: 1000,
  },
  {
    name: 'spread-by-default',
    nodes: 1000,
    pods: 3000,
    spec: {},
    service: 'selects',
    budget: 2000,
  },
];

/** Code that has run before is faster: what is measured is a server that has been up for a while. */
const warmUp: Case = { name: 'warm-up', nodes: 200, pods: 3000, spec: {}, budget: 0 };

const service: Service = {
  metadata: { name: 'bench', namespace: 'default' },
  spec: { clusterIP: 'None', selector: color, ports: [{ port: 80 }] },
};

function newNode(index: number): Node {
  const name = `node-${index}`;
  const resources = { cpu: '8', memory: '32Gi', pods: '110' };
  return {
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, [zone]: `zone-${index % zones}` },
    },
    spec: {},
    status: { capacity: resources, allocatable: resources },
  };
}

function newPod(index: number, spec: Case['spec']): Pod {
  const requests = { cpu: '100m', memory: '200Mi' };
  return {
    metadata: { name: `pod-${index}`, namespace: 'default', labels: color },
    spec: {
      automountServiceAccountToken: false,
      containers: [{ name: 'main', image: 'registry.example/service:v1', resources: { requests } }],
      ...spec,
    },
  };
}

/** All of it at once, some at a time. */
async function each(count: number, act: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: 64 }, async () => {
    while (next < count) await act(next++);
  });
  await Promise.all(lanes);
}

interface Measured extends Row {
  /** Of all threads, garbage collection included: on a busy machine it says more than the rate does. */
  readonly cpuMicrosPerPod: number;
}

async function measure(of: Case): Promise<Measured> {
  const runtime = createNodeRuntime({
    level: 'error',
    format: 'text',
    write: (line) => console.error(line),
  });
  const store = createMemoryStore(runtime);
  // Nobody here would take the taint of a new node away.
  const settings = { ...defaultSettings, disabledAdmissionPlugins: ['TaintNodesByCondition'] };
  const plane = await startControlPlane({
    runtime,
    store,
    settings,
    parts: 'apiserver',
    nodes: [],
  });
  const admin = plane.clientFor(
    { username: 'bench', groups: ['system:masters', 'system:authenticated'] },
    'bench',
  );
  await admin
    .raw({
      method: 'POST',
      path: '/api/v1/namespaces/default/serviceaccounts',
      body: { metadata: { name: 'default' } },
    })
    .catch(() => undefined);
  if (of.service) await admin.resource(services).create(service);
  await each(of.nodes, (index) => admin.resource(nodeResource).create(newNode(index)));
  await each(of.pods, (index) => admin.resource(podResource).create(newPod(index, of.spec)));
  const lifetime = new Lifetime(runtime.log);
  const client = createClient(
    createInProcessTransport(plane.server.localServer, schedulerIdentity),
    { userAgent: 'kube-scheduler' },
  );
  const informers = createInformers(client, runtime, lifetime);
  const allBound = whenBound(admin, lifetime, of.pods);
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  startScheduler({ runtime, lifetime, client, informers });
  await allBound;
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await lifetime.stop();
  await plane.stop();
  await store.close();
  const what = `${of.name}: ${of.nodes} nodes, ${of.pods} pods bound`;
  const row = atLeast(what, of.pods / seconds, of.budget, 'pods/s');
  return { ...row, cpuMicrosPerPod: Math.round((user + system) / of.pods) };
}

async function whenBound(client: Client, lifetime: Lifetime, pods: number): Promise<void> {
  const bound = new Set<string>();
  const done = Promise.withResolvers<void>();
  await client.resource(podResource).watch(
    { resourceVersion: '', signal: lifetime.signal },
    {
      onEvents(events) {
        for (const event of events) {
          if (event.type === 'MODIFIED' && event.object.spec.nodeName)
            bound.add(event.object.metadata.name ?? '');
        }
        if (bound.size >= pods) done.resolve();
      },
      onEnd: () => undefined,
    },
  );
  return done.promise;
}

const wanted = process.argv.slice(2);
const keepAlive = setInterval(() => undefined, 1000); // Nothing else here keeps the process alive.
console.log('| what | budget | measured | | CPU us/pod |\n|---|---|---|---|---|');
if (!process.execArgv.includes('--cpu-prof')) await measure(warmUp);
for (const one of cases) {
  if (wanted.length > 0 && !wanted.includes(one.name)) continue;
  const { what, budget, measured, met, cpuMicrosPerPod } = await measure(one);
  console.log(
    `| ${what} | ${budget} | ${measured} | ${met ? 'met' : 'not met'} | ${cpuMicrosPerPod} |`,
  );
}
clearInterval(keepAlive);
