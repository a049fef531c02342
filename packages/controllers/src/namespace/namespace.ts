/** The namespace controller: empties namespaces that are being deleted, then lets them go. */
import { namespaces, pods } from '@navarch/api/resources';
import { parseTime } from '@navarch/api/time';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import { isConflict, isNotFound } from '@navarch/client/errors';
import type { Informer } from '@navarch/client/informer';
import {
  createWorkQueue,
  type ReconcileResult,
  runWorkers,
  type WorkQueue,
} from '@navarch/client/work-queue';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { discover } from '../discovery/discover.ts';
import { withFindings } from './conditions.ts';
import { type Emptied, emptyNamespace } from './content.ts';

export const namespaceController: ControllerDefinition = {
  name: 'namespace-controller',
  serviceAccount: 'namespace-controller',
  start: (deps) => new NamespaceController(deps).start(),
};

const workers = 10;
/** Writes that were admitted before the deletion have landed by then. */
const settleMs = 500;
/** What remains is looked for again after this, then twice this, and so on. */
const lookAgainMinMs = 100;
const lookAgainMaxMs = 8_000;
const ourFinalizer = 'kubernetes';

class NamespaceController {
  readonly #deps: ControllerDependencies;
  readonly #namespaces: Informer<Namespace>;
  readonly #queue: WorkQueue;

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#namespaces = deps.informers.of(namespaces);
    this.#queue = createWorkQueue(deps.runtime, {
      name: 'namespace',
      backoffMinMs: lookAgainMinMs,
      backoffMaxMs: lookAgainMaxMs,
    });
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#deps;
    this.#namespaces.onChange({
      added: (namespace) => this.#notice(namespace),
      updated: (old, namespace) => {
        // Our own conditions come back as updates: they are no reason to look again.
        if (!isTerminating(old) || finalizersOf(old) !== finalizersOf(namespace))
          this.#notice(namespace);
      },
    });
    informers.of(pods).onChange({
      deleted: ({ metadata }) => {
        const namespace = this.#namespaces.get('', metadata.namespace ?? '');
        if (namespace && isTerminating(namespace)) this.#queue.add(namespace.metadata.name ?? '');
      },
    });
    runWorkers(this.#queue, (key, signal) => this.#reconcile(key, signal), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  #notice(namespace: Namespace): void {
    if (isTerminating(namespace)) this.#queue.addAfter(namespace.metadata.name ?? '', settleMs);
  }

  async #reconcile(name: string, signal: AbortSignal): Promise<ReconcileResult> {
    const namespace = await this.#find(name);
    const { deletionTimestamp } = namespace?.metadata ?? {};
    // Without finalizers of anybody, the server removes it.
    if (!namespace || !deletionTimestamp || (namespace.spec.finalizers ?? []).length === 0)
      return {};
    const { client, runtime } = this.#deps;
    const nowMs = runtime.clock.wallMs();
    const emptied = await emptyNamespace({
      client,
      discovery: await discover(client, signal),
      namespace: name,
      deletedAtMs: parseTime(deletionTimestamp),
      nowMs,
      signal,
    });
    const current = await this.#writeConditions(namespace, emptied, nowMs);
    const problems = [...emptied.errors, ...emptied.discoveryFailures.values()];
    if (problems.length > 0)
      throw new Error(`the content of ${name} cannot be deleted: ${problems.join(', ')}`);
    if (emptied.remaining.size > 0) return { requeue: true };
    await this.#finalize(current);
    return {};
  }

  /** From the server, not from the cache: the end of a namespace is for certain. */
  async #find(name: string): Promise<Namespace | undefined> {
    try {
      return await this.#deps.client.resource(namespaces).get('', name);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async #writeConditions(
    namespace: Namespace,
    emptied: Emptied,
    nowMs: number,
  ): Promise<Namespace> {
    const before = namespace.status?.conditions ?? [];
    const conditions = withFindings(before, emptied, nowMs);
    if (conditions === before && namespace.status?.phase === 'Terminating') return namespace;
    const status = { ...namespace.status, phase: 'Terminating', conditions } as const;
    return this.#deps.client.resource(namespaces).updateStatus({ ...namespace, status });
  }

  async #finalize(namespace: Namespace): Promise<void> {
    const finalizers = (namespace.spec.finalizers ?? []).filter((name) => name !== ourFinalizer);
    const finalized = { ...namespace, spec: { ...namespace.spec, finalizers } };
    try {
      await this.#deps.client.resource(namespaces).updateSubresource('finalize', finalized);
    } catch (error) {
      if (isConflict(error)) {
        this.#queue.add(namespace.metadata.name ?? '');
        return;
      }
      if (!isNotFound(error)) throw error;
    }
  }
}

function isTerminating({ metadata }: Namespace): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function finalizersOf({ spec }: Namespace): string {
  return (spec.finalizers ?? []).join();
}
