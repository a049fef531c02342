/** The endpoint slice mirroring controller: slices for Endpoints that were made by hand. */
import { endpoints, endpointSlices, services } from '@navarch/api/resources';
import type { Endpoints } from '@navarch/api/types/core/v1/endpoints';
import type { Service } from '@navarch/api/types/core/v1/service';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import { isNamespaceTerminating } from '@navarch/client/errors';
import { referenceTo } from '@navarch/client/event-recorder';
import type { Informer } from '@navarch/client/informer';
import { keyOf, parseKey } from '@navarch/client/keys';
import { createOwnWrites, type OwnWrites } from '@navarch/client/own-writes';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import { errorText } from '@navarch/runtime/log';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { applySlices } from '../endpoint-slice/apply.ts';
import { serviceKeyOf } from '../endpoint-slice/slices.ts';
import { isMirrored, mirroredByUs, planMirror } from './plan.ts';

export const endpointSliceMirroringController: ControllerDefinition = {
  name: 'endpointslice-mirroring-controller',
  serviceAccount: 'endpointslicemirroring-controller',
  eventSource: 'endpoint-slice-mirroring-controller',
  start: (deps) => new EndpointSliceMirroringController(deps).start(),
};

const workers = 5;
const byService = 'mirroredForService';

class EndpointSliceMirroringController {
  readonly #deps: ControllerDependencies;
  readonly #endpoints: Informer<Endpoints>;
  readonly #services: Informer<Service>;
  readonly #slices: Informer<EndpointSlice>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;

  constructor(deps: ControllerDependencies) {
    const { informers, runtime } = deps;
    this.#deps = deps;
    this.#endpoints = informers.of(endpoints);
    this.#services = informers.of(services);
    this.#slices = informers.of(endpointSlices, {
      indexes: { [byService]: (slice) => serviceKeyOf(slice, mirroredByUs) },
    });
    this.#queue = createWorkQueue(runtime, {
      name: 'endpoint_slice_mirroring',
      backoffMinMs: 1000,
    });
    this.#ownWrites = createOwnWrites(runtime);
  }

  start(): void {
    const add = (object: Endpoints | Service): void => this.#queue.add(keyOf(object));
    const noticeSlice = (slice: EndpointSlice): void => {
      for (const key of serviceKeyOf(slice, mirroredByUs)) this.#queue.add(key);
    };
    this.#endpoints.onChange({ added: add, updated: (_, object) => add(object), deleted: add });
    this.#services.onChange({ added: add, updated: (_, object) => add(object), deleted: add });
    this.#slices.onChange({
      added: noticeSlice,
      updated: (old, slice) => {
        noticeSlice(old);
        noticeSlice(slice);
      },
      deleted: noticeSlice,
    });
    const { informers, lifetime, runtime } = this.#deps;
    runWorkers(this.#queue, (key) => this.#reconcile(key), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  async #reconcile(key: string): Promise<void> {
    if (!this.#ownWrites.hasSeen(key)) return;
    const { namespace, name } = parseKey(key);
    const source = this.#endpoints.get(namespace, name);
    const service = this.#services.get(namespace, name);
    const mirrored = source && isMirrored(source, service) ? source : undefined;
    const plan = planMirror(mirrored, this.#slices.byIndex(byService, key));
    try {
      await applySlices(plan, {
        client: this.#deps.client,
        wrote: (slice) => this.#ownWrites.wrote(key, this.#slices, slice),
        deleted: (slice) => this.#ownWrites.deleted(key, this.#slices, slice),
      });
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      if (source)
        this.#deps.recorder.record(referenceTo(endpoints, source), {
          type: 'Warning',
          reason: 'FailedToUpdateEndpointSlices',
          message: `Error updating Endpoint Slices for Endpoints ${namespace}/${name}: ${errorText(error)}`,
        });
      throw error;
    }
  }
}
