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
  /** The groups of a requester, as separate lines brought them the last time; undefined when it never asked. */
  groupsOf(user: string): readonly string[] | undefined;
  /** How many TLS connections were made to it by who may speak for users. */
  connections(): number;
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
  const groups = new Map<string, readonly string[]>();
  const connections = new Set<TLSSocket>();
  const server = createServer(
    {
      cert: pair.certificate,
      key: pair.key,
      ca: frontProxyAuthority,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      const socket = request.socket as TLSSocket;
      if (!socket.authorized) {
        response.writeHead(401).end('who passes this on?');
        return;
      }
      connections.add(socket);
      const user = String(request.headers['x-remote-user'] ?? '');
      groups.set(user, request.headersDistinct['x-remote-group'] ?? []);
      void flunders.answer(request, response);
    },
  );
  server.on('upgrade', (request, socket) => {
    const who = String(request.headers['x-remote-user'] ?? 'nobody');
    socket.on('error', () => {});
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\nX-For: ${who}\r\n\r\n`,
    );
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    caBundle: Buffer.from(pair.certificate).toString('base64'),
    groupsOf: (user) => groups.get(user),
    connections: () => connections.size,
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
  /** By what they hear of: a namespace, or '' for all. */
  readonly #watchers = new Map<ServerResponse, string>();
  #version = 1;

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://localhost');
    if (url.pathname === base) return send(response, 200, discovery);
    const document = openApi[url.pathname];
    if (document) return sendDocument(request, response, document);
    const match = /^(?:\/namespaces\/([^/]+))?\/flunders(?:\/([^/]+))?$/u.exec(
      url.pathname.slice(base.length),
    );
    if (!url.pathname.startsWith(base) || !match)
      return send(response, 404, failure(404, 'NotFound'));
    const [, namespace = '', name] = match;
    if (name === undefined && request.method === 'POST') {
      return this.#create(namespace, JSON.parse(await textOf(request)) as Flunder, response);
    }
    if (name === undefined && url.searchParams.get('watch'))
      return this.#watch(namespace, response);
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
      ({ metadata }) => namespace === '' || metadata.namespace === namespace,
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

  #watch(namespace: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    this.#watchers.set(response, namespace);
    response.on('close', () => this.#watchers.delete(response));
  }

  #tell(type: string, object: Flunder): void {
    for (const [watcher, namespace] of this.#watchers) {
      if (namespace !== '' && namespace !== object.metadata.namespace) continue;
      watcher.write(`${JSON.stringify({ type, object })}\n`);
    }
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

const schemaPath = `/openapi/v3/apis/${flunderGroup}/v1`;
const list = `${base}/namespaces/{namespace}/flunders`;
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const kind = { group: flunderGroup, version: 'v1', kind: 'Flunder' };

/** `references`: the beginning of a reference to another type of the document. */
function flunderType(references: string): object {
  return {
    description: 'A flunder is what this server is about.',
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: `${references}${meta}` },
      spec: { type: 'object' },
    },
    'x-kubernetes-group-version-kind': [kind],
  };
}

const listOperation = {
  'x-kubernetes-action': 'list',
  'x-kubernetes-group-version-kind': kind,
};

/** Its ObjectMeta is another one than that of the server in front; one of its paths is not its own. */
const openApi: Readonly<Record<string, object>> = {
  '/openapi/v2': {
    swagger: '2.0',
    info: { title: 'flunders', version: 'v1' },
    paths: {
      [list]: {
        get: {
          ...listOperation,
          responses: { 200: { schema: { $ref: '#/definitions/example.Flunder' } } },
        },
      },
      '/api/v1/pods': {},
    },
    definitions: {
      'example.Flunder': flunderType('#/definitions/'),
      [meta]: { type: 'object' },
    },
  },
  '/openapi/v3': {
    paths: {
      [`apis/${flunderGroup}/v1`]: { serverRelativeURL: `${schemaPath}?hash=F1` },
      version: { serverRelativeURL: '/openapi/v3/version?hash=F1' },
    },
  },
  [schemaPath]: {
    openapi: '3.0.0',
    info: { title: 'flunders', version: 'v1' },
    paths: { [list]: { get: { ...listOperation, responses: {} } } },
    components: {
      schemas: {
        'example.Flunder': flunderType('#/components/schemas/'),
        [meta]: { type: 'object' },
      },
    },
  },
};

function sendDocument(request: IncomingMessage, response: ServerResponse, document: object): void {
  const etag = '"F1"';
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  response
    .writeHead(200, { 'content-type': 'application/json', etag })
    .end(JSON.stringify(document));
}

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
