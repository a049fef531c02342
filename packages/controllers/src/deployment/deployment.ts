/** The deployment controller: moves a deployment's pods from one template to the next, through replica sets. */
import { deployments, pods, replicaSets } from '@navarch/api/resources';
import { compileSelector } from '@navarch/api/selectors';
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
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
import { applyDeploymentPlan } from './apply.ts';
import { planDeployment } from './plan.ts';

export const deploymentController: ControllerDefinition = {
  name: 'deployment-controller',
  serviceAccount: 'deployment-controller',
  start: (deps) => new DeploymentController(deps).start(),
};

const workers = 5;

class DeploymentController {
  readonly #deps: ControllerDependencies;
  readonly #deployments: Informer<Deployment>;
  readonly #replicaSets: Informer<ReplicaSet>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#deployments = deps.informers.of(deployments);
    this.#replicaSets = deps.informers.of(replicaSets);
    this.#pods = deps.informers.of(pods);
    indexByController(this.#replicaSets);
    indexByController(this.#pods);
    this.#queue = createWorkQueue(deps.runtime, { name: 'deployment' });
    this.#ownWrites = createOwnWrites(deps.runtime);
  }

  start(): void {
    const add = (deployment: Deployment): void => this.#queue.add(keyOf(deployment));
    this.#deployments.onChange({
      added: add,
      updated: (_, deployment) => add(deployment),
      deleted: add,
    });
    this.#replicaSets.onChange({
      added: (replicaSet) => this.#noticeReplicaSet(replicaSet),
      updated: (old, replicaSet) => {
        this.#noticeReplicaSet(replicaSet);
        if (controllerOf(old)?.uid !== controllerOf(replicaSet)?.uid) this.#noticeReplicaSet(old);
      },
      deleted: (replicaSet) => this.#noticeReplicaSet(replicaSet),
    });
    // Only Recreate waits for pods to be gone; everything else shows in the replica sets' status.
    this.#pods.onChange({ deleted: (pod) => this.#noticePodGone(pod) });
    const { informers, lifetime, runtime } = this.#deps;
    runWorkers(this.#queue, (key) => this.#reconcile(key), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  #noticeReplicaSet(replicaSet: ReplicaSet): void {
    const namespace = replicaSet.metadata.namespace ?? '';
    const owner = controllerOf(replicaSet);
    if (owner) {
      if (owner.kind === 'Deployment') this.#queue.add(`${namespace}/${owner.name}`);
      return;
    }
    for (const deployment of this.#deployments.listNamespace(namespace)) {
      if (compileSelector(deployment.spec.selector).matches(replicaSet.metadata.labels))
        this.#queue.add(keyOf(deployment));
    }
  }

  #noticePodGone(pod: Pod): void {
    const { namespace = '' } = pod.metadata;
    const owner = controllerOf(pod);
    if (owner?.kind !== 'ReplicaSet') return;
    const replicaSet = this.#replicaSets.get(namespace, owner.name);
    const above = replicaSet && controllerOf(replicaSet);
    const deployment = above && this.#deployments.get(namespace, above.name);
    if (deployment?.spec.strategy?.type === 'Recreate') this.#queue.add(keyOf(deployment));
  }

  async #reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const deployment = this.#deployments.get(namespace, name);
    if (!deployment) {
      this.#ownWrites.forget(key);
      return {};
    }
    if (!this.#ownWrites.hasSeen(key)) return {};
    const owned = await this.#claimReplicaSets(key, deployment);
    const observedPods = owned.flatMap((replicaSet) =>
      controlledBy(this.#pods, replicaSet.metadata.uid),
    );
    const nowMs = this.#deps.runtime.clock.wallMs();
    const plan = planDeployment({ deployment, replicaSets: owned, pods: observedPods, nowMs });
    await applyDeploymentPlan(plan, deployment, {
      client: this.#deps.client,
      recorder: this.#deps.recorder,
      nowMs,
      wroteReplicaSet: (replicaSet) => this.#ownWrites.wrote(key, this.#replicaSets, replicaSet),
      deletedReplicaSet: (replicaSet) =>
        this.#ownWrites.deleted(key, this.#replicaSets, replicaSet),
      wroteDeployment: (written) => this.#ownWrites.wrote(key, this.#deployments, written),
    });
    return plan.lookAgainAfterMs === undefined ? {} : { requeueAfterMs: plan.lookAgainAfterMs };
  }

  #claimReplicaSets(key: string, deployment: Deployment): Promise<readonly ReplicaSet[]> {
    const selector = compileSelector(deployment.spec.selector);
    const claims = claim(deployment, selector, candidatesOf(this.#replicaSets, deployment));
    const owning = { client: this.#deps.client, ownerKind: deployments, owner: deployment };
    return applyClaims(owning, replicaSets, claims, (replicaSet) =>
      this.#ownWrites.wrote(key, this.#replicaSets, replicaSet),
    );
  }
}
