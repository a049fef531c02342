/**
 * Carries out what connect subresources point at (logs, proxy, exec and its like): simulated nodes in this process are called, everything else is reached
 * over the network.
 */
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import type { Connector } from '@navarch/apiserver/endpoints/call';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { ConnectTarget } from '@navarch/api/extension/resource';
import { failure, serviceUnavailable } from '@navarch/api/status';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { KubeletHandler } from '@navarch/kubelet/http/handler';
import type { HttpClient, HttpClientOptions } from '@navarch/wire/http/client';
import { bracketed } from './bracketed.ts';
import { closing } from './closing.ts';
import { tunnelledProtocols, tunnelSpdy } from './sessions/spdy-tunnel.ts';
import { translate, translatedProtocol, type WantedStreams } from './sessions/translate.ts';
import { protocolsOf, tunnel, type TunnelRequest, upgradeHeaders } from './upgrade.ts';

export interface ConnectorOptions {
  readonly read: () => ObjectReader;
  /** The handler of the simulated nodes of this process, for the nodes that are theirs. */
  readonly simulated: (node: string) => KubeletHandler | undefined;
  /** Undefined where there is no network: a simulation. */
  readonly dial?: (options: HttpClientOptions) => Promise<HttpClient>;
  /** How the API server proves itself to kubelets. PEM. */
  readonly kubeletClient?: { readonly certificate: string; readonly key: string };
}

export function createConnector(options: ConnectorOptions): Connector {
  return (target, request, info) => {
    switch (target.kind) {
      case 'nothing':
        return Promise.resolve({ status: 204, headers: {}, body: { kind: 'none' } });
      case 'node':
        return connectNode(options, target, request, info.subresource);
      case 'address': {
        const url = `${target.scheme}://${bracketed(target.host)}:${target.port}`;
        return forward(options, { url, insecure: true }, target, request);
      }
    }
  };
}

type NodeTarget = Extract<ConnectTarget, { kind: 'node' }>;

async function connectNode(
  options: ConnectorOptions,
  target: NodeTarget,
  request: ApiRequest,
  subresource: string,
): Promise<ApiResponse> {
  const handler = options.simulated(target.node);
  if (handler) return askSimulated(handler, target, request);
  const node = options.read().get<Node>({ group: '', resource: 'nodes' }, '', target.node);
  const peer = kubeletOf(target.node, node, options.kubeletClient);
  const isSession = sessionSubresources.has(subresource);
  return isSession && request.upgrade !== undefined
    ? openSession(options, peer, { target, request, node })
    : forward(options, peer, target, request);
}

const sessionSubresources = new Set(['attach', 'exec', 'portforward']);

function askSimulated(
  handler: KubeletHandler,
  target: NodeTarget,
  request: ApiRequest,
): ApiResponse {
  const answer = handler({
    method: request.method,
    path: target.path,
    query: target.query,
    signal: request.signal,
  });
  const headers = { 'content-type': answer.contentType };
  if (typeof answer.body !== 'string')
    return { status: answer.status, headers, body: { kind: 'stream', chunks: answer.body } };
  if (answer.status >= 400)
    throw failure(answer.status, reasonOf(answer.status), answer.body.trim(), undefined);
  return { status: answer.status, headers, body: { kind: 'text', text: answer.body } };
}

function reasonOf(status: number): string {
  if (status === 404) return 'NotFound';
  return status === 400 ? 'BadRequest' : 'InternalError';
}

function kubeletOf(
  name: string,
  node: Node | undefined,
  client: ConnectorOptions['kubeletClient'],
): HttpClientOptions {
  const address = node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  const port = node?.status?.daemonEndpoints?.kubeletEndpoint?.Port;
  if (!address || !port) throw serviceUnavailable(`node ${name} has no address`);
  // Kubelets serve certificates that they signed themselves, as upstream's default is.
  return { url: `https://${bracketed(address)}:${port}`, insecure: true, ...client };
}

/** What kubelets declare that speak the newer WebSocket protocols themselves (KEP-4006). */
const speaksWebSocket = 'ExtendWebSocketsToKubelet';

interface Session {
  readonly target: NodeTarget;
  readonly request: ApiRequest;
  readonly node: Node | undefined;
}

/** A WebSocket that the kubelet does not speak is spoken here; everything else is passed on as it is. */
async function openSession(
  options: ConnectorOptions,
  peer: HttpClientOptions,
  { target, request, node }: Session,
): Promise<ApiResponse> {
  const { dial } = options;
  if (!dial) throw noNetwork();
  const asked = tunnelRequest(peer, target, request);
  const isPassedOn =
    request.upgrade?.toLowerCase() !== 'websocket' ||
    node?.status?.declaredFeatures?.includes(speaksWebSocket) === true;
  if (isPassedOn) return tunnel(dial, asked);
  const offered = protocolsOf(request.headers['sec-websocket-protocol']);
  const tunnelled = tunnelledProtocols(offered);
  if (tunnelled.length > 0) return tunnelSpdy(dial, asked, tunnelled);
  return offered.includes(translatedProtocol)
    ? translate(dial, asked, streamsOf(target.query))
    : tunnel(dial, asked);
}

/** As kubelets name them. */
function streamsOf(query: URLSearchParams): WantedStreams {
  return {
    stdin: query.has('input'),
    stdout: query.has('output'),
    stderr: query.has('error'),
    tty: query.has('tty'),
  };
}

function tunnelRequest(
  peer: HttpClientOptions,
  to: Destination,
  request: ApiRequest,
): TunnelRequest {
  const { method, signal } = request;
  return { peer, method, path: pathTo(to), headers: upgradeHeaders(request), signal };
}

interface Destination {
  readonly path: string;
  readonly query: URLSearchParams;
}

async function forward(
  options: ConnectorOptions,
  peer: HttpClientOptions,
  to: Destination,
  request: ApiRequest,
): Promise<ApiResponse> {
  if (!options.dial) throw noNetwork();
  if (request.upgrade !== undefined) {
    return tunnel(options.dial, tunnelRequest(peer, to, request));
  }
  const client = await options.dial(peer);
  try {
    const response = await client.request({
      method: request.method,
      path: pathTo(to),
      headers: forwarded(request.headers),
      ...('bytes' in request.body && { body: await request.body.bytes() }),
      signal: request.signal,
    });
    const headers = {
      'content-type': response.headers['content-type'] ?? 'application/octet-stream',
    };
    return {
      status: response.status,
      headers,
      body: { kind: 'stream', chunks: closing(response.chunks, client) },
    };
  } catch (error) {
    client.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw serviceUnavailable(`error trying to reach service: ${reason}`);
  }
}

function noNetwork(): Error {
  return serviceUnavailable('no connections to nodes or services');
}

function pathTo({ path, query }: Destination): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

const passedOn = ['accept', 'content-type', 'range'] as const;

function forwarded(headers: ApiRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}
