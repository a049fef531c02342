/**
 * Simulated nodes: machines that exist only here, with kubelets that behave as real ones do towards the API server.
 *
 *     const nodes = await startSimulatedNodes({ runtime, lifetime, client, informers, kubeletVersion, names: ['node-1'] });
 *     nodes.stop('node-1');  // Its power is gone: no heartbeats, nothing runs.
 */
import { nodes as nodeResource, pods as podResource } from '@navarch/api/resources';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Client } from '@navarch/client/client';
import { isAlreadyExists } from '@navarch/client/errors';
import { createEventRecorder, type EventRecorder } from '@navarch/client/event-recorder';
import type { Informer, Informers } from '@navarch/client/informer';
import { keyOf } from '@navarch/client/keys';
import { createWorkQueue, runWorkers } from '@navarch/client/work-queue';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { createKubeletHandler, type KubeletHandler } from '../http/handler.ts';
import { ContainerLogs } from './container-logs.ts';
import { startHeartbeats } from './heartbeats.ts';
import { SimulatedMachine } from './machine.ts';
import { type Machine, nodeOf, nodeStatusOf } from './node-object.ts';
import { PodRunner } from './pod-runner.ts';

export interface SimulatedNodesOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly client: Client;
  readonly informers: Informers;
  readonly names: readonly string[];
  readonly kubeletVersion: string;
  /** Where the API server reaches the kubelets over the network; in one process it calls `handler` instead. */
  readonly endpoint?: Machine['endpoint'];
}

export interface SimulatedNodes {
  /** Answers what the API server asks kubelets: logs, health. */
  readonly handler: KubeletHandler;
  /** The machine dies silently. Throws when there is none of that name. */
  stop(name: string): void;
  /** The machine comes back, with what its pods' statuses say. */
  start(name: string): void;
}

const podWorkers = 16;
const registrationsAtOnce = 16;

/** Resolves once every node is registered. */
export async function startSimulatedNodes(options: SimulatedNodesOptions): Promise<SimulatedNodes> {
  const { runtime, lifetime, client, informers } = options;
  const cachedNodes = informers.of(nodeResource);
  const pods = informers.of(podResource, {
    indexes: { nodeName: (pod: Pod) => (pod.spec.nodeName ? [pod.spec.nodeName] : []) },
  });
  const machines = options.names.map((name, index) =>
    newMachine(options, cachedNodes, { name, number: index + 1 }),
  );
  const byName = new Map(machines.map((machine) => [machine.name, machine]));
  await registerAll(machines, options);

  const recorder = createEventRecorder(client, { runtime, lifetime, component: 'kubelet' });
  followNodes(cachedNodes, byName, recorder);
  const logs = new ContainerLogs();
  const machineOf = (name: string): SimulatedMachine | undefined => byName.get(name);
  const runner = new PodRunner({ client, clock: runtime.clock, pods, machineOf, recorder, logs });
  const queue = createWorkQueue(runtime, { name: 'simulated_pods' });
  const add = (pod: Pod): void => {
    if (pod.spec.nodeName && byName.has(pod.spec.nodeName)) queue.add(keyOf(pod));
  };
  pods.onChange({ added: add, updated: (_, pod) => add(pod), deleted: add });
  runWorkers(queue, (key) => runner.reconcile(key), { count: podWorkers, runtime, lifetime });
  startHeartbeats(machines, { client, runtime, lifetime });

  const setStopped = (name: string, stopped: boolean): void => {
    const machine = byName.get(name);
    if (!machine) throw new Error(`no simulated node is named ${name}`);
    machine.stopped = stopped;
    for (const pod of pods.byIndex('nodeName', name)) add(pod);
  };
  return {
    handler: createKubeletHandler({
      pods,
      logs,
      clock: runtime.clock,
      endContainer: (pod, container, exitCode) => {
        runner.endContainer(pod.metadata.uid ?? '', container, exitCode);
        add(pod);
      },
    }),
    stop: (name) => setStopped(name, true),
    start: (name) => setStopped(name, false),
  };
}

/** What people do to Node objects: delete and make them, cordon and uncordon. */
function followNodes(
  cachedNodes: Informer<Node>,
  machines: ReadonlyMap<string, SimulatedMachine>,
  recorder: EventRecorder,
): void {
  const setUid = (node: Node, uid: string): void => {
    const machine = machines.get(node.metadata.name ?? '');
    if (machine) machine.uid = uid;
  };
  cachedNodes.onChange({
    added: (node) => setUid(node, node.metadata.uid ?? ''),
    updated: (old, node) => {
      const { name = '' } = node.metadata;
      const { unschedulable = false } = node.spec;
      if (!machines.has(name) || unschedulable === (old.spec.unschedulable ?? false)) return;
      const reason = unschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable';
      const message = `Node ${name} status is now: ${reason}`;
      // Kubelets know their node by name only.
      const about = { kind: 'Node', name, uid: name };
      recorder.record(about, { type: 'Normal', reason, message, host: name });
    },
    deleted: (node) => setUid(node, ''),
  });
}

function newMachine(
  options: SimulatedNodesOptions,
  cachedNodes: Informer<Node>,
  which: { readonly name: string; readonly number: number },
): SimulatedMachine {
  const { kubeletVersion, endpoint } = options;
  return new SimulatedMachine({ ...which, kubeletVersion, endpoint }, () =>
    cachedNodes.get('', which.name),
  );
}

async function registerAll(
  machines: readonly SimulatedMachine[],
  options: SimulatedNodesOptions,
): Promise<void> {
  for (let first = 0; first < machines.length; first += registrationsAtOnce) {
    await Promise.all(
      machines
        .slice(first, first + registrationsAtOnce)
        .map((machine) => register(machine, options)),
    );
  }
}

/** Creates the Node object, or takes over the one that an earlier run left. */
async function register(
  machine: SimulatedMachine,
  { client, runtime, lifetime }: SimulatedNodesOptions,
): Promise<void> {
  const api = client.resource(nodeResource);
  const { signal } = lifetime;
  const nowMs = runtime.clock.wallMs();
  const node = nodeOf(machine);
  try {
    const created = await api.create(
      { ...node, status: nodeStatusOf(machine, undefined, nowMs) },
      { signal },
    );
    machine.uid = created.metadata.uid ?? '';
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const existing = await api.get('', machine.name, { signal });
    machine.uid = existing.metadata.uid ?? '';
    const status = nodeStatusOf(machine, existing.status, nowMs);
    await api.patchStatus('', machine.name, { type: 'strategic', body: { status } }, { signal });
  }
}
