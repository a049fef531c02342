/**
 * The resource quota controller: says what quotas limit, and gives back what objects no longer use. Admission charges what is new; this
 * counts what there is, whenever something goes away, some time after each charge (what it was for may have failed), and seldom besides.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { parseAmounts, sameAmounts } from '@navarch/api/quota/amounts';
import type { QuotaEvaluator } from '@navarch/api/quota/evaluator';
import { evaluatorOf } from '@navarch/api/quota/quotas';
import * as builtIn from '@navarch/api/resources';
import type { ResourceQuota } from '@navarch/api/types/core/v1/quota';
import { isConflict, isNotFound } from '@navarch/client/errors';
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
import type { Kind } from '../garbage-collector/graph.ts';
import { Monitors } from '../garbage-collector/monitors.ts';
import { RecentCharges, settleMs } from './charges.ts';
import { UsageCounter } from './counter.ts';
import { planQuota } from './plan.ts';

export const resourceQuotaController: ControllerDefinition = {
  name: 'resourcequota-controller',
  serviceAccount: 'resourcequota-controller',
  start: (deps) => new ResourceQuotaController(deps).start(),
};

const workers = 5;
const countAllMs = 5 * 60_000;
/** Charges whose objects never came are found by then. */
const afterChargeMs = 5_000;
/** A resource that cannot be listed must not keep the others from being counted. */
const patience = 10;
const partialMs = 30_000;

const builtInKinds: ReadonlyMap<string, Kind> = new Map(
  Object.values(builtIn)
    .filter((value) => typeof value === 'object')
    .filter((kind: Kind) => kind.scope === 'Namespaced')
    .map((kind: Kind) => [kindKey(kind), kind] as const),
);

function kindKey({ group, plural }: Kind): string {
  return `${group}/${plural}`;
}

/** Counting means looking at everything: where there is much, several changes are looked at together. */
function batchMs(objects: number): number {
  return Math.min(objects / 10, 250);
}

class ResourceQuotaController {
  readonly #deps: ControllerDependencies;
  readonly #quotas: Informer<ResourceQuota>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;
  readonly #charges = new RecentCharges();
  readonly #counter: UsageCounter;
  readonly #monitors: Monitors;
  /** How many objects each quota counted last. */
  readonly #sizes = new Map<string, number>();

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#quotas = deps.informers.of(builtIn.resourceQuotas);
    this.#queue = createWorkQueue(deps.runtime, { name: 'resourcequota_primary' });
    this.#ownWrites = createOwnWrites(deps.runtime);
    this.#counter = new UsageCounter(
      (object, evaluator) => this.#replenish(object, evaluator),
      () => this.#nowMs(),
    );
    const { runtime, lifetime, client, informers } = deps;
    this.#monitors = new Monitors({
      runtime,
      lifetime,
      client,
      informers,
      name: 'resource quota',
      wants: (kind) => !builtInKinds.has(kindKey(kind)) && this.#isLimited(kind),
      onMonitor: (kind, informer) => {
        this.#counter.watch(kind, informer);
        this.#noticeAll();
      },
    });
  }

  start(): void {
    this.#quotas.onChange({
      added: (quota) => this.#notice(quota),
      updated: (old, quota) => this.#noticeChange(old, quota),
      deleted: (quota) => this.#queue.add(keyOf(quota)),
    });
    const { informers, lifetime, runtime } = this.#deps;
    let started: Promise<void> | undefined;
    const begin = async (signal: AbortSignal): Promise<void> => {
      await informers.waitForSync(signal);
      await this.#monitors.start(signal);
    };
    const ready = (signal: AbortSignal): Promise<void> => (started ??= begin(signal));
    runWorkers(this.#queue, (key) => this.#reconcile(key), {
      count: workers,
      runtime,
      lifetime,
      ready,
    });
    lifetime.run('resource quota recount', async (signal) => {
      for (;;) {
        await runtime.clock.sleep(countAllMs, signal);
        this.#noticeAll();
      }
    });
  }

  #noticeAll(): void {
    for (const quota of this.#quotas.list()) this.#queue.add(keyOf(quota));
  }

  /** Begins to watch what the quota limits: what is built in at once, the rest when discovery has told of it. */
  #notice(quota: ResourceQuota): void {
    for (const kind of builtInKinds.values()) {
      if (this.#counter.isWatching(kind) || !this.#isLimited(kind)) continue;
      this.#counter.watch(kind, this.#deps.informers.of(kind));
    }
    this.#monitors.refresh();
    this.#queue.add(keyOf(quota));
  }

  #noticeChange(old: ResourceQuota, quota: ResourceQuota): void {
    const key = keyOf(quota);
    if (this.#charges.note(key, old, quota, this.#nowMs())) {
      this.#queue.addAfter(key, afterChargeMs);
    }
    if (sameAmounts(parseAmounts(old.spec.hard), parseAmounts(quota.spec.hard))) return;
    this.#notice(quota);
  }

  /** Something of a namespace uses less. */
  #replenish({ metadata }: KubernetesObject, evaluator: QuotaEvaluator): void {
    for (const quota of this.#quotas.listNamespace(metadata.namespace ?? '')) {
      if (!Object.keys(quota.spec.hard ?? {}).some((name) => evaluator.measures(name))) continue;
      const key = keyOf(quota);
      this.#queue.addAfter(key, batchMs(this.#sizes.get(key) ?? 0));
    }
  }

  #isLimited({ group, plural }: Kind): boolean {
    const evaluator = evaluatorOf({ group, resource: plural });
    if (!evaluator) return false;
    return this.#quotas
      .list()
      .some(({ spec }) => Object.keys(spec.hard ?? {}).some((name) => evaluator.measures(name)));
  }

  async #reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const quota = this.#quotas.get(namespace, name);
    if (!quota) {
      this.#ownWrites.forget(key);
      this.#charges.forget(key);
      this.#sizes.delete(key);
      return {};
    }
    if (!this.#ownWrites.hasSeen(key)) return { requeue: true };
    const { amounts, objects, isPartial } = this.#counter.count(quota);
    this.#sizes.set(key, objects);
    if (isPartial && this.#queue.retries(key) < patience) return { requeue: true };
    const charged = this.#charges.sum(key, this.#nowMs());
    const { status, isHeldBack } = planQuota(quota, { counted: amounts, charged });
    if (status && !(await this.#write(key, { ...quota, status }))) return { requeue: true };
    if (isPartial) return { requeueAfterMs: partialMs };
    return isHeldBack ? { requeueAfterMs: settleMs } : {};
  }

  /** False when somebody was charged meanwhile. */
  async #write(key: string, quota: ResourceQuota): Promise<boolean> {
    try {
      const written = await this.#deps.client.resource(builtIn.resourceQuotas).updateStatus(quota);
      this.#ownWrites.wrote(key, this.#quotas, written);
      return true;
    } catch (error) {
      if (isNotFound(error)) return true;
      if (isConflict(error)) return false;
      throw error;
    }
  }

  #nowMs(): number {
    return this.#deps.runtime.clock.wallMs();
  }
}
