/**
 * The node lifecycle controller: notices nodes that have fallen silent, says so in their status, and taints nodes by what their conditions
 * say. What taints do to pods is the taint eviction controller's business.
 */
import { leases, nodes, pods } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { isNotFound } from '@navarch/client/errors';
import { referenceTo } from '@navarch/client/event-recorder';
import type { Informer } from '@navarch/client/informer';
import { createOwnWrites, type OwnWrites } from '@navarch/client/own-writes';
import {
  createWorkQueue,
  type ReconcileResult,
  runWorkers,
  type WorkQueue,
} from '@navarch/client/work-queue';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { indexByNode, podsOnNode } from '../nodes/pods-by-node.ts';
import { isReady } from '../pods/readiness.ts';
import { Heartbeats } from './heartbeats.ts';
import {
  type Eviction,
  isEvicting,
  noExecuteKey,
  planLabels,
  planTaints,
  readyStatus,
  unknownConditions,
} from './plan.ts';
import { Zones } from './zones.ts';

export const nodeLifecycleController: ControllerDefinition = {
  name: 'node-lifecycle-controller',
  serviceAccount: 'node-controller',
  eventSource: 'node-controller',
  start: (deps) => new NodeLifecycleController(deps).start(),
};

const workers = 8;
const leaseNamespace = 'kube-node-lease';

class NodeLifecycleController {
  readonly #deps: ControllerDependencies;
  readonly #nodes: Informer<Node>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;
  readonly #heartbeats: Heartbeats;
  readonly #zones: Zones;
  #wasAllDisrupted = false;

  constructor(deps: ControllerDependencies) {
    const { informers, runtime } = deps;
    this.#deps = deps;
    this.#nodes = informers.of(nodes);
    this.#pods = informers.of(pods);
    indexByNode(this.#pods);
    this.#queue = createWorkQueue(runtime, { name: 'node_lifecycle_controller' });
    this.#ownWrites = createOwnWrites(runtime);
    this.#heartbeats = new Heartbeats(runtime.clock);
    this.#zones = new Zones(runtime.clock);
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#deps;
    this.#nodes.onChange({
      added: (node) => {
        this.#say(
          node,
          'RegisteredNode',
          `event: Registered Node ${node.metadata.name} in Controller`,
        );
        this.#notice(node);
      },
      updated: (_, node) => this.#notice(node),
      deleted: (node) => this.#forget(node),
    });
    informers.of(leases, { namespace: leaseNamespace }).onChange({
      added: (lease) => this.#heartbeats.seeLease(lease),
      updated: (_, lease) => this.#heartbeats.seeLease(lease),
    });
    runWorkers(this.#queue, (name) => this.#reconcile(name), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  #notice(node: Node): void {
    this.#heartbeats.seeNode(node);
    if (this.#zones.set(node)) this.#zonesChanged();
    this.#queue.add(node.metadata.name ?? '');
  }

  #forget(node: Node): void {
    const { name = '' } = node.metadata;
    this.#say(node, 'RemovingNode', `event: Removing Node ${name} from Controller`);
    this.#heartbeats.forget(name);
    this.#ownWrites.forget(name);
    if (this.#zones.remove(name)) this.#zonesChanged();
  }

  /** What may be done with one sick node depends on how many there are. */
  #zonesChanged(): void {
    const isAllDisrupted = this.#zones.isAllDisrupted();
    if (this.#wasAllDisrupted && !isAllDisrupted) this.#heartbeats.excuseAll();
    this.#wasAllDisrupted = isAllDisrupted;
    for (const node of this.#nodes.list())
      if (readyStatus(node) !== 'True') this.#queue.add(node.metadata.name ?? '');
  }

  async #reconcile(name: string): Promise<ReconcileResult> {
    const node = this.#nodes.get('', name);
    if (!node || !this.#ownWrites.hasSeen(name)) return {};
    const patienceMs = this.#heartbeats.patienceMs(node);
    if (patienceMs <= 0 && (await this.#markUnknown(node))) return {}; // Seen, it comes back here.
    const turnMs = await this.#mark(node);
    if (readyStatus(node) === 'Unknown') await this.#markPodsNotReady(name);
    const waits = [patienceMs, turnMs ?? 0].filter((ms) => ms > 0);
    return waits.length === 0 ? {} : { requeueAfterMs: Math.min(...waits) };
  }

  /** False when its conditions say so already. */
  async #markUnknown(node: Node): Promise<boolean> {
    const conditions = unknownConditions(node, this.#deps.runtime.clock.wallMs());
    const before = node.status?.conditions ?? [];
    if (conditions.every((condition, index) => condition === before[index])) return false;
    const { name = '' } = node.metadata;
    const status = { ...node.status, conditions };
    const written = await unlessGone(
      this.#deps.client.resource(nodes).updateStatus({ ...node, status }),
    );
    if (written) this.#ownWrites.wrote(name, this.#nodes, written);
    if (readyStatus(node) === 'True')
      this.#say(node, 'NodeNotReady', 'status is now: NodeNotReady');
    return true;
  }

  /** Taints and labels. Gives the time until the node's turn to be evicted, when that is all that it waits for. */
  async #mark(node: Node): Promise<number | undefined> {
    const { client, runtime } = this.#deps;
    const { name = '', resourceVersion } = node.metadata;
    const { eviction, turnMs } = this.#evictionOf(node);
    const taints = planTaints(node, eviction, runtime.clock.wallMs());
    const labels = planLabels(node);
    const hasNewLabels = Object.keys(labels).length > 0;
    if (!taints && !hasNewLabels) return turnMs;
    const body = {
      metadata: { resourceVersion, ...(hasNewLabels && { labels }) },
      ...(taints && { spec: { taints: taints.length > 0 ? taints : null } }),
    };
    const written = await unlessGone(
      client.resource(nodes).patch('', name, { type: 'merge', body }),
    );
    if (written) this.#ownWrites.wrote(name, this.#nodes, written);
    return turnMs;
  }

  #evictionOf(node: Node): { readonly eviction: Eviction; readonly turnMs: number | undefined } {
    if (this.#zones.isAllDisrupted()) return { eviction: 'never', turnMs: undefined };
    if (noExecuteKey(node) === undefined || isEvicting(node))
      return { eviction: 'keep', turnMs: undefined };
    const turnMs = this.#zones.turnMs(node);
    return { eviction: turnMs === 0 ? 'allowed' : 'keep', turnMs };
  }

  /** Nobody else will say it: services must not send anything there. */
  async #markPodsNotReady(nodeName: string): Promise<void> {
    const { client, recorder, runtime } = this.#deps;
    const lastTransitionTime = formatTime(runtime.clock.wallMs());
    for (const pod of podsOnNode(this.#pods, nodeName)) {
      if (!isReady(pod)) continue;
      const conditions = (pod.status?.conditions ?? []).map((condition) =>
        condition.type === 'Ready'
          ? { ...condition, status: 'False' as const, lastTransitionTime }
          : condition,
      );
      const status = { ...pod.status, conditions };
      await unlessGone(client.resource(pods).updateStatus({ ...pod, status }));
      recorder.record(referenceTo(pods, pod), {
        type: 'Warning',
        reason: 'NodeNotReady',
        message: 'Node is not ready',
      });
    }
  }

  #say(node: Node, reason: string, what: string): void {
    const { name = '', uid = '' } = node.metadata;
    this.#deps.recorder.record(
      { kind: 'Node', apiVersion: 'v1', name, uid },
      { type: 'Normal', reason, message: `Node ${name} ${what}` },
    );
  }
}

async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
