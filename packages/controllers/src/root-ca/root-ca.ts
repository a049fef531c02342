/** Publishes in every namespace the certificates that pods verify the API server with: the config map `kube-root-ca.crt`. */
import { configMaps, namespaces } from '@navarch/api/resources';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import { isAlreadyExists, isNamespaceTerminating, isNotFound } from '@navarch/client/errors';
import type { Informer } from '@navarch/client/informer';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';

export const rootCaController: ControllerDefinition = {
  name: 'root-ca-certificate-publisher-controller',
  serviceAccount: 'root-ca-cert-publisher',
  start: (deps) => {
    const { rootCertificates } = deps;
    if (rootCertificates !== undefined) new RootCaController(deps, rootCertificates).start();
  },
};

const workers = 1;
const configMapName = 'kube-root-ca.crt';
const description = {
  'kubernetes.io/description':
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
};

class RootCaController {
  readonly #deps: ControllerDependencies;
  readonly #data: Readonly<Record<string, string>>;
  readonly #namespaces: Informer<Namespace>;
  readonly #configMaps: Informer<ConfigMap>;
  readonly #queue: WorkQueue;

  constructor(deps: ControllerDependencies, rootCertificates: string) {
    this.#deps = deps;
    this.#data = { 'ca.crt': rootCertificates };
    this.#namespaces = deps.informers.of(namespaces);
    this.#configMaps = deps.informers.of(configMaps);
    this.#queue = createWorkQueue(deps.runtime, { name: 'root_ca_cert_publisher' });
  }

  start(): void {
    const add = ({ metadata }: Namespace): void => this.#queue.add(metadata.name ?? '');
    const notice = ({ metadata }: ConfigMap): void => {
      if (metadata.name === configMapName) this.#queue.add(metadata.namespace ?? '');
    };
    this.#namespaces.onChange({ added: add, updated: (_, namespace) => add(namespace) });
    this.#configMaps.onChange({ updated: (_, configMap) => notice(configMap), deleted: notice });
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
    if (namespace?.status?.phase !== 'Active') return;
    const existing = this.#configMaps.get(name, configMapName);
    try {
      if (!existing) await this.#create(name);
      else if (!this.#isCurrent(existing)) await this.#update(existing);
    } catch (error) {
      const isSettled =
        isAlreadyExists(error) || isNotFound(error) || isNamespaceTerminating(error);
      if (!isSettled) throw error;
    }
  }

  async #create(namespace: string): Promise<void> {
    const metadata = { name: configMapName, namespace, annotations: description };
    await this.#deps.client.resource(configMaps).create({ metadata, data: this.#data });
  }

  #isCurrent({ metadata, data = {} }: ConfigMap): boolean {
    const [[key, value] = ['', '']] = Object.entries(description);
    return (
      Object.keys(data).length === 1 &&
      data['ca.crt'] === this.#data['ca.crt'] &&
      metadata.annotations?.[key] === value
    );
  }

  async #update(existing: ConfigMap): Promise<void> {
    const annotations = { ...existing.metadata.annotations, ...description };
    const metadata = { ...existing.metadata, annotations };
    await this.#deps.client
      .resource(configMaps)
      .update({ ...existing, metadata, data: this.#data });
  }
}
