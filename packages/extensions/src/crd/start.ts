/**
 * Custom resource definitions, as upstream's API server treats them: names are accepted or refused, what is established is served, and
 * what is deleted takes its objects with it.
 *
 * Invariants: D1 a definition that was served before a restart is served again before the server says that it is ready. D2 what is
 * deleted is served until its last object is gone. D3 one definition is looked at by one worker at a time.
 */
import { customResourceDefinitions } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { Client } from '@navarch/client/client';
import { isConflict, isNotFound } from '@navarch/client/errors';
import type { Informer, Informers } from '@navarch/client/informer';
import {
  createWorkQueue,
  type ReconcileResult,
  runWorkers,
  type WorkQueue,
} from '@navarch/client/work-queue';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { isTrue, withCondition } from './conditions.ts';
import { cleanupFinalizer, deleteObjects } from './finalize.ts';
import { planStatus } from './plan.ts';
import { StructureChecks } from './structure-checks.ts';
import { ServedDefinitions, type ServedResources } from './served.ts';

export interface CustomResourcesOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly client: Client;
  readonly informers: Informers;
  readonly resources: ServedResources;
  /** What `serveEstablished` gave. */
  readonly served: ServedDefinitions;
}

const of = { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' };
const workers = 4;
/** Objects that something holds are looked for again after this. */
const heldRetryMs = 1000;

/** Serves what was established before. The server is not ready until this is done (D1). */
export async function serveEstablished(resources: ServedResources): Promise<ServedDefinitions> {
  const served = new ServedDefinitions(resources);
  const all = resources.reader.list<CustomResourceDefinition>(of, '');
  const established = all.filter((crd) => isTrue(crd, 'Established'));
  await Promise.all(established.map((crd) => served.show(crd)));
  return served;
}

/** Looks after all definitions until the lifetime ends. */
export function startCustomResources(options: CustomResourcesOptions): void {
  new DefinitionController(options).start();
}

class DefinitionController {
  readonly #options: CustomResourcesOptions;
  readonly #served: ServedDefinitions;
  readonly #definitions: Informer<CustomResourceDefinition>;
  readonly #queue: WorkQueue;
  readonly #structure = new StructureChecks();

  constructor(options: CustomResourcesOptions) {
    this.#options = options;
    this.#served = options.served;
    this.#definitions = options.informers.of(customResourceDefinitions, {
      indexes: { group: ({ spec }) => [spec.group] },
    });
    this.#queue = createWorkQueue(options.runtime, { name: 'crd' });
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#options;
    this.#definitions.onChange({
      added: (crd) => this.#queue.add(crd.metadata.name ?? ''),
      updated: (old, crd) => {
        this.#queue.add(crd.metadata.name ?? '');
        // Names that it no longer wants are free for others.
        if (old.status?.acceptedNames !== crd.status?.acceptedNames) this.#addRefused(crd);
      },
      deleted: (crd) => {
        this.#queue.add(crd.metadata.name ?? '');
        this.#addRefused(crd);
      },
    });
    runWorkers(this.#queue, (name) => this.#reconcile(name), {
      count: workers,
      runtime,
      lifetime,
      ready: async (signal) => {
        await informers.waitForSync(signal);
        for (const name of this.#served.names) this.#queue.add(name);
      },
    });
  }

  #addRefused({ spec }: CustomResourceDefinition): void {
    for (const peer of this.#definitions.byIndex('group', spec.group)) {
      if (!isTrue(peer, 'NamesAccepted')) this.#queue.add(peer.metadata.name ?? '');
    }
  }

  async #reconcile(name: string): Promise<ReconcileResult> {
    const crd = this.#definitions.get('', name);
    if (!crd) {
      this.#served.hide(name);
      this.#structure.forget(name);
      return {};
    }
    try {
      if (crd.metadata.deletionTimestamp !== undefined) return await this.#finalize(crd);
      const current = await this.#settleNames(crd);
      if (isTrue(current, 'Established')) await this.#served.show(current);
      return {};
    } catch (error) {
      // What changed meanwhile, or is gone, comes again through the watch.
      if (isConflict(error) || isNotFound(error)) return {};
      throw error;
    }
  }

  async #settleNames(crd: CustomResourceDefinition): Promise<CustomResourceDefinition> {
    const peers = this.#definitions.byIndex('group', crd.spec.group);
    const now = formatTime(this.#options.runtime.clock.wallMs());
    const status = planStatus(crd, { peers, now, problem: this.#structure.problemOf(crd) });
    if (status === crd.status) return crd;
    return this.#updateStatus({ ...crd, status });
  }

  #updateStatus(crd: CustomResourceDefinition): Promise<CustomResourceDefinition> {
    return this.#options.client.resource(customResourceDefinitions).updateStatus(crd);
  }

  async #finalize(crd: CustomResourceDefinition): Promise<ReconcileResult> {
    const { finalizers = [], name = '' } = crd.metadata;
    if (!finalizers.includes(cleanupFinalizer)) return {};
    if (isTrue(crd, 'Established')) {
      await this.#served.show(crd); // D2
      const left = await deleteObjects(crd, this.#options.resources);
      if (left > 0) return { requeueAfterMs: heldRetryMs };
    }
    this.#served.hide(name);
    const now = formatTime(this.#options.runtime.clock.wallMs());
    const done = {
      type: 'Terminating',
      status: 'False',
      reason: 'InstanceDeletionCompleted',
      message: 'removed all instances',
    } as const;
    const conditions = withCondition(crd.status?.conditions ?? [], done, now);
    const { status = { acceptedNames: crd.spec.names, storedVersions: [] } } = crd;
    const updated = await this.#updateStatus({ ...crd, status: { ...status, conditions } });
    const left = finalizers.filter((finalizer) => finalizer !== cleanupFinalizer);
    const { finalizers: _, ...metadata } = updated.metadata;
    await this.#options.client.resource(customResourceDefinitions).update({
      ...updated,
      metadata: left.length === 0 ? metadata : { ...metadata, finalizers: left },
    });
    return {};
  }
}
