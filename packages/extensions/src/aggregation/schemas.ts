/**
 * The OpenAPI documents of the servers behind API services are asked for as upstream asks: when a server becomes available, every minute
 * while it answers, less and less often while it fails, and no more, until something changes, when it has none.
 */
import { apiServices } from '@navarch/api/resources';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import type { Informer, Informers } from '@navarch/client/informer';
import {
  createWorkQueue,
  type ReconcileResult,
  runWorkers,
  type WorkQueue,
} from '@navarch/client/work-queue';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { isAvailable } from './availability.ts';

export interface SchemasOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly informers: Informers;
  /** Bounded in time by whoever gives it. 'none': the server has no such documents. Rejects when it could not be asked. */
  readonly refresh: (service: APIService, signal: AbortSignal) => Promise<'told' | 'none'>;
}

/** More than one, so that a server that hangs delays the others little. */
const workers = 2;
const refreshMs = 60_000;
const backoffMaxMs = 60 * 60_000;

/** Keeps them fresh until the lifetime ends. */
export function startSchemas({ runtime, lifetime, informers, refresh }: SchemasOptions): void {
  const services = informers.of(apiServices);
  const queue = createWorkQueue(runtime, {
    name: 'open_api_aggregation_controller',
    backoffMinMs: refreshMs,
    backoffMaxMs,
  });
  addWhenAvailable(services, queue);
  const reconcile = async (name: string, signal: AbortSignal): Promise<ReconcileResult> => {
    const found = services.get('', name);
    if (!found || !isElsewhere(found) || !isAvailable(found)) return {};
    return (await refresh(found, signal)) === 'none' ? {} : { requeueAfterMs: refreshMs };
  };
  runWorkers(queue, reconcile, {
    count: workers,
    runtime,
    lifetime,
    ready: (signal) => informers.waitForSync(signal),
  });
}

function addWhenAvailable(services: Informer<APIService>, queue: WorkQueue): void {
  const add = (service: APIService): void => {
    if (isElsewhere(service) && isAvailable(service)) queue.add(service.metadata.name ?? '');
  };
  services.onChange({
    added: add,
    updated: (old, current) => {
      if (old.spec !== current.spec || !isAvailable(old)) add(current);
    },
  });
}

function isElsewhere({ spec }: APIService): boolean {
  return spec.service !== undefined;
}
