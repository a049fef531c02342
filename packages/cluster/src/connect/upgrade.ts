/**
 * Passing connections on that leave HTTP (WebSocket, SPDY): the request goes to the peer as it came, its answer comes back, and with a
 * 101 bytes flow in both directions until either side ends.
 *
 * Invariant: R1 whatever ends one side ends the other, once what is under way to it has left.
 */
import { unknownReason } from '@navarch/api/status';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import type {
  HttpClient,
  HttpClientOptions,
  HttpClientRequest,
  HttpUpgrade,
} from '@navarch/wire/http/client';
import type { Tunnel } from '@navarch/wire/http/http';
import { goErrorText } from './go-errors.ts';

export type Dial = (options: HttpClientOptions) => Promise<HttpClient>;

export interface TunnelRequest {
  readonly peer: HttpClientOptions;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Among them `connection` and `upgrade`; see `upgradeHeaders`. */
  readonly headers: HttpClientRequest['headers'];
  readonly signal: AbortSignal;
}

/** The answer to a request that has an `upgrade`, by the peer that it is passed on to. Rejects with a StatusError when there is none. */
export async function tunnel(dial: Dial, request: TunnelRequest): Promise<ApiResponse> {
  const answer = await askToUpgrade(dial, request);
  if (answer.kind === 'answered') return refusalOf(answer.response);
  return {
    status: 101,
    headers: { ...present(answer.headers), connection: 'Upgrade' },
    body: { kind: 'tunnel', run: (client) => relay(client, answer.tunnel, request.signal) },
  };
}

export async function askToUpgrade(
  dial: Dial,
  { peer, ...request }: TunnelRequest,
): Promise<HttpUpgrade> {
  try {
    return await (await dial(peer)).upgrade(request);
  } catch (error) {
    const { hostname, host } = new URL(peer.url);
    const text = goErrorText(error, { host, name: peer.serverName ?? hostname });
    throw unknownReason(`error dialing backend: ${text}`);
  }
}

type Answered = Extract<HttpUpgrade, { kind: 'answered' }>['response'];

/** What the peer says of why not is for the client; anything else that is not the other protocol is a mistake of the peer. */
export function refusalOf({ status, headers, chunks }: Answered): ApiResponse {
  if (status < 400) {
    throw unknownReason(`invalid upgrade response: status code ${status}`);
  }
  return { status, headers: present(headers), body: { kind: 'stream', chunks } };
}

const hopByHop = /^(connection|keep-alive|transfer-encoding|content-length|trailer|te)$/u;

export function present(headers: Answered['headers']): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.test(name)) kept[name] = value;
  }
  return kept;
}

/** Credentials stay here: the peer sees who passes the request on, not who asked for it. */
export const withheld =
  /^(authorization|connection|content-length|transfer-encoding|te|expect|keep-alive|proxy-.*|impersonate-.*|x-remote-.*|:.*)$/u;
const tokenProtocol = 'base64url.bearer.authorization.k8s.io.';

/** What of an upgrade request's headers is passed on. */
export function upgradeHeaders(request: ApiRequest): Record<string, string> {
  const { headers } = request;
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !withheld.test(name)) kept[name] = value;
  }
  const { 'sec-websocket-protocol': offered } = kept;
  if (offered !== undefined) kept['sec-websocket-protocol'] = protocolsOf(offered).join(',');
  kept['x-forwarded-for'] = forwardedFor(request);
  kept['connection'] = 'Upgrade';
  return kept;
}

/** The addresses that a request came from, the nearest last. */
export function forwardedFor({ headers, remoteAddress }: ApiRequest): string {
  const { 'x-forwarded-for': before } = headers;
  return before === undefined ? remoteAddress : `${before}, ${remoteAddress}`;
}

/** The subprotocols that a client offers; a token among them is for this server alone. */
export function protocolsOf(offered: string | undefined): readonly string[] {
  return (offered ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith(tokenProtocol));
}

/** What a client would speak inside of a WebSocket, or of SPDY. */
export function protocolsIn(headers: ApiRequest['headers']): readonly string[] {
  return protocolsOf(headers['sec-websocket-protocol'] ?? headers['x-stream-protocol-version']);
}

/** Resolves when both directions have ended. */
export async function relay(client: Tunnel, peer: Tunnel, signal: AbortSignal): Promise<void> {
  onAbort(signal, () => peer.end());
  await Promise.all([copy(client, peer), copy(peer, client)]);
}

/** The signal of a request tells that its client is gone, also while nobody reads what the client sends. */
export function onAbort(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

async function copy(from: Tunnel, to: Tunnel): Promise<void> {
  try {
    for await (const chunk of from.chunks) await to.write(chunk);
  } catch {
    // Either is gone: it says so on the other's side, too.
  }
  to.end(); // R1
  from.end();
}
