/**
 * Informers of everything that can be deleted, kept in step with discovery: new custom resources are watched, those that went are not.
 * Nothing is asked while nothing changes: discovery is read again when definitions or aggregated services change, and seldom besides.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import * as builtIn from '@navarch/api/resources';
import type { Client } from '@navarch/client/client';
import {
  createInformers,
  firstLists,
  type Informer,
  type Informers,
} from '@navarch/client/informer';
import { errorText } from '@navarch/runtime/log';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import {
  type Discovery,
  type DiscoveredResource,
  discover,
  kindKey,
} from '../discovery/discover.ts';
import type { Kind } from './graph.ts';

export interface MonitorsOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly client: Client;
  /** Shared with other controllers; for built-in resources, which stay. */
  readonly informers: Informers;
  /** Whose they are, for the log. */
  readonly name: string;
  /** Which of the resources to watch; all when omitted. */
  readonly wants?: (kind: Kind) => boolean;
  /** Called for each resource that begins to be watched. */
  readonly onMonitor: (kind: Kind, informer: Informer<KubernetesObject>) => void;
}

interface Monitor {
  readonly whenSynced: (signal: AbortSignal) => Promise<void>;
  /** Undefined for those that stay. */
  readonly lifetime: Lifetime | undefined;
}

/** A change of definitions takes a moment to show in discovery, and often more than one comes. */
const debounceMs = 200;
const seldomMs = 10 * 60_000;
/** While a group cannot be asked. */
const incompleteMs = 30_000;
const retryMs = 5_000;
/** A resource that cannot be listed must not keep all others from being collected. */
const syncPatienceMs = 30_000;

/** Changes all the time and never owns anything. */
const ignored: ReadonlySet<string> = new Set(['/events', 'events.k8s.io/events']);

const builtInKeys: ReadonlySet<string> = new Set(
  Object.values(builtIn)
    .filter((value) => typeof value === 'object')
    .map(keyOfResource),
);

export class Monitors {
  readonly #options: MonitorsOptions;
  readonly #running = new Map<string, Monitor>();
  readonly #lists = firstLists();
  #discovery: Discovery = { preferred: [], byKind: new Map(), failures: new Map() };
  #isStale = false;
  #wake: () => void = () => undefined;
  #reading: Promise<void> | undefined;
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: MonitorsOptions) {
    this.#options = options;
  }

  /** Resolves when all that is served now is in the caches, or has had its time. */
  async start(signal: AbortSignal): Promise<void> {
    const { runtime, lifetime, informers } = this.#options;
    await this.#readUntilKnown(signal);
    const wake = (): void => this.refresh();
    const handler = { added: wake, updated: wake, deleted: wake };
    informers.of(builtIn.customResourceDefinitions).onChange(handler);
    informers.of(builtIn.apiServices).onChange(handler);
    lifetime.run(`${this.#options.name} discovery`, (running) => this.#follow(running));
    const synced = [...this.#running.values()].map(({ whenSynced }) => whenSynced(signal));
    await Promise.race([Promise.all(synced), runtime.clock.sleep(syncPatienceMs, signal)]);
  }

  /** Looks soon whether other resources are to be watched. */
  refresh(): void {
    this.#isStale = true;
    this.#wake();
  }

  async resourceOf(apiVersion: string, kind: string): Promise<Kind | undefined> {
    const key = kindKey(apiVersion, kind);
    const known = this.#discovery.byKind.get(key);
    const { clock } = this.#options.runtime;
    if (known || clock.monotonicMs() - this.#readAtMs < retryMs) return known;
    await this.#read(this.#options.lifetime.signal);
    return this.#discovery.byKind.get(key);
  }

  async #readUntilKnown(signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await this.#read(signal);
        return;
      } catch (error) {
        signal.throwIfAborted();
        const { log, clock } = this.#options.runtime;
        log.warn('discovery cannot be read; trying again', { error: errorText(error) });
        await clock.sleep(retryMs, signal);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options.runtime;
    for (;;) {
      await this.#changed(this.#discovery.failures.size > 0 ? incompleteMs : seldomMs, signal);
      await clock.sleep(debounceMs, signal);
      this.#isStale = false; // Before reading: what changes during it is read again.
      await this.#readUntilKnown(signal);
    }
  }

  /** Resolves when something changed, at the latest after `limitMs`. */
  #changed(limitMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isStale) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = this.#options.runtime.clock.after(limitMs, resolve);
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#wake = resolve;
    return promise.finally(() => {
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
    });
  }

  /** Several who ask at the same time share one reading. */
  #read(signal: AbortSignal): Promise<void> {
    this.#reading ??= this.#readOnce(signal).finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #readOnce(signal: AbortSignal): Promise<void> {
    const { client, runtime, wants } = this.#options;
    this.#discovery = await discover(client, signal);
    this.#readAtMs = runtime.clock.monotonicMs();
    const wanted = new Map(
      this.#discovery.preferred
        .filter((found) => canBeMonitored(found) && (wants?.(found.reference) ?? true))
        .map(({ reference }) => [keyOfResource(reference), reference]),
    );
    for (const [key, reference] of wanted)
      if (!this.#running.has(key)) this.#monitor(key, reference);
    for (const [key, { lifetime }] of this.#running) {
      // What a group that cannot be asked serves is still there.
      const isUnknown = [...this.#discovery.failures.keys()].some((name) =>
        key.startsWith(`${name}/`),
      );
      if (wanted.has(key) || isUnknown || !lifetime) continue;
      this.#running.delete(key);
      await lifetime.stop();
    }
  }

  #monitor(key: string, reference: Kind): void {
    const { client, runtime, informers, lifetime, onMonitor } = this.#options;
    const own = builtInKeys.has(key) ? undefined : lifetime.child();
    const source = own ? createInformers(client, runtime, own, this.#lists) : informers;
    const informer = source.of(reference);
    onMonitor(reference, informer);
    this.#running.set(key, { whenSynced: (signal) => source.waitForSync(signal), lifetime: own });
  }
}

function canBeMonitored({ reference, verbs }: DiscoveredResource): boolean {
  const { group, plural } = reference;
  if (ignored.has(`${group}/${plural}`)) return false;
  return verbs.has('delete') && verbs.has('list') && verbs.has('watch');
}

function keyOfResource({ group, version, plural }: Omit<Kind, 'scope'>): string {
  return `${group === '' ? version : `${group}/${version}`}/${plural}`;
}
