/**
 * Carries out what connect subresources point at (logs, proxy, exec and its like): simulated nodes in this process are called, everything else is reached
 * over the network.
 */
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import type { Connector } from '@navarch/apiserver/endpoints/call';
import type { RequestInfo } from '@navarch/apiserver/request/route';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { ConnectTarget } from '@navarch/api/extension/resource';
import {
  badRequest,
  failure,
  notFound,
  serviceUnavailable,
  unknownReason,
} from '@navarch/api/status';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { KubeletHandler } from '@navarch/kubelet/http/handler';
import type { HttpClientOptions } from '@navarch/wire/http/client';
import { bracketed } from '../bracketed.ts';
import { readLog } from './log.ts';
import { proxy } from '../proxy.ts';
import { tunnelledProtocols, tunnelSpdy } from './sessions/spdy-tunnel.ts';
import { translate, translatedProtocol, type WantedStreams } from './sessions/translate.ts';
import {
  type Dial,
  protocolsIn,
  protocolsOf,
  tunnel,
  type TunnelRequest,
  upgradeHeaders,
} from '../upgrade.ts';

export interface ConnectorOptions {
  readonly read: () => ObjectReader;
  /** The handler of the simulated nodes of this process, for the nodes that are theirs. */
  readonly simulated: (node: string) => KubeletHandler | undefined;
  /** Undefined where there is no network: a simulation. */
  readonly dial?: Dial;
  /** How the API server proves itself to kubelets. PEM. */
  readonly kubeletClient?: { readonly certificate: string; readonly key: string };
}

export function createConnector(options: ConnectorOptions): Connector {
  return (target, request, info) => {
    switch (target.kind) {
      case 'nothing':
        return Promise.resolve({ status: 204, headers: {}, body: { kind: 'none' } });
      case 'node':
        return connectNode(options, target, request, info);
      case 'address': {
        const url = `${target.scheme}://${bracketed(target.host)}:${target.port}`;
        const to = { peer: { url, insecure: true }, rest: info.rest };
        return proxy(dialOf(options), to, request);
      }
    }
  };
}

type NodeTarget = Extract<ConnectTarget, { kind: 'node' }>;

async function connectNode(
  options: ConnectorOptions,
  target: NodeTarget,
  request: ApiRequest,
  { subresource, rest, name }: RequestInfo,
): Promise<ApiResponse> {
  const handler = options.simulated(target.node);
  if (handler) return askSimulated(handler, target, request);
  const dial = dialOf(options);
  const node = options.read().get<Node>(nodes, '', target.node);
  const peer = kubeletOf(target.node, node, options.kubeletClient);
  switch (subresource) {
    case 'attach':
    case 'exec':
    case 'portforward':
      return openSession(dial, peer, { target, request, node });
    case 'proxy':
      return proxy(dial, { peer, rest }, request);
    default:
      // Whoever asks for a log by WebSocket is answered by one here: the kubelet has none.
      return readLog(dial, { peer, path: pathTo(target), pod: name }, request);
  }
}

function askSimulated(
  handler: KubeletHandler,
  target: NodeTarget,
  request: ApiRequest,
): ApiResponse {
  const answer = handler({
    method: request.method,
    path: target.path.startsWith('/') ? target.path : `/${target.path}`,
    query: target.query,
    signal: request.signal,
    ...(request.upgrade !== undefined && {
      upgrade: { to: request.upgrade, protocols: protocolsIn(request.headers) },
    }),
  });
  if (answer.session) {
    const { session } = answer;
    return session.kind === 'tunnel'
      ? { status: 101, headers: session.headers, body: session }
      : { status: 101, headers: {}, body: session };
  }
  const headers = { 'content-type': answer.contentType };
  if (typeof answer.body !== 'string')
    return { status: answer.status, headers, body: { kind: 'stream', chunks: answer.body } };
  if (answer.status >= 400)
    throw failure(answer.status, reasonOf(answer.status), answer.body.trim(), undefined);
  const { status, body: text } = answer;
  if (request.upgrade === undefined) return { status, headers, body: { kind: 'text', text } };
  return { status, headers, body: { kind: 'stream', chunks: oneChunk(text) } };
}

async function* oneChunk(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function reasonOf(status: number): string {
  if (status === 404) return 'NotFound';
  if (status === 403) return 'Forbidden';
  return status === 400 ? 'BadRequest' : 'InternalError';
}

/** The preferred first. */
const addressTypes = [
  'InternalIP',
  'InternalDNS',
  'ExternalIP',
  'ExternalDNS',
  'Hostname',
] as const;

const kubeletPortDefault = 10_250;
const nodes = { group: '', resource: 'nodes' };

function kubeletOf(
  name: string,
  node: Node | undefined,
  client: ConnectorOptions['kubeletClient'],
): HttpClientOptions {
  if (!node) throw notFound(nodes, name);
  const { addresses = [], daemonEndpoints } = node.status ?? {};
  const [address] = addressTypes.flatMap((wanted) =>
    addresses.flatMap((each) => (each.type === wanted ? [each.address] : [])),
  );
  if (address === undefined) {
    const known = addresses.map((each) => `{${each.type} ${each.address}}`).join(' ');
    throw unknownReason(`no preferred addresses found; known addresses: [${known}]`);
  }
  const port = daemonEndpoints?.kubeletEndpoint?.Port || kubeletPortDefault;
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
  dial: Dial,
  peer: HttpClientOptions,
  { target, request, node }: Session,
): Promise<ApiResponse> {
  const { method, signal, upgrade } = request;
  if (upgrade === undefined) throw badRequest('Upgrade request required');
  const headers = upgradeHeaders(request);
  const asked: TunnelRequest = { peer, method, path: pathTo(target), headers, signal };
  const isPassedOn =
    upgrade.toLowerCase() !== 'websocket' ||
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

function dialOf({ dial }: ConnectorOptions): Dial {
  if (!dial) throw serviceUnavailable('no connections to nodes or services');
  return dial;
}

function pathTo({ path, query }: NodeTarget): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
