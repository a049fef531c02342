/** The endpoints controller: keeps the Endpoints object of each service that selects pods. */
import { endpoints, pods, services } from '@navarch/api/resources';
import type { Endpoints } from '@navarch/api/types/core/v1/endpoints';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Service } from '@navarch/api/types/core/v1/service';
import { isAlreadyExists, isNamespaceTerminating, isNotFound } from '@navarch/client/errors';
import { referenceTo } from '@navarch/client/event-recorder';
import type { Informer } from '@navarch/client/informer';
import { keyOf, parseKey } from '@navarch/client/keys';
import { createOwnWrites, type OwnWrites } from '@navarch/client/own-writes';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import { errorText } from '@navarch/runtime/log';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { selectsPods } from '../service/service-pods.ts';
import { batchMs, selects, watchServicePods } from '../service/service-watch.ts';
import { TriggerTimes } from '../service/trigger-times.ts';
import { managedByLabel, managedByUs, planEndpoints } from './plan.ts';

export const endpointsController: ControllerDefinition = {
  name: 'endpoints-controller',
  serviceAccount: 'endpoint-controller',
  eventSource: 'endpoint-controller',
  start: (deps) => new EndpointsController(deps).start(),
};

const workers = 5;

class EndpointsController {
  readonly #deps: ControllerDependencies;
  readonly #services: Informer<Service>;
  readonly #pods: Informer<Pod>;
  readonly #endpoints: Informer<Endpoints>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;
  /** How many pods stand behind each service. */
  readonly #sizes = new Map<string, number>();
  readonly #triggerTimes = new TriggerTimes();
  /** Seen to go, and not dealt with yet. */
  readonly #deletedServices = new Set<string>();

  constructor(deps: ControllerDependencies) {
    const { informers, runtime } = deps;
    this.#deps = deps;
    this.#services = informers.of(services);
    this.#pods = informers.of(pods);
    this.#endpoints = informers.of(endpoints);
    this.#queue = createWorkQueue(runtime, { name: 'endpoint' });
    this.#ownWrites = createOwnWrites(runtime);
  }

  start(): void {
    const add = (object: Service | Endpoints): void => this.#queue.add(keyOf(object));
    this.#services.onChange({
      added: add,
      updated: (_, service) => add(service),
      deleted: (service) => {
        this.#deletedServices.add(keyOf(service));
        add(service);
      },
    });
    watchServicePods(this.#pods, this.#services, (key) =>
      this.#queue.addAfter(key, batchMs(this.#sizes.get(key) ?? 0)),
    );
    // Those that were left behind while nobody watched are seen as added.
    this.#endpoints.onChange({ added: add, updated: (_, object) => add(object), deleted: add });
    const { informers, lifetime, runtime } = this.#deps;
    runWorkers(this.#queue, (key) => this.#reconcile(key), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  async #reconcile(key: string): Promise<void> {
    const { namespace, name } = parseKey(key);
    const service = this.#services.get(namespace, name);
    const existing = this.#endpoints.get(namespace, name);
    if (!service) {
      this.#ownWrites.forget(key);
      this.#sizes.delete(key);
      this.#triggerTimes.forget(key);
      if (existing) await this.#remove(existing, key);
      this.#deletedServices.delete(key);
      return;
    }
    this.#deletedServices.delete(key);
    if (!selectsPods(service) || !this.#ownWrites.hasSeen(key)) return;
    const selected = this.#pods.listNamespace(namespace).filter((pod) => selects(service, pod));
    this.#sizes.set(key, selected.length);
    const triggerTime = this.#triggerTimes.next(key, service, selected);
    const { create, update } = planEndpoints({ service, pods: selected, existing, triggerTime });
    const api = this.#deps.client.resource(endpoints);
    try {
      const written = create ? await api.create(create) : update && (await api.update(update));
      if (written) this.#ownWrites.wrote(key, this.#endpoints, written);
    } catch (error) {
      if (isNamespaceTerminating(error) || isAlreadyExists(error)) return;
      const done = create ? 'create' : 'update';
      this.#deps.recorder.record(referenceTo(endpoints, create ?? existing ?? service), {
        type: 'Warning',
        reason: create ? 'FailedToCreateEndpoint' : 'FailedToUpdateEndpoint',
        message: `Failed to ${done} endpoint ${namespace}/${name}: ${errorText(error)}`,
      });
      throw error;
    }
  }

  /**
   * Endpoints have no owner: what a service leaves behind is removed here. Without a service that was seen to go, others' endpoints
   * stay: they may wait for their service.
   */
  async #remove({ metadata }: Endpoints, key: string): Promise<void> {
    const isOurs = metadata.labels?.[managedByLabel] === managedByUs;
    if (!isOurs && !this.#deletedServices.has(key)) return;
    const { namespace = '', name = '', uid } = metadata;
    try {
      const options = uid === undefined ? {} : { preconditions: { uid } };
      await this.#deps.client.resource(endpoints).delete(namespace, name, options);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
