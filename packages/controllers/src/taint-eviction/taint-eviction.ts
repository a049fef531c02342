/** The taint eviction controller: deletes pods that do not tolerate, or no longer, what their node is tainted with. */
import { nodes, pods } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod, PodCondition } from '@navarch/api/types/core/v1/pod';
import { isNotFound } from '@navarch/client/errors';
import { referenceTo } from '@navarch/client/event-recorder';
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
import { noExecuteTaints } from '../nodes/taints.ts';
import { withPodCondition } from '../pods/conditions.ts';
import { jsonText } from '@navarch/api/json-text';
import { staySeconds } from './plan.ts';

export const taintEvictionController: ControllerDefinition = {
  name: 'taint-eviction-controller',
  serviceAccount: 'node-controller',
  start: (deps) => new TaintEvictionController(deps).start(),
};

const workers = 8;

const disruption: Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'> = {
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'DeletionByTaintManager',
  message: 'Taint manager: deleting due to NoExecute taint',
};

class TaintEvictionController {
  readonly #deps: ControllerDependencies;
  readonly #nodes: Informer<Node>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  /** Pods that are to go, and since when (monotonic). Tolerations count from here, as upstream. */
  readonly #leaving = new Map<string, number>();

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#nodes = deps.informers.of(nodes);
    this.#pods = deps.informers.of(pods);
    indexByNode(this.#pods);
    this.#queue = createWorkQueue(deps.runtime, { name: 'noexec_taint_pod' });
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#deps;
    this.#pods.onChange({
      added: (pod) => this.#noticePod(pod),
      updated: (old, pod) => {
        const hasMoved = old.spec.nodeName !== pod.spec.nodeName;
        if (hasMoved || !same(old.spec.tolerations, pod.spec.tolerations)) this.#noticePod(pod);
      },
      deleted: (pod) => this.#leaving.delete(keyOf(pod)),
    });
    this.#nodes.onChange({
      added: (node) => this.#noticeNode(node),
      updated: (old, node) => {
        const before = noExecuteTaints(old.spec.taints);
        if (!same(before, noExecuteTaints(node.spec.taints))) this.#noticeNode(node);
      },
    });
    runWorkers(this.#queue, (key) => this.#reconcile(key), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  /** Most nodes have nothing to do with it. */
  #noticePod(pod: Pod): void {
    const key = keyOf(pod);
    const node = pod.spec.nodeName ? this.#nodes.get('', pod.spec.nodeName) : undefined;
    const isConcerned = node && noExecuteTaints(node.spec.taints).length > 0;
    if (isConcerned || this.#leaving.has(key)) this.#queue.add(key);
  }

  #noticeNode({ metadata, spec }: Node): void {
    const isTainted = noExecuteTaints(spec.taints).length > 0;
    for (const pod of podsOnNode(this.#pods, metadata.name ?? '')) {
      const key = keyOf(pod);
      if (isTainted || this.#leaving.has(key)) this.#queue.add(key);
    }
  }

  async #reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const pod = this.#pods.get(namespace, name);
    if (!pod || pod.metadata.deletionTimestamp) {
      this.#leaving.delete(key);
      return {};
    }
    const node = this.#nodes.get('', pod.spec.nodeName ?? '');
    const stay = staySeconds(noExecuteTaints(node?.spec.taints), pod.spec.tolerations ?? []);
    if (stay === undefined) {
      if (this.#leaving.delete(key)) this.#say(pod, `Cancelling deletion of Pod ${key}`);
      return {};
    }
    const now = this.#deps.runtime.clock.monotonicMs();
    const since = this.#leaving.get(key) ?? now;
    this.#leaving.set(key, since);
    const leftMs = since + stay * 1000 - now;
    if (leftMs > 0) return { requeueAfterMs: leftMs };
    this.#say(pod, `Marking for deletion Pod ${key}`);
    await this.#evict(pod);
    this.#leaving.delete(key);
    return {};
  }

  /** The condition says why it went, to whoever replaces it. */
  async #evict(pod: Pod): Promise<void> {
    const { namespace = '', name = '', uid } = pod.metadata;
    const api = this.#deps.client.resource(pods);
    const now = formatTime(this.#deps.runtime.clock.wallMs());
    const conditions = withPodCondition(pod.status?.conditions ?? [], disruption, now);
    try {
      if (conditions !== pod.status?.conditions) {
        const body = { metadata: { uid }, status: { conditions } };
        await api.patchStatus(namespace, name, { type: 'strategic', body });
      }
      await api.delete(namespace, name, uid === undefined ? {} : { preconditions: { uid } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  #say(pod: Pod, message: string): void {
    const { namespace = '', name = '', uid = '' } = pod.metadata;
    this.#deps.recorder.record(referenceTo(pods, { metadata: { namespace, name, uid } }), {
      type: 'Normal',
      reason: 'TaintManagerEviction',
      message,
    });
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || jsonText(a) === jsonText(b);
}
