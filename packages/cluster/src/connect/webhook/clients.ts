/** HTTP clients by peer, kept. As upstream they speak HTTP/1.1, so that calls spread over the endpoints of a service. */
import { limits } from '@navarch/runtime/limits';
import type { HttpClient, HttpClientOptions } from '@navarch/wire/http/client';
import type { Peer } from '../service-address.ts';

/** How a peer is trusted, and how we prove ourselves to it. */
export type Proof = Pick<HttpClientOptions, 'authorities' | 'certificate' | 'key'>;

export class WebhookClients {
  readonly #dial: (options: HttpClientOptions) => Promise<HttpClient>;
  /** The least recently used first. */
  readonly #known = new Map<string, { readonly client: Promise<HttpClient>; users: number }>();

  constructor(dial: (options: HttpClientOptions) => Promise<HttpClient>) {
    this.#dial = dial;
  }

  async use<T>(peer: Peer, proof: Proof, act: (client: HttpClient) => Promise<T>): Promise<T> {
    const { authorities = '', certificate = '' } = proof;
    const key = `${peer.url} ${peer.serverName ?? ''} ${authorities} ${certificate}`;
    const entry = this.#known.get(key) ?? {
      client: this.#dial({ ...peer, protocol: 'http1', ...proof }),
      users: 0,
    };
    this.#known.delete(key);
    this.#known.set(key, entry);
    entry.users++;
    try {
      this.#trim();
      return await act(await entry.client);
    } finally {
      entry.users--;
    }
  }

  close(): void {
    for (const { client } of this.#known.values()) void client.then((each) => each.close());
    this.#known.clear();
  }

  /** Only those that nobody uses are given up for others. */
  #trim(): void {
    for (const [key, { client, users }] of this.#known) {
      if (this.#known.size <= limits.webhookClientsMax) return;
      if (users > 0) continue;
      this.#known.delete(key);
      void client.then((each) => each.close());
    }
  }
}
