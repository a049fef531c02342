/**
 * Carries out what connect subresources point at (logs, proxy): simulated nodes in this process are called, everything else is reached
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
  return (target, request) => {
    switch (target.kind) {
      case 'nothing':
        return Promise.resolve({ status: 204, headers: {}, body: { kind: 'none' } });
      case 'node':
        return connectNode(options, target, request);
      case 'address':
        return forward(
          options,
          { url: `${target.scheme}://${bracketed(target.host)}:${target.port}`, insecure: true },
          target,
          request,
        );
    }
  };
}

type NodeTarget = Extract<ConnectTarget, { kind: 'node' }>;

async function connectNode(
  options: ConnectorOptions,
  target: NodeTarget,
  request: ApiRequest,
): Promise<ApiResponse> {
  if (request.headers['upgrade'] !== undefined) {
    throw failure(
      501,
      'NotImplemented',
      'streams to containers (exec, attach, port-forward) are not served yet',
      undefined,
    );
  }
  const handler = options.simulated(target.node);
  if (!handler) return connectRealNode(options, target, request);
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

async function connectRealNode(
  options: ConnectorOptions,
  target: NodeTarget,
  request: ApiRequest,
): Promise<ApiResponse> {
  const node = options.read().get<Node>({ group: '', resource: 'nodes' }, '', target.node);
  const address = node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  const port = node?.status?.daemonEndpoints?.kubeletEndpoint?.Port;
  if (!address || !port) throw serviceUnavailable(`node ${target.node} has no address`);
  // Kubelets serve certificates that they signed themselves, as upstream's default is.
  return forward(
    options,
    { url: `https://${bracketed(address)}:${port}`, insecure: true, ...options.kubeletClient },
    target,
    request,
  );
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
  if (!options.dial) throw serviceUnavailable('no connections to nodes or services');
  const client = await options.dial(peer);
  const query = to.query.toString();
  try {
    const response = await client.request({
      method: request.method,
      path: to.path + (query ? `?${query}` : ''),
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

const passedOn = ['accept', 'content-type', 'range'] as const;

function forwarded(headers: ApiRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}
