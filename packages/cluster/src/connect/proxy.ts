/**
 * Requests to pods, services and nodes that are passed on as they are, headers and all; what comes back is changed only so that its
 * links to itself lead through the proxy again.
 */
import { serviceUnavailable } from '@navarch/api/status';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import type { HttpClient, HttpClientOptions } from '@navarch/wire/http/client';
import { closing } from './closing.ts';
import { goErrorText } from './go-errors.ts';
import { type Dial, forwardedFor, present, tunnel, upgradeHeaders, withheld } from './upgrade.ts';

export interface ProxyTarget {
  readonly peer: HttpClientOptions;
  /** What followed the subresource; undefined when nothing did, not even a slash. */
  readonly rest: string | undefined;
}

export function proxy(
  dial: Dial,
  { peer, rest }: ProxyTarget,
  request: ApiRequest,
): Promise<ApiResponse> {
  const { method, signal } = request;
  if (request.upgrade !== undefined) {
    const path = pathTo(rest, request);
    return tunnel(dial, { peer, method, path, headers: upgradeHeaders(request), signal });
  }
  if (rest === undefined && (method === 'GET' || method === 'HEAD')) {
    // Relative links of a page lead to the right place only below a slash.
    const headers = { location: withQuery(`${request.path}/`, request.query) };
    return Promise.resolve({ status: 301, headers, body: { kind: 'none' } });
  }
  return pass(dial, { peer, rest }, request);
}

/** What followed was decoded when it was found. */
function pathTo(rest: string | undefined, { query }: ApiRequest): string {
  const path = encodeURI(`/${rest ?? ''}`)
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23');
  return withQuery(path, query);
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}

async function pass(
  dial: Dial,
  { peer, rest = '' }: ProxyTarget,
  request: ApiRequest,
): Promise<ApiResponse> {
  const body = 'bytes' in request.body ? await request.body.bytes() : undefined;
  let client: HttpClient | undefined;
  try {
    client = await dial(peer);
    const response = await client.request({
      method: request.method,
      path: pathTo(rest, request),
      headers: passedOn(request),
      ...(body && body.byteLength > 0 && { body }),
      signal: request.signal,
    });
    const headers = present(response.headers);
    for (const name of Object.keys(headers)) {
      if (name.startsWith(':') || crossOrigin.has(name)) delete headers[name];
    }
    const { location } = headers;
    if (location !== undefined) headers['location'] = throughProxy(location, peer, request, rest);
    const { status } = response;
    return { status, headers, body: { kind: 'stream', chunks: closing(response.chunks, client) } };
  } catch (error) {
    client?.close();
    const { host, hostname } = new URL(peer.url);
    const text = goErrorText(error, { host, name: hostname });
    throw serviceUnavailable(`error trying to reach service: ${text}`);
  }
}

/** Whether other origins may read an answer is not for those behind the proxy to say. */
const crossOrigin = new Set([
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
]);

function passedOn(request: ApiRequest): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !withheld.test(name) && name !== 'upgrade') kept[name] = value;
  }
  kept['x-forwarded-for'] = forwardedFor(request);
  kept['x-forwarded-uri'] = request.path;
  return kept;
}

/** A link to the peer itself, as a client of the proxy has to follow it. */
export function throughProxy(
  location: string,
  peer: HttpClientOptions,
  { path, headers }: Pick<ApiRequest, 'path' | 'headers'>,
  rest: string,
): string {
  const base = new URL(peer.url);
  if (!location.startsWith('/') && !URL.canParse(location)) return location; // Relative to the page.
  const url = new URL(location, base);
  if (url.host !== base.host && url.host !== headers['host']) return location;
  const prefix = proxyPath(path, rest);
  const shown = `${url.pathname}${url.search}${url.hash}`;
  return url.pathname.startsWith(prefix) ? shown : `${prefix}${shown}`;
}

/** The path up to the proxy; what follows it was decoded since. */
function proxyPath(path: string, rest: string): string {
  if (rest === '' && !path.endsWith('/')) return path;
  return path.split('/').slice(0, -rest.split('/').length).join('/');
}
