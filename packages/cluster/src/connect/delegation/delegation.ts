/**
 * Aggregation: groups and versions whose API service names another server. Requests are passed on with the requester's identity in
 * headers, over connections that prove who passes them on.
 *
 * Invariants: G1 what another server does or does not costs only requests for its own groups: asking it for what it serves happens
 * beside requests, and they use the answer of the last time. G2 a request that is no watch ends when its time is over, its answer
 * included: who waits for several servers must not hang at one.
 */
import type { UserInfo } from '@navarch/api/extension/context';
import { failure, isStatusError } from '@navarch/api/status';
import type { APIResourceDiscovery } from '@navarch/api/types/apidiscovery/v2';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import type { APIResourceList } from '@navarch/api/types/meta/v1/discovery';
import type {
  DelegatedSchemas,
  DelegatedVersion,
  Delegation,
  ForUser,
} from '@navarch/apiserver/aggregation/delegation';
import { textResponse } from '@navarch/apiserver/http/answers';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import {
  failedDiscovery,
  type Finding,
  passed,
} from '@navarch/extensions/aggregation/availability';
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import type { HttpClient, HttpClientRequest, HttpClientResponse } from '@navarch/wire/http/client';
import { discoveryOf } from './discovery.ts';
import { answered, identityOf, isRedirect, passedOn, redirectRefused } from './request.ts';
import { type Answer, type Delegated, SchemasOfOthers } from './schemas.ts';
import { goErrorText } from '../go-errors.ts';
import { passedBody } from '../passed-body.ts';
import { ServiceConnections, type ServiceConnectionsOptions } from './service-connections.ts';
import { tunnel, upgradeHeaders } from '../upgrade.ts';

export interface DelegationOptions extends ServiceConnectionsOptions {
  readonly clock: Clock;
}

export interface Aggregation extends Delegation {
  /** Asks a server for what it serves, and remembers that. */
  check(service: APIService, signal: AbortSignal): Promise<Finding>;
  /** Asks it for its OpenAPI documents; 'none' when it has none. Rejects when it could not be asked. */
  refreshSchemas(service: APIService, signal: AbortSignal): Promise<'told' | 'none'>;
  /** Breaks what is under way. */
  close(): void;
}

const apiServices = { group: 'apiregistration.k8s.io', resource: 'apiservices' };
/** As upstream. */
const checkLimitMs = 5_000;
const discoveryLimitMs = 5_000;
const schemasLimitMs = 60_000;
const checkBytesMax = 4 * 1024 * 1024;
const schemasBytesMax = 64 * 1024 * 1024;

export function createDelegation(options: DelegationOptions): Aggregation {
  return new Delegating(options);
}

interface Known {
  readonly all: readonly Delegated[];
  readonly versions: readonly DelegatedVersion[];
  readonly byName: ReadonlyMap<string, Delegated>;
}

class Delegating implements Aggregation {
  readonly #options: DelegationOptions;
  readonly #connections: ServiceConnections;
  readonly #schemas = new SchemasOfOthers();
  /** What servers told of themselves, by the names of API services. */
  readonly #told = new Map<string, readonly APIResourceDiscovery[]>();
  #seen = -1;
  #known: Known = { all: [], versions: [], byName: new Map() };
  #shown: { readonly of: Known; readonly changes: number; readonly schemas: DelegatedSchemas };

  constructor(options: DelegationOptions) {
    this.#options = options;
    this.#connections = new ServiceConnections(options);
    this.#shown = { of: this.#known, changes: 0, schemas: { v2: [], v3: new Map() } };
  }

  versions(): readonly DelegatedVersion[] {
    return this.#refreshed().versions;
  }

  find(group: string, version: string): DelegatedVersion | undefined {
    const { byName } = this.#refreshed();
    return byName.size === 0 ? undefined : byName.get(`${version}.${group}`)?.version;
  }

  schemas(): DelegatedSchemas {
    const of = this.#refreshed();
    const { changes } = this.#schemas;
    if (this.#shown.of !== of || this.#shown.changes !== changes) {
      const read = this.#options.read();
      const isRegistered = (group: string, version: string): boolean =>
        read.get(apiServices, '', `${version}.${group}`) !== undefined;
      this.#shown = { of, changes, schemas: this.#schemas.all(of.all, isRegistered) };
    }
    return this.#shown.schemas;
  }

  #refreshed(): Known {
    const read = this.#options.read();
    const seen = read.version(apiServices);
    if (seen === this.#seen) return this.#known;
    this.#seen = seen;
    const sources = read.list<APIService>(apiServices, '').filter(isDelegated);
    const all = sources.map((source) => ({ source, version: this.#describe(source) }));
    const byName = new Map(all.map((each) => [each.source.metadata.name ?? '', each]));
    for (const name of this.#told.keys()) if (!byName.has(name)) this.#told.delete(name);
    this.#schemas.retainOnly(sources);
    this.#connections.retainOnly(sources);
    this.#known = { all, versions: all.map(({ version }) => version), byName };
    return this.#known;
  }

  #describe({ metadata, spec, status }: APIService): DelegatedVersion {
    const { group = '', version = '' } = spec;
    return {
      group,
      version,
      priority: { group: spec.groupPriorityMinimum, version: spec.versionPriority },
      isAvailable:
        status?.conditions?.some(
          (condition) => condition.type === 'Available' && condition.status === 'True',
        ) === true,
      resources: this.#told.get(metadata.name ?? '') ?? [],
    };
  }

  async forward(
    { group, version }: DelegatedVersion,
    request: ApiRequest,
    { user, isLongRunning }: ForUser,
  ): Promise<ApiResponse> {
    const source = this.#known.byName.get(`${version}.${group}`)?.source;
    if (!source) throw failure(503, 'ServiceUnavailable', 'service unavailable', undefined);
    if (request.upgrade !== undefined) return this.#openTunnel(source, request, user);
    const { body: sent, headers: length } = await passedBody(request);
    const deadline = this.#deadline(isLongRunning ? undefined : limitMsOf(request.path));
    try {
      const { status, headers, chunks } = await this.#request(source, {
        method: request.method,
        path: request.path + (request.query ? `?${request.query}` : ''),
        headers: { ...passedOn(request), ...length, ...identityOf(user) },
        ...(sent !== undefined && { body: sent }),
        signal: AbortSignal.any([request.signal, deadline.signal]),
      });
      const body: ApiResponse['body'] = {
        kind: 'stream',
        chunks: thenCalling(() => deadline.cancel(), chunks),
      };
      if (!isRedirect(status, headers)) return { status, headers: answered(headers), body };
      for await (const _ of body.chunks) break; // Nobody reads it: its connection is free.
      return redirectRefused;
    } catch (error) {
      deadline.cancel();
      if (isStatusError(error)) return textResponse(503, 'service unavailable\n');
      return textResponse(503, `error trying to reach service: ${errorOf(source, error)}\n`);
    }
  }

  async #openTunnel(source: APIService, request: ApiRequest, user: UserInfo): Promise<ApiResponse> {
    const { method, signal } = request;
    const { host: _host, ...headers } = upgradeHeaders(request);
    try {
      return await tunnel(this.#options.dial, {
        peer: this.#connections.optionsFor(source),
        method,
        path: request.path + (request.query ? `?${request.query}` : ''),
        headers: { ...headers, ...identityOf(user) },
        signal,
      });
    } catch (error) {
      if (!isStatusError(error)) throw error;
      const isUnreachable = error.status.reason === undefined;
      return textResponse(503, `${isUnreachable ? error.message : 'service unavailable'}\n`);
    }
  }

  /** Over a connection that others may use afterwards. */
  async #request(source: APIService, request: HttpClientRequest): Promise<HttpClientResponse> {
    const { client, release } = await this.#connections.lease(source);
    const { signal } = request;
    const end = (): void => {
      signal.removeEventListener('abort', end);
      release();
    };
    signal.addEventListener('abort', end, { once: true }); // Nobody need read an answer that comes too late.
    try {
      const response = await requestOn(client, request);
      return { ...response, chunks: thenCalling(end, response.chunks) };
    } catch (error) {
      end();
      throw error;
    }
  }

  async check(source: APIService, signal: AbortSignal): Promise<Finding> {
    const { group = '', version = '' } = source.spec;
    const path = `/apis/${group}/${version}`;
    const url = `https://${serverNameOf(source)}:${source.spec.service?.port ?? 443}${path}`;
    const fail = (text: string): Finding =>
      failedDiscovery(`failing or missing response from ${url}: ${text}`);
    const deadline = this.#deadline(checkLimitMs);
    let client: HttpClient | undefined;
    try {
      // A new connection: it shows that there still is somebody. Whether the certificate is right is for requests.
      const peer = this.#connections.optionsFor(source);
      client = await this.#options.dial({ ...peer, insecure: true });
      const { status, chunks } = await client.request({
        method: 'GET',
        path,
        headers: { accept: 'application/json', ...identityOf(checker) },
        signal: AbortSignal.any([signal, deadline.signal]),
      });
      const body = await upTo(checkBytesMax, chunks);
      if (status < 200 || status > 299) return fail(`bad status from ${url}: ${status}`);
      this.#remember(source, body);
      return passed;
    } catch (error) {
      return fail(`Get "${url}": ${errorOf(source, error)}`);
    } finally {
      deadline.cancel();
      client?.close();
    }
  }

  async refreshSchemas(source: APIService, signal: AbortSignal): Promise<'told' | 'none'> {
    if (!isDelegated(source)) return 'none';
    return this.#schemas.refresh(source, async (path, headers): Promise<Answer> => {
      const deadline = this.#deadline(schemasLimitMs);
      try {
        const response = await this.#request(source, {
          method: 'GET',
          path,
          headers: { ...headers, ...identityOf(aggregator) },
          signal: AbortSignal.any([signal, deadline.signal]),
        });
        return { ...response, body: await upTo(schemasBytesMax, response.chunks) };
      } finally {
        deadline.cancel();
      }
    });
  }

  close(): void {
    this.#connections.close();
  }

  /** Aborts when the time is over; never when there is no limit. */
  #deadline(limitMs: number | undefined): { readonly signal: AbortSignal; cancel(): void } {
    const late = new AbortController();
    const timer =
      limitMs === undefined
        ? undefined
        : this.#options.clock.after(limitMs, () =>
            late.abort(new Error('context deadline exceeded')),
          );
    return { signal: late.signal, cancel: () => timer?.cancel() };
  }

  #remember({ metadata: { name = '' } }: APIService, body: Uint8Array): void {
    let list: APIResourceList;
    try {
      list = JSON.parse(new TextDecoder().decode(body)) as APIResourceList;
    } catch {
      return; // Whoever answers something else serves all the same, but cannot be shown.
    }
    const told = discoveryOf(list);
    if (JSON.stringify(told) === JSON.stringify(this.#told.get(name))) return;
    this.#told.set(name, told);
    this.#seen = -1;
  }
}

/** The core group, and the group of API services themselves, are always served here. */
function isDelegated({ spec: { service, group = '' } }: APIService): boolean {
  return service !== undefined && group !== '' && group !== apiServices.group;
}

/** What a version has is asked for by many who wait, and quickly said: as upstream. */
function limitMsOf(path: string): number {
  const steps = path.split('/').filter((step) => step !== '');
  return steps.length === 3 ? discoveryLimitMs : limits.requestTimeoutMs;
}

/** Whom availability checks are made as. */
const checker: UserInfo = { username: 'system:kube-aggregator', groups: ['system:masters'] };
/** Whom OpenAPI documents are asked for as. */
const aggregator: UserInfo = { username: 'system:aggregator', groups: [] };

function serverNameOf({ spec: { service } }: APIService): string {
  return `${service?.name ?? ''}.${service?.namespace ?? ''}.svc`;
}

function errorOf(source: APIService, error: unknown): string {
  return goErrorText(error, { host: serverNameOf(source), name: serverNameOf(source) });
}

/** A connection that was kept may have been closed by its server meanwhile: then what changes nothing is asked for once more. */
async function requestOn(
  client: HttpClient,
  request: HttpClientRequest,
): Promise<HttpClientResponse> {
  try {
    return await client.request(request);
  } catch (error) {
    const isReset = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
    if (!isReset || request.signal.aborted || request.method !== 'GET') throw error;
    if (request.body !== undefined) throw error; // It has been read.
    return client.request(request);
  }
}

/** The pieces; `act` is called when they have ended, or nobody reads them any more. */
async function* thenCalling(
  act: () => void,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* chunks;
  } finally {
    act();
  }
}

/** The beginning of an answer; the rest is not read. */
async function upTo(bytesMax: number, chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > bytesMax) throw new Error('the answer is too large');
    pieces.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
