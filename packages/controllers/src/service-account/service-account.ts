/** The service account controller: every namespace has a service account `default`, which pods get that name none. */
import { namespaces, serviceAccounts } from '@navarch/api/resources';
import type { ServiceAccount } from '@navarch/api/types/core/v1/config';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import { isAlreadyExists, isNamespaceTerminating, isNotFound } from '@navarch/client/errors';
import type { Informer } from '@navarch/client/informer';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';

export const serviceAccountController: ControllerDefinition = {
  name: 'serviceaccount-controller',
  serviceAccount: 'service-account-controller',
  start: (deps) => new ServiceAccountController(deps).start(),
};

const workers = 1;
const accountName = 'default';

class ServiceAccountController {
  readonly #deps: ControllerDependencies;
  readonly #namespaces: Informer<Namespace>;
  readonly #accounts: Informer<ServiceAccount>;
  readonly #queue: WorkQueue;

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#namespaces = deps.informers.of(namespaces);
    this.#accounts = deps.informers.of(serviceAccounts);
    this.#queue = createWorkQueue(deps.runtime, { name: 'serviceaccount' });
  }

  start(): void {
    const add = ({ metadata }: Namespace): void => this.#queue.add(metadata.name ?? '');
    this.#namespaces.onChange({ added: add, updated: (_, namespace) => add(namespace) });
    this.#accounts.onChange({
      deleted: ({ metadata }) => {
        if (metadata.name === accountName) this.#queue.add(metadata.namespace ?? '');
      },
    });
    const { informers, lifetime, runtime } = this.#deps;
    runWorkers(this.#queue, (namespace) => this.#reconcile(namespace), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  async #reconcile(name: string): Promise<void> {
    const namespace = this.#namespaces.get('', name);
    if (namespace?.status?.phase !== 'Active' || this.#accounts.get(name, accountName)) return;
    try {
      await this.#deps.client
        .resource(serviceAccounts)
        .create({ metadata: { name: accountName, namespace: name } });
    } catch (error) {
      const isSettled =
        isAlreadyExists(error) || isNotFound(error) || isNamespaceTerminating(error);
      if (!isSettled) throw error;
    }
  }
}
