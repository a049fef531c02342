/**
 * Aggregation: groups and versions whose API service names another server. Requests are passed on with the requester's identity in
 * headers, over a connection that proves who passes them on.
 *
 * Invariant: G1 what another server does or does not costs only requests for its own groups: asking it for what it serves happens
 * beside requests, and they use the answer of the last time.
 */
import type { ObjectReader, UserInfo } from '@navarch/api/extension/context';
import { failure } from '@navarch/api/status';
import type { APIResourceDiscovery } from '@navarch/api/types/apidiscovery/v2';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import type { APIResourceList } from '@navarch/api/types/meta/v1/discovery';
import type { DelegatedVersion, Delegation } from '@navarch/apiserver/aggregation/delegation';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import {
  failedDiscovery,
  type Finding,
  passed,
} from '@navarch/extensions/aggregation/availability';
import { decodeBase64 } from '@navarch/codec/base64';
import { integer, type Random } from '@navarch/runtime/random';
import type { HttpClient, HttpClientOptions } from '@navarch/wire/http/client';
import { discoveryOf } from './delegated-discovery.ts';
import { goErrorText } from './go-errors.ts';
import { peerOfService } from './webhook-address.ts';

export interface DelegationOptions {
  readonly read: () => ObjectReader;
  readonly random: Random;
  readonly dial: (options: HttpClientOptions) => Promise<HttpClient>;
  /** How this server proves to others that it may speak for users. PEM. */
  readonly frontProxyClient: { readonly certificate: string; readonly key: string };
}

export interface Aggregation extends Delegation {
  /** Asks a server for what it serves, and remembers that. */
  check(service: APIService, signal: AbortSignal): Promise<Finding>;
}

const apiServices = { group: 'apiregistration.k8s.io', resource: 'apiservices' };
const probeLimitMs = 5_000;
const probeBytesMax = 4 * 1024 * 1024;

export function createDelegation(options: DelegationOptions): Aggregation {
  return new Delegating(options);
}

class Delegating implements Aggregation {
  readonly #options: DelegationOptions;
  /** What servers told of themselves, by the names of API services. */
  readonly #told = new Map<string, readonly APIResourceDiscovery[]>();
  #seen = -1;
  #versions: readonly DelegatedVersion[] = [];
  #byName: ReadonlyMap<
    string,
    { readonly version: DelegatedVersion; readonly source: APIService }
  > = new Map();

  constructor(options: DelegationOptions) {
    this.#options = options;
  }

  versions(): readonly DelegatedVersion[] {
    this.#refresh();
    return this.#versions;
  }

  find(group: string, version: string): DelegatedVersion | undefined {
    this.#refresh();
    return this.#byName.size === 0 ? undefined : this.#byName.get(`${version}.${group}`)?.version;
  }

  #refresh(): void {
    const read = this.#options.read();
    const seen = read.version(apiServices);
    if (seen === this.#seen) return;
    this.#seen = seen;
    const delegated = read
      .list<APIService>(apiServices, '')
      .filter(({ spec }) => spec.service !== undefined);
    const all = delegated.map((source) => ({ source, version: this.#describe(source) }));
    this.#versions = all.map(({ version }) => version);
    this.#byName = new Map(all.map((each) => [each.source.metadata.name ?? '', each]));
    for (const name of this.#told.keys()) if (!this.#byName.has(name)) this.#told.delete(name);
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
    user: UserInfo,
  ): Promise<ApiResponse> {
    const source = this.#byName.get(`${version}.${group}`)?.source;
    if (!source) throw failure(503, 'ServiceUnavailable', 'service unavailable', undefined);
    if (request.headers['upgrade'] !== undefined) {
      const message = 'upgraded connections to aggregated servers are not served yet';
      throw failure(501, 'NotImplemented', message, undefined);
    }
    const client = await this.#connect(source);
    try {
      const body =
        'bytes' in request.body ? await request.body.bytes() : encoded(request.body.value);
      const response = await client.request({
        method: request.method,
        path: request.path + (request.query ? `?${request.query}` : ''),
        headers: { ...passedOn(request.headers), ...identityOf(user) },
        ...(body && body.length > 0 && { body }),
        signal: request.signal,
      });
      return {
        status: response.status,
        headers: answered(response.headers),
        body: { kind: 'stream', chunks: closing(response.chunks, client) },
      };
    } catch (error) {
      client.close();
      const peer = { host: serverNameOf(source), name: serverNameOf(source) };
      const message = `error trying to reach service: ${goErrorText(error, peer)}`;
      throw failure(503, 'ServiceUnavailable', message, undefined);
    }
  }

  async check(source: APIService, signal: AbortSignal): Promise<Finding> {
    const { group = '', version = '' } = source.spec;
    const path = `/apis/${group}/${version}`;
    const url = `https://${serverNameOf(source)}:${source.spec.service?.port ?? 443}${path}`;
    const fail = (text: string): Finding =>
      failedDiscovery(`failing or missing response from ${url}: ${text}`);
    try {
      const client = await this.#connect(source);
      try {
        const response = await client.request({
          method: 'GET',
          path,
          headers: { accept: 'application/json', ...identityOf(checker) },
          signal: AbortSignal.any([signal, AbortSignal.timeout(probeLimitMs)]),
        });
        const body = await response.bytes();
        const { status } = response;
        if (status < 200 || status > 299) return fail(`bad status from ${url}: ${status}`);
        this.#remember(source, body);
        return passed;
      } finally {
        client.close();
      }
    } catch (error) {
      const peer = { host: serverNameOf(source), name: serverNameOf(source) };
      return fail(`Get "${url}": ${goErrorText(error, peer)}`);
    }
  }

  #remember({ metadata: { name = '' } }: APIService, body: Uint8Array): void {
    if (body.length > probeBytesMax) return;
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

  #connect({ spec }: APIService): Promise<HttpClient> {
    const { service, caBundle = '', insecureSkipTLSVerify = false } = spec;
    const { namespace = '', name = '', port = 443 } = service ?? {};
    const { read, random, dial, frontProxyClient } = this.#options;
    const pick = (below: number): number => integer(random, below);
    const peer = peerOfService({ namespace, name, port }, read(), pick);
    return dial({
      ...peer,
      ...frontProxyClient,
      ...(insecureSkipTLSVerify && { insecure: true }),
      ...(caBundle !== '' && { authorities: new TextDecoder().decode(decodeBase64(caBundle)) }),
    });
  }
}

/** Whom availability checks are made as. */
const checker: UserInfo = { username: 'system:kube-aggregator', groups: ['system:masters'] };

function serverNameOf({ spec: { service } }: APIService): string {
  return `${service?.name ?? ''}.${service?.namespace ?? ''}.svc`;
}

function encoded(value: unknown): Uint8Array | undefined {
  return value === undefined ? undefined : new TextEncoder().encode(JSON.stringify(value));
}

/** Credentials stay here, and nobody else may say who the user is. */
const withheld =
  /^(authorization|cookie|connection|host|content-length|transfer-encoding|te|upgrade|keep-alive|proxy-.*|impersonate-.*|x-remote-.*|accept-encoding|:.*)$/u;

function passedOn(headers: ApiRequest['headers']): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !withheld.test(name)) kept[name] = value;
  }
  return kept;
}

/** Header values are lists, joined by commas: what holds one is escaped by whoever reads it as upstream does. */
function identityOf({ username, uid, groups, extra }: UserInfo): Record<string, string> {
  const headers: Record<string, string> = { 'x-remote-user': username };
  if (uid !== undefined && uid !== '') headers['x-remote-uid'] = uid;
  if (groups.length > 0) headers['x-remote-group'] = groups.join(', ');
  for (const [key, values] of Object.entries(extra ?? {})) {
    headers[`x-remote-extra-${encodeURIComponent(key).toLowerCase()}`] = values.join(', ');
  }
  return headers;
}

const notAnswered = /^(connection|keep-alive|transfer-encoding|content-length|upgrade|:.*)$/u;

function answered(
  headers: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !notAnswered.test(name)) kept[name] = value;
  }
  return kept;
}

async function* closing(
  chunks: AsyncIterable<Uint8Array>,
  client: HttpClient,
): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
  } finally {
    client.close();
  }
}
