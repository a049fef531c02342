/** The informers of one component: each resource and selection once. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import type { Lifetime } from '@navarch/runtime/lifetime';
import { limits } from '@navarch/runtime/limits';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Client } from '../client.ts';
import type { Informer, InformerOptions, Informers } from '../informer.ts';
import type { Gate } from '../gate.ts';
import { Reflector } from '../reflector/reflector.ts';
import { SharedInformer } from './shared-informer.ts';

interface Running {
  /** Its type parameter is in the key: the same reference means the same type. */
  readonly informer: unknown;
  readonly whenSynced: () => Promise<void>;
  readonly hasSynced: () => boolean;
  readonly describe: () => string;
}

export class InformerSet implements Informers {
  readonly #client: Client;
  readonly #runtime: Runtime;
  readonly #lifetime: Lifetime;
  readonly #lists: Gate;
  readonly #running = new Map<string, Running>();

  constructor(client: Client, runtime: Runtime, lifetime: Lifetime, lists: Gate) {
    this.#lists = lists;
    this.#client = client;
    this.#runtime = runtime;
    this.#lifetime = lifetime;
  }

  of<T extends KubernetesObject>(
    reference: ResourceReference<T>,
    options: InformerOptions<T> = {},
  ): Informer<T> {
    const key = keyOfSelection(reference, options);
    const known = this.#running.get(key);
    const informer = known
      ? (known.informer as SharedInformer<T>)
      : this.#start(key, reference, options);
    for (const [name, values] of Object.entries(options.indexes ?? {}))
      informer.addIndex(name, values);
    return informer;
  }

  hasSynced(): boolean {
    return [...this.#running.values()].every((running) => running.hasSynced());
  }

  async waitForSync(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => aborted.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const synced = [...this.#running.values()].map((running) => running.whenSynced());
      await Promise.race([Promise.all(synced), aborted.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  describe(): readonly string[] {
    return [...this.#running.values()].map((running) => running.describe());
  }

  #start<T extends KubernetesObject>(
    key: string,
    reference: ResourceReference<T>,
    options: InformerOptions<T>,
  ): SharedInformer<T> {
    const { namespace, labelSelector, fieldSelector } = options;
    const informer = new SharedInformer(reference, this.#runtime.log);
    const reflector = new Reflector({
      resource: this.#client.resource(reference),
      selection: {
        ...(namespace && { namespace }),
        ...(labelSelector && { labelSelector }),
        ...(fieldSelector && { fieldSelector }),
      },
      sink: informer,
      runtime: this.#runtime,
      initial: options.initial ?? 'list',
      lists: this.#lists,
      pageObjects: this.#client.transport.decodes ? limits.clientListPageObjects : 0,
    });
    this.#running.set(key, {
      informer,
      whenSynced: () => informer.whenSynced(),
      hasSynced: () => informer.hasSynced(),
      describe: () => reflector.describe(),
    });
    this.#lifetime.run(`reflector of ${reference.plural}`, (signal) => reflector.run(signal));
    return informer;
  }
}

function keyOfSelection(
  { group, version, plural }: ResourceReference<unknown>,
  { namespace = '', labelSelector = '', fieldSelector = '' }: InformerOptions<never>,
): string {
  return JSON.stringify([group, version, plural, namespace, labelSelector, fieldSelector]);
}
