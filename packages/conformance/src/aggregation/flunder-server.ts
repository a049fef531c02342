/**
 * An API server of another group, small but whole: discovery, get, list, create, delete and watch of one resource in memory, over TLS. It
 * believes what headers say of users only from who shows the front proxy's certificate.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { selfSigned } from '@navarch/cluster/pki/self-signed/node';

export const flunderGroup = 'wardle.fixtures.navarch.dev';

export interface FlunderServer {
  readonly port: number;
  /** PEM in base64. */
  readonly caBundle: string;
  /** The last requester: name, and groups as separate lines brought them. */
  lastUser(): { readonly name: string; readonly groups: readonly string[] } | undefined;
  stop(): Promise<void>;
}

interface Flunder {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly resourceVersion: string;
  };
  readonly [member: string]: unknown;
}

/** `frontProxyAuthority`: PEM of the authority of who may speak for users. */
export async function startFlunderServer(
  serverName: string,
  frontProxyAuthority: string,
): Promise<FlunderServer> {
  const pair = selfSigned({ commonName: serverName }, '127.0.0.1', Date.now());
  const flunders = new Flunders();
  let last: ReturnType<FlunderServer['lastUser']>;
  const server = createServer(
    {
      cert: pair.certificate,
      key: pair.key,
      ca: frontProxyAuthority,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      if (!(request.socket as TLSSocket).authorized) {
        response.writeHead(401).end('who passes this on?');
        return;
      }
      last = {
        name: String(request.headers['x-remote-user'] ?? ''),
        groups: request.headersDistinct['x-remote-group'] ?? [],
      };
      void flunders.answer(request, response);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    caBundle: Buffer.from(pair.certificate).toString('base64'),
    lastUser: () => last,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const base = `/apis/${flunderGroup}/v1`;
const apiVersion = `${flunderGroup}/v1`;

class Flunders {
  readonly #all = new Map<string, Flunder>();
  readonly #watchers = new Set<ServerResponse>();
  #version = 1;

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://localhost');
    if (url.pathname === base) return send(response, 200, discovery);
    const match = /^\/namespaces\/([^/]+)\/flunders(?:\/([^/]+))?$/u.exec(
      url.pathname.slice(base.length),
    );
    if (!url.pathname.startsWith(base) || !match)
      return send(response, 404, failure(404, 'NotFound'));
    const [, namespace = '', name] = match;
    if (name === undefined && request.method === 'POST') {
      return this.#create(namespace, JSON.parse(await textOf(request)) as Flunder, response);
    }
    if (name === undefined && url.searchParams.get('watch')) return this.#watch(response);
    if (name === undefined) return send(response, 200, this.#list(namespace));
    const key = `${namespace}/${name}`;
    const found = this.#all.get(key);
    if (!found)
      return send(response, 404, failure(404, 'NotFound', `flunders "${name}" not found`));
    if (request.method === 'DELETE') {
      this.#all.delete(key);
      this.#tell('DELETED', found);
    }
    return send(response, 200, found);
  }

  #list(namespace: string): object {
    const items = [...this.#all.values()].filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
    const metadata = { resourceVersion: String(this.#version) };
    return { kind: 'FlunderList', apiVersion, metadata, items };
  }

  #create(namespace: string, sent: Flunder, response: ServerResponse): void {
    const { name } = sent.metadata;
    this.#version += 1;
    const resourceVersion = String(this.#version);
    const uid = `00000000-0000-0000-0000-${resourceVersion.padStart(12, '0')}`;
    const creationTimestamp = new Date(0).toISOString().replace('.000', '');
    const metadata = { ...sent.metadata, namespace, resourceVersion, uid, creationTimestamp };
    const made = { ...sent, metadata };
    this.#all.set(`${namespace}/${name}`, made);
    this.#tell('ADDED', made);
    send(response, 201, made);
  }

  #watch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    this.#watchers.add(response);
    response.on('close', () => this.#watchers.delete(response));
  }

  #tell(type: string, object: Flunder): void {
    for (const watcher of this.#watchers) watcher.write(`${JSON.stringify({ type, object })}\n`);
  }
}

const discovery = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: apiVersion,
  resources: [
    {
      name: 'flunders',
      singularName: 'flunder',
      namespaced: true,
      kind: 'Flunder',
      verbs: ['create', 'delete', 'get', 'list', 'watch'],
      shortNames: ['fl'],
    },
  ],
};

function failure(code: number, reason: string, message = reason): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
