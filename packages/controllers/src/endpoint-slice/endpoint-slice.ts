/** The endpoint slice controller: which addresses stand behind a service, in pieces that are cheap to send to every node. */
import { endpointSlices, nodes, pods, services } from '@navarch/api/resources';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Service } from '@navarch/api/types/core/v1/service';
import { isNamespaceTerminating } from '@navarch/client/errors';
import { referenceTo } from '@navarch/client/event-recorder';
import type { Informer } from '@navarch/client/informer';
import { keyOf, parseKey } from '@navarch/client/keys';
import { createOwnWrites, type OwnWrites } from '@navarch/client/own-writes';
import {
  createWorkQueue,
  type ReconcileResult,
  runWorkers,
  type WorkQueue,
} from '@navarch/client/work-queue';
import { errorText } from '@navarch/runtime/log';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { selectsPods } from '../service/service-pods.ts';
import { batchMs, selects, watchServicePods } from '../service/service-watch.ts';
import { TriggerTimes } from '../service/trigger-times.ts';
import { applySlices } from './apply.ts';
import { managedByUs, planSlices } from './plan.ts';
import { serviceKeyOf } from './slices.ts';

export const endpointSliceController: ControllerDefinition = {
  name: 'endpointslice-controller',
  serviceAccount: 'endpointslice-controller',
  eventSource: 'endpoint-slice-controller',
  start: (deps) => new EndpointSliceController(deps).start(),
};

const workers = 5;
const byService = 'managedForService';

class EndpointSliceController {
  readonly #deps: ControllerDependencies;
  readonly #services: Informer<Service>;
  readonly #pods: Informer<Pod>;
  readonly #nodes: Informer<Node>;
  readonly #slices: Informer<EndpointSlice>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;
  /** How many pods stand behind each service. */
  readonly #sizes = new Map<string, number>();
  readonly #triggerTimes = new TriggerTimes();

  constructor(deps: ControllerDependencies) {
    const { informers, runtime } = deps;
    this.#deps = deps;
    this.#services = informers.of(services);
    this.#pods = informers.of(pods);
    this.#nodes = informers.of(nodes);
    this.#slices = informers.of(endpointSlices, {
      indexes: { [byService]: (slice) => serviceKeyOf(slice, managedByUs) },
    });
    // Upstream waits from one second on; a write of slices concerns every node.
    this.#queue = createWorkQueue(runtime, { name: 'endpoint_slice', backoffMinMs: 1000 });
    this.#ownWrites = createOwnWrites(runtime);
  }

  start(): void {
    const add = (service: Service): void => this.#queue.add(keyOf(service));
    const noticeSlice = (slice: EndpointSlice): void => {
      for (const key of serviceKeyOf(slice, managedByUs)) this.#queue.add(key);
    };
    this.#services.onChange({ added: add, updated: (_, service) => add(service), deleted: add });
    watchServicePods(this.#pods, this.#services, (key) =>
      this.#queue.addAfter(key, batchMs(this.#sizes.get(key) ?? 0)),
    );
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

  async #reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const service = this.#services.get(namespace, name);
    if (!service || !selectsPods(service) || service.metadata.deletionTimestamp) {
      // Deleted, or somebody else's to fill: its slices go with their owner, or stay.
      this.#ownWrites.forget(key);
      this.#sizes.delete(key);
      this.#triggerTimes.forget(key);
      return {};
    }
    if (!this.#ownWrites.hasSeen(key)) return {};
    const selected = this.#pods.listNamespace(namespace).filter((pod) => selects(service, pod));
    this.#sizes.set(key, selected.length);
    const plan = planSlices({
      service,
      pods: selected,
      triggerTime: this.#triggerTimes.next(key, service, selected),
      slices: this.#slices.byIndex(byService, key),
      nodeOf: (nodeName) => this.#nodes.get('', nodeName),
    });
    try {
      await applySlices(plan, {
        client: this.#deps.client,
        wrote: (slice) => this.#ownWrites.wrote(key, this.#slices, slice),
        deleted: (slice) => this.#ownWrites.deleted(key, this.#slices, slice),
      });
    } catch (error) {
      if (isNamespaceTerminating(error)) return {};
      this.#deps.recorder.record(referenceTo(services, service), {
        type: 'Warning',
        reason: 'FailedToUpdateEndpointSlices',
        message: `Error updating Endpoint Slices for Service ${namespace}/${name}: ${errorText(error)}`,
      });
      throw error;
    }
    return plan.unknownNodes.length > 0 ? { requeue: true } : {};
  }
}
