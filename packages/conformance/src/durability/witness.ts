/**
 * Somebody who watches all along, through every restart, and remembers everything.
 *
 * Invariants: W1 versions only grow, so nothing is told twice. W2 after an interruption the watch goes on from the last version;
 * when the server no longer knows what came next (410, as a restarted kube-apiserver answers) the state is listed, as every
 * client of Kubernetes does, and `covered` remembers that what was between the two was seen as its outcome.
 */
import { configMaps } from '@navarch/api/resources';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import type { Client, WatchEvent } from '@navarch/client/client';
import { isExpired } from '@navarch/client/errors';
import { type Acknowledged, changeOf, contentOf } from './ledger.ts';

interface Seen {
  readonly change: string;
  readonly version: number;
}

export class Witness {
  readonly #namespace: string;
  readonly seen: Seen[] = [];
  /** Where lists took the place of events: after the first version, up to the second. */
  readonly #covered: { readonly after: number; readonly upTo: number }[] = [];
  /** What must never happen. */
  readonly problems: string[] = [];
  #version = 0;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** Where it is: everything up to here has been seen. */
  get version(): number {
    return this.#version;
  }

  /** Resolves once it watches; the watch ends with the connection, or with `signal`. */
  async watch(client: Client, signal: AbortSignal): Promise<void> {
    if (this.#version === 0) await this.#list(client);
    const refused = await this.#begin(client, signal);
    if (!refused) return;
    if (!isExpired(refused)) throw refused;
    await this.#list(client);
    const again = await this.#begin(client, signal);
    if (again) throw again;
  }

  /** Whether a change may have been seen as its outcome only. */
  maySkip({ version, isExact }: Acknowledged): boolean {
    return this.#covered.some(({ after, upTo }) =>
      isExact ? after < version && version <= upTo : version < upTo,
    );
  }

  async #list(client: Client): Promise<void> {
    const { metadata } = await client
      .resource(configMaps)
      .list({ namespace: this.#namespace, limit: 1 });
    const upTo = Number(metadata.resourceVersion);
    if (upTo < this.#version)
      this.problems.push(`listed ${upTo} after ${this.#version} was watched`);
    if (this.#version > 0) this.#covered.push({ after: this.#version, upTo });
    this.#version = upTo;
  }

  /** Gives the error when the server says at once that it cannot go on from there: the first that it says is an event or that. */
  async #begin(client: Client, signal: AbortSignal): Promise<Error | undefined> {
    const first = Promise.withResolvers<Error | undefined>();
    await client.resource(configMaps).watch(
      {
        namespace: this.#namespace,
        resourceVersion: String(this.#version),
        allowWatchBookmarks: true,
        signal,
      },
      {
        onEvents: (events) => first.resolve(this.#take(events)),
        onEnd: () => first.resolve(undefined),
      },
    );
    // Something must happen for the watch to say anything: a change of nobody's object.
    const name = `tick-${this.#version}`;
    await client.resource(configMaps).create({ metadata: { namespace: this.#namespace, name } });
    return first.promise;
  }

  #take(events: readonly WatchEvent<ConfigMap>[]): Error | undefined {
    for (const event of events) {
      if (event.type === 'ERROR') return event.error;
      const { version, number } = contentOf(event.object);
      const { name = '' } = event.object.metadata;
      const isOld = event.type === 'BOOKMARK' ? version < this.#version : version <= this.#version;
      if (isOld) this.problems.push(`${event.type} ${name} at ${version} after ${this.#version}`); // W1
      this.#version = Math.max(version, this.#version);
      if (event.type === 'BOOKMARK' || name.startsWith('tick-')) continue;
      this.seen.push({ change: changeOf(name, event.type, number), version });
    }
    return undefined;
  }
}
