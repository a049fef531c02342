/**
 * The pod garbage collector: removes pods that no kubelet will: their node is gone or out of service, they never had one, or too many
 * ended ones pile up. Upstream looks at all pods every 20 seconds; here changes lead to the few that are concerned.
 */
import { nodes, pods } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { isNotFound } from '@navarch/client/errors';
import type { Informer } from '@navarch/client/informer';
import { keyOf, parseKey } from '@navarch/client/keys';
import {
  createWorkQueue,
  type ReconcileResult,
  runWorkers,
  type WorkQueue,
} from '@navarch/client/work-queue';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { indexByNode, podsOnNode } from '../nodes/pods-by-node.ts';
import { withPodCondition } from '../pods/conditions.ts';
import { hasEnded } from '../pods/readiness.ts';
import {
  endedPodsMax,
  isUnscheduledTerminating,
  planEnded,
  planOrphans,
  planOutOfService,
  type Removal,
} from './plan.ts';

export const podGarbageCollectorController: ControllerDefinition = {
  name: 'pod-garbage-collector-controller',
  serviceAccount: 'pod-garbage-collector',
  start: (deps) => new PodGarbageCollector(deps).start(),
};

const workers = 2;
/** A node may be deleted and made anew: its pods are left alone for so long. */
const quarantineMs = 40_000;
/** Ended pods are counted at most this often. */
const endedCheckMs = 20_000;

const ended = 'ended';
const endedKey = 'ended';
const nodePrefix = 'node:';
const podPrefix = 'pod:';

function endedValues(pod: Pod): readonly string[] {
  return hasEnded(pod) ? ['yes'] : [];
}

class PodGarbageCollector {
  readonly #deps: ControllerDependencies;
  readonly #nodes: Informer<Node>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#nodes = deps.informers.of(nodes);
    this.#pods = deps.informers.of(pods, { indexes: { [ended]: endedValues } });
    indexByNode(this.#pods);
    this.#queue = createWorkQueue(deps.runtime, { name: 'pod_garbage_collector' });
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#deps;
    runWorkers(this.#queue, (key) => this.#reconcile(key), {
      count: workers,
      runtime,
      lifetime,
      // Before the nodes are known, every pod would seem to have lost its own.
      ready: async (signal) => {
        await informers.waitForSync(signal);
        this.#watch();
      },
    });
  }

  #watch(): void {
    this.#pods.onChange({
      added: (pod) => this.#noticePod(pod, undefined),
      updated: (old, pod) => this.#noticePod(pod, old),
    });
    this.#nodes.onChange({
      added: (node) => this.#noticeOutOfService(node),
      updated: (_, node) => this.#noticeOutOfService(node),
      deleted: ({ metadata }) =>
        this.#queue.addAfter(`${nodePrefix}${metadata.name ?? ''}`, quarantineMs),
    });
  }

  #noticePod(pod: Pod, old: Pod | undefined): void {
    const { nodeName } = pod.spec;
    if (isUnscheduledTerminating(pod)) this.#queue.add(`${podPrefix}${keyOf(pod)}`);
    if (nodeName && nodeName !== old?.spec.nodeName && !this.#nodes.get('', nodeName))
      this.#queue.addAfter(`${nodePrefix}${nodeName}`, quarantineMs);
    const isNewlyEnded = hasEnded(pod) && !(old && hasEnded(old));
    if (isNewlyEnded && this.#pods.byIndex(ended, 'yes').length > endedPodsMax)
      this.#queue.addAfter(endedKey, endedCheckMs);
    const isNewlyDeleted = pod.metadata.deletionTimestamp && !old?.metadata.deletionTimestamp;
    const node = nodeName && isNewlyDeleted ? this.#nodes.get('', nodeName) : undefined;
    if (node) this.#noticeOutOfService(node);
  }

  #noticeOutOfService(node: Node): void {
    const { name = '' } = node.metadata;
    if (planOutOfService(node, podsOnNode(this.#pods, name)).length > 0)
      this.#queue.add(`${nodePrefix}${name}`);
  }

  async #reconcile(key: string): Promise<ReconcileResult> {
    for (const removal of await this.#plan(key)) await this.#remove(removal);
    return {};
  }

  async #plan(key: string): Promise<readonly Removal[]> {
    if (key === endedKey) return planEnded(this.#pods.byIndex(ended, 'yes'));
    if (key.startsWith(podPrefix)) {
      const { namespace, name } = parseKey(key.slice(podPrefix.length));
      const pod = this.#pods.get(namespace, name);
      return pod && isUnscheduledTerminating(pod) ? [{ pod }] : [];
    }
    const name = key.slice(nodePrefix.length);
    const onNode = podsOnNode(this.#pods, name);
    const node = this.#nodes.get('', name);
    if (node) return planOutOfService(node, onNode);
    if (onNode.length === 0 || (await this.#exists(name))) return [];
    return planOrphans(onNode);
  }

  /** From the server: the cache may lag, and this decides over what may still run. */
  async #exists(nodeName: string): Promise<boolean> {
    try {
      await this.#deps.client.resource(nodes).get('', nodeName);
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  /** It failed, as nobody can say that it succeeded; then it goes at once. */
  async #remove({ pod, condition }: Removal): Promise<void> {
    const { namespace = '', name = '', uid } = pod.metadata;
    const api = this.#deps.client.resource(pods);
    try {
      if (!hasEnded(pod)) {
        const now = formatTime(this.#deps.runtime.clock.wallMs());
        const before = pod.status?.conditions ?? [];
        const conditions = condition ? withPodCondition(before, condition, now) : before;
        const status = { phase: 'Failed', ...(conditions !== before && { conditions }) };
        const body = { metadata: { uid }, status };
        await api.patchStatus(namespace, name, { type: 'strategic', body });
      }
      await api.delete(namespace, name, {
        gracePeriodSeconds: 0,
        ...(uid !== undefined && { preconditions: { uid } }),
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
