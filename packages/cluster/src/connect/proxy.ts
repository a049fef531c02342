/**
 * Requests to pods, services and nodes that are passed on as they are, headers and all, piece by piece; what comes back is changed
 * only so that its links to itself lead through the proxy again.
 */
import { serviceUnavailable } from '@navarch/api/status';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import type { HttpClient, HttpClientOptions, HttpClientResponse } from '@navarch/wire/http/client';
import { closing } from './closing.ts';
import { goErrorText } from './go-errors.ts';
import { passedBody } from './passed-body.ts';
import { encoded, type ProxiedPlace, throughProxy } from './proxy/links.ts';
import { isPage, withLinks } from './proxy/page.ts';
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
  return withQuery(encoded(`/${rest ?? ''}`), query);
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}

async function pass(
  dial: Dial,
  { peer, rest = '' }: ProxyTarget,
  request: ApiRequest,
): Promise<ApiResponse> {
  const { body, headers: length } = await passedBody(request);
  let client: HttpClient | undefined;
  try {
    client = await dial(peer);
    const response = await client.request({
      method: request.method,
      path: pathTo(rest, request),
      headers: { ...passedOn(request), ...length },
      ...(body !== undefined && { body }),
      signal: request.signal,
    });
    const place = placeOf(peer, request, rest);
    return answerOf({ ...response, chunks: closing(response.chunks, client) }, request, place);
  } catch (error) {
    client?.close();
    const { host, hostname } = new URL(peer.url);
    const text = goErrorText(error, { host, name: hostname });
    throw serviceUnavailable(`error trying to reach service: ${text}`);
  }
}

/** Its links to itself lead through the proxy again: where it sends its client, or else those of a page. */
function answerOf(
  { status, headers: given, chunks }: HttpClientResponse,
  { method }: ApiRequest,
  place: ProxiedPlace,
): ApiResponse {
  const headers = present(given);
  for (const name of Object.keys(headers)) {
    if (name.startsWith(':') || crossOrigin.has(name)) delete headers[name];
  }
  const { location, 'content-encoding': coding = '' } = headers;
  const rewrite = (link: string): string => throughProxy(link, place);
  if (location === undefined && method !== 'HEAD' && isPage(headers)) {
    return {
      status,
      headers,
      body: { kind: 'stream', chunks: withLinks(chunks, coding, rewrite) },
    };
  }
  if (location !== undefined) headers['location'] = rewrite(location);
  const { 'content-length': length } = given; // Nothing changes it.
  if (length !== undefined) headers['content-length'] = length;
  return { status, headers, body: { kind: 'stream', chunks } };
}

/** Whether other origins may read an answer is not for those behind the proxy to say. */
const crossOrigin = new Set([
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
]);

function passedOn(request: ApiRequest): Record<string, string> {
  const { headers } = request;
  const kept: Record<string, string> = {};
  // What is said of a connection ends with it.
  const ofConnection = (headers['connection'] ?? '').toLowerCase().split(/[\s,]+/);
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || withheld.test(name) || name === 'upgrade') continue;
    if (!ofConnection.includes(name)) kept[name] = value;
  }
  const host = hostOf(request);
  if (host !== undefined) kept['host'] = host;
  kept['x-forwarded-for'] = forwardedFor(request);
  kept['x-forwarded-uri'] = request.path;
  return kept;
}

/** Where the peer is, and where a client of the proxy sees it. */
function placeOf(peer: HttpClientOptions, request: ApiRequest, rest: string): ProxiedPlace {
  const askedHost = hostOf(request) ?? '';
  return { host: new URL(peer.url).host, askedHost, prefix: proxyPath(request.path, rest) };
}

/** HTTP/2 has another name for it. */
function hostOf({ headers }: ApiRequest): string | undefined {
  return headers['host'] ?? headers[':authority'];
}

/** The path up to the proxy; what follows it was decoded when it was found, and so is this. */
function proxyPath(path: string, rest: string): string {
  const whole = decodeURIComponent(path);
  const following = `/${rest}`;
  return whole.endsWith(following) ? whole.slice(0, -following.length) : whole;
}
