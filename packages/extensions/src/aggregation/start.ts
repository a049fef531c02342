/**
 * API services, as upstream's API server treats them: whether they can be used is found out and told in their status.
 *
 * Invariants: A1 one API service is looked at by one worker at a time. A2 a server that does not answer costs one worker its time, and
 * no request anything.
 */
import { apiServices, endpointSlices, services } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
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
import { type Finding, findAvailability, withFinding } from './availability.ts';

export interface AvailabilityOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly client: Client;
  readonly informers: Informers;
  /**
   * Asks the server behind an API service for its discovery document. Bounded in time by whoever gives it. Without it, nothing is told
   * of those that only their server could say.
   */
  readonly check?: (service: APIService, signal: AbortSignal) => Promise<Finding>;
}

const workers = 5;
/** Servers come and go without a word: they are asked again after this, as upstream. */
const recheckMs = 30_000;
const sliceServiceLabel = 'kubernetes.io/service-name';

/** Looks after all API services until the lifetime ends. */
export function startAvailability(options: AvailabilityOptions): void {
  new AvailabilityController(options).start();
}

interface Named {
  readonly namespace?: string;
  readonly name?: string;
}

const keyOf = ({ namespace = '', name = '' }: Named): string => `${namespace}/${name}`;

class AvailabilityController {
  readonly #options: AvailabilityOptions;
  readonly #apiServices: Informer<APIService>;
  readonly #services;
  readonly #slices;
  readonly #queue: WorkQueue;

  constructor(options: AvailabilityOptions) {
    const { informers, runtime } = options;
    this.#options = options;
    this.#apiServices = informers.of(apiServices, {
      indexes: { service: ({ spec }) => (spec.service ? [keyOf(spec.service)] : []) },
    });
    this.#services = informers.of(services);
    this.#slices = informers.of(endpointSlices, {
      indexes: { service: ({ metadata }) => [keyOf(serviceOf(metadata))] },
    });
    this.#queue = createWorkQueue(runtime, {
      name: 'remote_available_controller',
      backoffMinMs: 5,
      backoffMaxMs: recheckMs,
    });
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#options;
    const add = ({ metadata }: APIService): void => this.#queue.add(metadata.name ?? '');
    this.#apiServices.onChange({
      added: add,
      updated: (old, current) => {
        if (old.spec !== current.spec) add(current);
      },
    });
    this.#services.onChange({
      added: ({ metadata }) => this.#addUsersOf(metadata),
      updated: (_, { metadata }) => this.#addUsersOf(metadata),
      deleted: ({ metadata }) => this.#addUsersOf(metadata),
    });
    this.#slices.onChange({
      added: ({ metadata }) => this.#addUsersOf(serviceOf(metadata)),
      updated: (_, { metadata }) => this.#addUsersOf(serviceOf(metadata)),
      deleted: ({ metadata }) => this.#addUsersOf(serviceOf(metadata)),
    });
    runWorkers(this.#queue, (name, signal) => this.#reconcile(name, signal), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  #addUsersOf(service: Named): void {
    for (const { metadata } of this.#apiServices.byIndex('service', keyOf(service))) {
      this.#queue.add(metadata.name ?? '');
    }
  }

  async #reconcile(name: string, signal: AbortSignal): Promise<ReconcileResult> {
    const found = this.#apiServices.get('', name);
    if (!found) return {};
    const finding = this.#find(found) ?? (await this.#options.check?.(found, signal));
    if (!finding) return {};
    await this.#tell(found, finding);
    if (!found.spec.service) return {};
    return finding.reason === 'FailedDiscoveryCheck'
      ? { requeue: true }
      : { requeueAfterMs: recheckMs };
  }

  #find(found: APIService): Finding | undefined {
    const { namespace = '', name = '' } = found.spec.service ?? {};
    const slices = this.#slices.byIndex('service', keyOf({ namespace, name }));
    return findAvailability(found, this.#services.get(namespace, name), slices);
  }

  async #tell(found: APIService, finding: Finding): Promise<void> {
    const now = formatTime(this.#options.runtime.clock.wallMs());
    const before = found.status?.conditions ?? [];
    const conditions = withFinding(before, finding, now);
    if (conditions === before) return;
    const status = { ...found.status, conditions };
    try {
      await this.#options.client.resource(apiServices).updateStatus({ ...found, status });
    } catch (error) {
      if (isNotFound(error)) return;
      // The version that made ours old has come, or comes, through the watch.
      if (isConflict(error)) this.#queue.addRateLimited(found.metadata.name ?? '');
      else throw error;
    }
  }
}

function serviceOf(slice: {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}): Named {
  return { namespace: slice.namespace ?? '', name: slice.labels?.[sliceServiceLabel] ?? '' };
}
