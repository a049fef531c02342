/** The replica set controller: keeps the number of pods that each replica set asks for, and each of what is like one. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { pods } from '@navarch/api/resources';
import { compileSelector } from '@navarch/api/selectors';
import type { ReplicaSetStatus } from '@navarch/api/types/apps/v1/replica-set';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { isNotFound } from '@navarch/client/errors';
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
import { planReplicaSet, sameStatus } from './plan.ts';
import { type ReplicaKind, replicaSetKind } from './replica-kind.ts';

export const replicaSetController: ControllerDefinition = {
  name: 'replicaset-controller',
  serviceAccount: 'replicaset-controller',
  start: (deps) => startReplicaController(deps, replicaSetKind),
};

export function startReplicaController<T extends KubernetesObject>(
  deps: ControllerDependencies,
  kind: ReplicaKind<T>,
): void {
  new ReplicaController(deps, kind).start();
}

const workers = 5;

/** Looking at a replica set means looking at all its pods: where there are many, several changes are looked at together. */
function batchMs(podCount: number): number {
  return Math.min(podCount / 10, 250);
}

class ReplicaController<T extends KubernetesObject> {
  readonly #deps: ControllerDependencies;
  readonly #kind: ReplicaKind<T>;
  readonly #owners: Informer<T>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;
  /** How many pods each replica set had when it was looked at. */
  readonly #sizes = new Map<string, number>();

  constructor(deps: ControllerDependencies, kind: ReplicaKind<T>) {
    this.#deps = deps;
    this.#kind = kind;
    this.#owners = deps.informers.of(kind.reference);
    this.#pods = deps.informers.of(pods);
    indexByController(this.#owners);
    indexByController(this.#pods);
    this.#queue = createWorkQueue(deps.runtime, { name: kind.queue });
    this.#ownWrites = createOwnWrites(deps.runtime);
  }

  start(): void {
    const add = (owner: T): void => this.#queue.add(keyOf(owner));
    this.#owners.onChange({
      added: add,
      updated: (_, owner) => add(owner),
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
      if (owner.kind !== this.#kind.reference.kind) return;
      const key = `${namespace}/${owner.name}`;
      this.#queue.addAfter(key, batchMs(this.#sizes.get(key) ?? 0));
      return;
    }
    if (!pod.metadata.labels) return;
    for (const candidate of this.#owners.listNamespace(namespace)) {
      const { selector } = this.#kind.asReplicaSet(candidate).spec;
      if (compileSelector(selector).matches(pod.metadata.labels)) this.#queue.add(keyOf(candidate));
    }
  }

  async #reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const owner = this.#owners.get(namespace, name);
    if (!owner) {
      this.#sizes.delete(key);
      this.#ownWrites.forget(key); // Deleted: the garbage collector owns its pods now.
      return {};
    }
    if (!this.#ownWrites.hasSeen(key)) return {}; // The cache lags our last write; acting would create twice.
    const replicaSet = this.#kind.asReplicaSet(owner);
    const observed = await this.#claimPods(key, owner);
    this.#sizes.set(key, observed.length);
    const observation = {
      replicaSet,
      pods: observed,
      // Only which pods to remove depends on them.
      related: observed.length > (replicaSet.spec.replicas ?? 1) ? this.#related(owner) : [],
      nowMs: this.#deps.runtime.clock.wallMs(),
    };
    const plan = planReplicaSet(observation);
    const applied = await applyReplicaSetPlan(plan, observation, {
      client: this.#deps.client,
      recorder: this.#deps.recorder,
      createdPod: (pod) => this.#ownWrites.wrote(key, this.#pods, pod),
      deletedPod: (pod) => this.#ownWrites.deleted(key, this.#pods, pod),
      kind: this.#kind.reference,
      writeStatus: (status) => this.#writeStatus(key, owner, status),
    });
    if (applied.failure) throw applied.failure;
    return plan.lookAgainAfterMs === undefined ? {} : { requeueAfterMs: plan.lookAgainAfterMs };
  }

  async #writeStatus(key: string, owner: T, status: ReplicaSetStatus): Promise<void> {
    const kind = this.#kind;
    const wanted = kind.withStatus(owner, status);
    const planned = kind.asReplicaSet(wanted).status;
    if (!planned || sameStatus(kind.asReplicaSet(owner).status, planned)) return;
    try {
      const written = await this.#deps.client.resource(kind.reference).updateStatus(wanted);
      this.#ownWrites.wrote(key, this.#owners, written);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  #claimPods(key: string, owner: T): Promise<readonly Pod[]> {
    const selector = compileSelector(this.#kind.asReplicaSet(owner).spec.selector);
    const claims = claim(owner, selector, candidatesOf(this.#pods, owner));
    const owning = { client: this.#deps.client, ownerKind: this.#kind.reference, owner };
    return applyClaims(owning, pods, claims, (pod) => this.#ownWrites.wrote(key, this.#pods, pod));
  }

  /** Its pods and those of its siblings: of replica sets, those of the same deployment. */
  #related(object: T): readonly Pod[] {
    const owner = controllerOf(object);
    const siblings = owner ? controlledBy(this.#owners, owner.uid) : [object];
    return siblings.flatMap((sibling) => controlledBy(this.#pods, sibling.metadata.uid));
  }
}
