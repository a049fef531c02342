/**
 * Aggregation: groups and versions whose API service names another server. Requests are passed on with the requester's identity in
 * headers, over a connection that proves who passes them on.
 *
 * Invariant: G1 what another server does or does not costs only requests for its own groups: asking it for what it serves happens
 * beside requests, and they use the answer of the last time.
 */
import type { ObjectReader, UserInfo } from '@navarch/api/extension/context';
import { failure, isStatusError } from '@navarch/api/status';
import type { APIResourceDiscovery } from '@navarch/api/types/apidiscovery/v2';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import type { APIResourceList } from '@navarch/api/types/meta/v1/discovery';
import type { DelegatedVersion, Delegation } from '@navarch/apiserver/aggregation/delegation';
import { textResponse } from '@navarch/apiserver/http/answers';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import {
  failedDiscovery,
  type Finding,
  passed,
} from '@navarch/extensions/aggregation/availability';
import { decodeBase64 } from '@navarch/codec/base64';
import type { Clock } from '@navarch/runtime/clock';
import { integer, type Random } from '@navarch/runtime/random';
import type { HttpClient, HttpClientOptions } from '@navarch/wire/http/client';
import { closing } from './closing.ts';
import { discoveryOf } from './delegated-discovery.ts';
import { goErrorText } from './go-errors.ts';
import { peerOfService } from './webhook-address.ts';

export interface DelegationOptions {
  readonly read: () => ObjectReader;
  readonly random: Random;
  readonly clock: Clock;
  readonly dial: (options: HttpClientOptions) => Promise<HttpClient>;
  /** How this server proves to others that it may speak for users. PEM. */
  readonly frontProxyClient: { readonly certificate: string; readonly key: string };
}

export interface Aggregation extends Delegation {
  /** Asks a server for what it serves, and remembers that. */
  check(service: APIService, signal: AbortSignal): Promise<Finding>;
}

const apiServices = { group: 'apiregistration.k8s.io', resource: 'apiservices' };
const checkLimitMs = 5_000;
const checkBytesMax = 4 * 1024 * 1024;

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
    const delegated = read.list<APIService>(apiServices, '').filter(isDelegated);
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
    const body = 'bytes' in request.body ? await request.body.bytes() : encoded(request.body.value);
    let client: HttpClient | undefined;
    try {
      client = await this.#connect(source);
      const response = await client.request({
        method: request.method,
        path: request.path + (request.query ? `?${request.query}` : ''),
        headers: { ...passedOn(request), ...identityOf(user) },
        ...(body && body.length > 0 && { body }),
        signal: request.signal,
      });
      return {
        status: response.status,
        headers: answered(response.headers),
        body: { kind: 'stream', chunks: closing(response.chunks, client) },
      };
    } catch (error) {
      client?.close();
      if (isStatusError(error)) return textResponse(503, 'service unavailable\n');
      const peer = { host: serverNameOf(source), name: serverNameOf(source) };
      return textResponse(503, `error trying to reach service: ${goErrorText(error, peer)}\n`);
    }
  }

  async check(source: APIService, signal: AbortSignal): Promise<Finding> {
    const { group = '', version = '' } = source.spec;
    const path = `/apis/${group}/${version}`;
    const url = `https://${serverNameOf(source)}:${source.spec.service?.port ?? 443}${path}`;
    const fail = (text: string): Finding =>
      failedDiscovery(`failing or missing response from ${url}: ${text}`);
    try {
      // Whether the certificate is right is for requests: a check only asks who is there.
      const client = await this.#connect(source, { insecure: true });
      const late = new AbortController();
      const timer = this.#options.clock.after(checkLimitMs, () =>
        late.abort(new Error('context deadline exceeded')),
      );
      try {
        const response = await client.request({
          method: 'GET',
          path,
          headers: { accept: 'application/json', ...identityOf(checker) },
          signal: AbortSignal.any([signal, late.signal]),
        });
        const body = await upTo(checkBytesMax, response.chunks);
        const { status } = response;
        if (status < 200 || status > 299) return fail(`bad status from ${url}: ${status}`);
        this.#remember(source, body);
        return passed;
      } finally {
        timer.cancel();
        client.close();
      }
    } catch (error) {
      const peer = { host: serverNameOf(source), name: serverNameOf(source) };
      return fail(`Get "${url}": ${goErrorText(error, peer)}`);
    }
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

  async #connect(
    { spec }: APIService,
    { insecure = false }: { readonly insecure?: boolean } = {},
  ): Promise<HttpClient> {
    const { service, caBundle = '', insecureSkipTLSVerify = false } = spec;
    const { namespace = '', name = '', port = 443 } = service ?? {};
    const { read, random, dial, frontProxyClient } = this.#options;
    const pick = (below: number): number => integer(random, below);
    const peer = peerOfService({ namespace, name, port }, read(), pick);
    return dial({
      ...peer,
      ...frontProxyClient,
      ...((insecure || insecureSkipTLSVerify) && { insecure: true }),
      ...(caBundle !== '' && { authorities: new TextDecoder().decode(decodeBase64(caBundle)) }),
    });
  }
}

/** The core group, and the group of API services themselves, are always served here. */
function isDelegated({ spec: { service, group = '' } }: APIService): boolean {
  return service !== undefined && group !== '' && group !== apiServices.group;
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
  /^(authorization|cookie|connection|host|content-length|transfer-encoding|te|upgrade|keep-alive|proxy-.*|impersonate-.*|x-remote-.*|x-forwarded-.*|accept-encoding|:.*)$/u;

function passedOn({ headers, remoteAddress }: ApiRequest): Record<string, string> {
  const kept: Record<string, string> = { 'x-forwarded-for': remoteAddress };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !withheld.test(name)) kept[name] = value;
  }
  return kept;
}

/** One line for each group and value: whoever reads them does not split. */
function identityOf({ username, uid, groups, extra }: UserInfo): Record<string, readonly string[]> {
  const headers: Record<string, readonly string[]> = { 'x-remote-user': [utf8(username)] };
  if (uid !== undefined && uid !== '') headers['x-remote-uid'] = [utf8(uid)];
  if (groups.length > 0) headers['x-remote-group'] = groups.map(utf8);
  for (const [key, values] of Object.entries(extra ?? {})) {
    headers[`x-remote-extra-${escaped(key)}`] = values.map(utf8);
  }
  return headers;
}

/** Headers are bytes; a text's are its UTF-8. */
function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** What no header's name may hold, as in URLs. */
function escaped(key: string): string {
  return encodeURIComponent(key)
    .replaceAll(/[()]/gu, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .toLowerCase();
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

const notAnswered =
  /^(connection|keep-alive|transfer-encoding|content-length|upgrade|audit-id|cache-control|:.*)$/u;

function answered(
  headers: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !notAnswered.test(name)) kept[name] = value;
  }
  return kept;
}
