/** The replica set controller: keeps the number of pods that each replica set asks for. */
import { pods, replicaSets } from '@navarch/api/resources';
import { compileSelector } from '@navarch/api/selectors';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Informer } from '@navarch/client/informer';
import { keyOf, parseKey } from '@navarch/client/keys';
import { createOwnWrites, type OwnWrites } from '@navarch/client/own-writes';
import {
  createWorkQueue,
  type ReconcileResult,
  runWorkers,
  type WorkQueue,
} from '@navarch/client/work-queue';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { applyClaims } from '../ownership/apply.ts';
import { claim } from '../ownership/claim.ts';
import { controllerOf } from '../ownership/owner.ts';
import { candidatesOf, controlledBy, indexByController } from '../ownership/owner-index.ts';
import { applyReplicaSetPlan } from './apply.ts';
import { planReplicaSet } from './plan.ts';

export const replicaSetController: ControllerDefinition = {
  name: 'replicaset-controller',
  serviceAccount: 'replicaset-controller',
  start: (deps) => new ReplicaSetController(deps).start(),
};

const workers = 5;

/** Looking at a replica set means looking at all its pods: where there are many, several changes are looked at together. */
function batchMs(podCount: number): number {
  return Math.min(podCount / 10, 250);
}

class ReplicaSetController {
  readonly #deps: ControllerDependencies;
  readonly #replicaSets: Informer<ReplicaSet>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;
  /** How many pods each replica set had when it was looked at. */
  readonly #sizes = new Map<string, number>();

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#replicaSets = deps.informers.of(replicaSets);
    this.#pods = deps.informers.of(pods);
    indexByController(this.#replicaSets);
    indexByController(this.#pods);
    this.#queue = createWorkQueue(deps.runtime, { name: 'replicaset' });
    this.#ownWrites = createOwnWrites(deps.runtime);
  }

  start(): void {
    const add = (replicaSet: ReplicaSet): void => this.#queue.add(keyOf(replicaSet));
    this.#replicaSets.onChange({
      added: add,
      updated: (_, replicaSet) => add(replicaSet),
      deleted: add,
    });
    this.#pods.onChange({
      added: (pod) => this.#noticePod(pod),
      updated: (old, pod) => {
        this.#noticePod(pod);
        if (controllerOf(old)?.uid !== controllerOf(pod)?.uid) this.#noticePod(old);
      },
      deleted: (pod) => this.#noticePod(pod),
    });
    const { informers, lifetime, runtime } = this.#deps;
    runWorkers(this.#queue, (key) => this.#reconcile(key), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  /** Queues the pod's replica set; for an orphan, all that might adopt it. */
  #noticePod(pod: Pod): void {
    const namespace = pod.metadata.namespace ?? '';
    const owner = controllerOf(pod);
    if (owner) {
      if (owner.kind !== 'ReplicaSet') return;
      const key = `${namespace}/${owner.name}`;
      this.#queue.addAfter(key, batchMs(this.#sizes.get(key) ?? 0));
      return;
    }
    if (!pod.metadata.labels) return;
    for (const replicaSet of this.#replicaSets.listNamespace(namespace)) {
      if (compileSelector(replicaSet.spec.selector).matches(pod.metadata.labels))
        this.#queue.add(keyOf(replicaSet));
    }
  }

  async #reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const replicaSet = this.#replicaSets.get(namespace, name);
    if (!replicaSet) {
      this.#sizes.delete(key);
      this.#ownWrites.forget(key); // Deleted: the garbage collector owns its pods now.
      return {};
    }
    if (!this.#ownWrites.hasSeen(key)) return {}; // The cache lags our last write; acting would create twice.
    const observed = await this.#claimPods(key, replicaSet);
    this.#sizes.set(key, observed.length);
    const observation = {
      replicaSet,
      pods: observed,
      // Only which pods to remove depends on them.
      related: observed.length > (replicaSet.spec.replicas ?? 1) ? this.#related(replicaSet) : [],
      nowMs: this.#deps.runtime.clock.wallMs(),
    };
    const plan = planReplicaSet(observation);
    const applied = await applyReplicaSetPlan(plan, observation, {
      client: this.#deps.client,
      recorder: this.#deps.recorder,
      createdPod: (pod) => this.#ownWrites.wrote(key, this.#pods, pod),
      deletedPod: (pod) => this.#ownWrites.deleted(key, this.#pods, pod),
      wroteStatus: (written) => this.#ownWrites.wrote(key, this.#replicaSets, written),
    });
    if (applied.failure) throw applied.failure;
    return plan.lookAgainAfterMs === undefined ? {} : { requeueAfterMs: plan.lookAgainAfterMs };
  }

  #claimPods(key: string, replicaSet: ReplicaSet): Promise<readonly Pod[]> {
    const selector = compileSelector(replicaSet.spec.selector);
    const claims = claim(replicaSet, selector, candidatesOf(this.#pods, replicaSet));
    const owning = { client: this.#deps.client, ownerKind: replicaSets, owner: replicaSet };
    return applyClaims(owning, pods, claims, (pod) => this.#ownWrites.wrote(key, this.#pods, pod));
  }

  /** Pods of this replica set and of its siblings: those of the same deployment. */
  #related(replicaSet: ReplicaSet): readonly Pod[] {
    const owner = controllerOf(replicaSet);
    const siblings = owner ? controlledBy(this.#replicaSets, owner.uid) : [replicaSet];
    return siblings.flatMap((sibling) => controlledBy(this.#pods, sibling.metadata.uid));
  }
}
