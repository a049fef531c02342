/**
 * Each version that a definition serves is registered as an API service, which goes with the last definition that serves it.
 *
 * Invariants: R1 only what carries our label is changed or deleted: whoever registers a version by hand, or takes the label away,
 * keeps it.
 */
import { apiServices, customResourceDefinitions } from '@navarch/api/resources';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { Client } from '@navarch/client/client';
import { isAlreadyExists, isConflict, isNotFound } from '@navarch/client/errors';
import type { Informer, Informers } from '@navarch/client/informer';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';

export interface AutoRegisterOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly client: Client;
  readonly informers: Informers;
}

const label = 'kube-aggregator.kubernetes.io/automanaged';
const workers = 5;
/** As upstream: after everything that is built in. */
const priority = { groupPriorityMinimum: 1000, versionPriority: 100 };

/** Looks after them until the lifetime ends. */
export function startAutoRegister(options: AutoRegisterOptions): void {
  new AutoRegister(options).start();
}

class AutoRegister {
  readonly #options: AutoRegisterOptions;
  readonly #definitions: Informer<CustomResourceDefinition>;
  readonly #registered: Informer<APIService>;
  readonly #queue: WorkQueue;

  constructor(options: AutoRegisterOptions) {
    this.#options = options;
    this.#definitions = options.informers.of(customResourceDefinitions);
    this.#definitions.addIndex('apiService', apiServiceNames);
    this.#registered = options.informers.of(apiServices);
    this.#queue = createWorkQueue(options.runtime, { name: 'autoregister' });
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#options;
    const add = (crd: CustomResourceDefinition): void => {
      for (const name of apiServiceNames(crd)) this.#queue.add(name);
    };
    this.#definitions.onChange({
      added: add,
      updated: (old, current) => {
        if (old.spec === current.spec) return;
        add(old);
        add(current);
      },
      deleted: add,
    });
    const check = ({ metadata }: APIService): void => {
      if (metadata.labels?.[label] === 'true') this.#queue.add(metadata.name ?? '');
    };
    this.#registered.onChange({
      added: check,
      updated: (_, current) => check(current),
      deleted: check,
    });
    runWorkers(this.#queue, (name) => this.#reconcile(name), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  async #reconcile(name: string): Promise<void> {
    const wanted = this.#definitions.byIndex('apiService', name).length > 0;
    const found = this.#registered.get('', name);
    const client = this.#options.client.resource(apiServices);
    try {
      if (!found) {
        if (wanted) await client.create(apiServiceNamed(name));
        return;
      }
      if (found.metadata.labels?.[label] !== 'true') return; // R1
      if (!wanted) {
        const { uid = '' } = found.metadata;
        await client.delete('', name, { preconditions: { uid } });
        return;
      }
      const { spec } = apiServiceNamed(name);
      if (!isSame(found.spec, spec)) await client.update({ ...found, spec });
    } catch (error) {
      // What is otherwise than the cache had it comes through the watch, and with it another look.
      if (isAlreadyExists(error) || isConflict(error) || isNotFound(error)) return;
      throw error;
    }
  }
}

function apiServiceNames({ spec }: CustomResourceDefinition): readonly string[] {
  return spec.versions.filter(({ served }) => served).map(({ name }) => `${name}.${spec.group}`);
}

function apiServiceNamed(name: string): APIService {
  const dot = name.indexOf('.');
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name, labels: { [label]: 'true' } },
    spec: { group: name.slice(dot + 1), version: name.slice(0, dot), ...priority },
  };
}

function isSame(a: APIService['spec'], b: APIService['spec']): boolean {
  return (
    a.service === undefined &&
    a.groupPriorityMinimum === b.groupPriorityMinimum &&
    a.versionPriority === b.versionPriority
  );
}
