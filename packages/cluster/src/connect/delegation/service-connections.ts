/**
 * Connections to the servers behind API services: kept, per API service and endpoint, and shared by all requests.
 *
 * Invariants: S1 a client is closed only when nobody uses it: a change of the service ends no watch. S2 only clients of services as
 * they are now are handed out. S3 when there are too many, those that nobody uses go, the least recently used first.
 */
import type { ObjectReader } from '@navarch/api/extension/context';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import { decodeBase64 } from '@navarch/codec/base64';
import { limits } from '@navarch/runtime/limits';
import { integer, type Random } from '@navarch/runtime/random';
import type { HttpClient, HttpClientOptions } from '@navarch/wire/http/client';
import { peerOfService } from '../service-address.ts';

export interface ServiceConnectionsOptions {
  readonly read: () => ObjectReader;
  readonly random: Random;
  readonly dial: (options: HttpClientOptions) => Promise<HttpClient>;
  /** How this server proves to others that it may speak for users. PEM. */
  readonly frontProxyClient: { readonly certificate: string; readonly key: string };
}

/** One use of a client. */
export interface Lease {
  readonly client: HttpClient;
  /** To be called when the answer was read, or nobody will read it. Calling it twice does no more than once. */
  readonly release: () => void;
}

interface Entry {
  /** Of the API service as it was when the client was made. */
  readonly identity: string;
  readonly client: Promise<HttpClient>;
  users: number;
  isRetired: boolean;
}

export class ServiceConnections {
  readonly #options: ServiceConnectionsOptions;
  /** By what they connect to; the least recently used first. */
  readonly #known = new Map<string, Entry>();
  #isClosed = false;

  constructor(options: ServiceConnectionsOptions) {
    this.#options = options;
  }

  /** Rejects when the service has no endpoint now: with a StatusError. */
  async lease(service: APIService): Promise<Lease> {
    if (this.#isClosed) throw new Error('the server is stopping');
    const options = this.optionsFor(service);
    const identity = identityOf(service);
    const key = `${options.url} ${identity}`;
    const entry = this.#known.get(key) ?? {
      identity,
      // As upstream's webhooks: one slow answer delays no other, which it would on a shared HTTP/2 connection.
      client: this.#options.dial({ ...options, protocol: 'http1' }),
      users: 0,
      isRetired: false,
    };
    this.#known.delete(key);
    this.#known.set(key, entry);
    entry.users++;
    this.#trim();
    let isUsed = true;
    const release = (): void => {
      if (!isUsed) return;
      isUsed = false;
      entry.users--;
      if (entry.isRetired && entry.users === 0) closeLater(entry);
    };
    try {
      return { client: await entry.client, release };
    } catch (error) {
      release();
      this.#known.delete(key);
      throw error;
    }
  }

  /** S2: gives up the clients of all other services, and of these as they were before. */
  retainOnly(services: readonly APIService[]): void {
    const current = new Set(services.map(identityOf));
    for (const [key, entry] of this.#known) {
      if (!current.has(entry.identity)) this.#retire(key, entry);
    }
  }

  /** Breaks what is under way. */
  close(): void {
    this.#isClosed = true;
    for (const entry of this.#known.values()) closeLater(entry);
    this.#known.clear();
  }

  #retire(key: string, entry: Entry): void {
    this.#known.delete(key);
    entry.isRetired = true;
    if (entry.users === 0) closeLater(entry); // S1
  }

  #trim(): void {
    for (const [key, entry] of this.#known) {
      if (this.#known.size <= limits.delegatedClientsMax) return; // S3
      if (entry.users === 0) this.#retire(key, entry);
    }
  }

  /** How the service is reached now, for whoever makes a connection of its own. */
  optionsFor({ spec }: APIService): HttpClientOptions {
    const { service, caBundle = '', insecureSkipTLSVerify = false } = spec;
    const { namespace = '', name = '', port = 443 } = service ?? {};
    const { read, random, frontProxyClient } = this.#options;
    const pick = (below: number): number => integer(random, below);
    return {
      ...peerOfService({ namespace, name, port }, read(), pick),
      ...frontProxyClient,
      ...(insecureSkipTLSVerify && { insecure: true }),
      ...(caBundle !== '' && { authorities: new TextDecoder().decode(decodeBase64(caBundle)) }),
    };
  }
}

/** Everything that a connection depends on, besides the endpoint. */
function identityOf({ metadata, spec }: APIService): string {
  const { service, caBundle = '', insecureSkipTLSVerify = false } = spec;
  return JSON.stringify([metadata.name, service, caBundle, insecureSkipTLSVerify]);
}

function closeLater({ client }: Entry): void {
  client.then(
    (each) => each.close(),
    () => {}, // It never was one.
  );
}
