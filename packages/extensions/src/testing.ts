/** For tests of what acts inside the API server: the real one, in memory and under a virtual clock, with that and nothing else. */
import type { LocalResponse } from '@navarch/api/extension/local-server';
import type { ApiResponse } from '@navarch/apiserver/request/request';
import { type ApiServer, startApiServer } from '@navarch/apiserver/server';
import { createClient } from '@navarch/client/client';
import { createInProcessTransport } from '@navarch/client/in-process';
import { createInformers } from '@navarch/client/informer';
import { apiServicePriorities } from '@navarch/kinds/bootstrap/api-services';
import { applyBootstrap } from '@navarch/kinds/bootstrap/apply';
import { builtinResources } from '@navarch/kinds/index';
import { Lifetime } from '@navarch/runtime/lifetime';
import { createVirtualRuntime, type VirtualRuntime } from '@navarch/runtime/testing';
import { createMemoryStore } from '@navarch/store/memory';
import type { Store } from '@navarch/store/store';
import { serveEstablished, startCustomResources } from './crd/start.ts';
import type { ServedDefinitions } from './crd/served.ts';

export interface TestServer {
  readonly runtime: VirtualRuntime;
  readonly store: Store;
  readonly server: ApiServer;
  /** As an administrator; `path` with its query. */
  call(method: Method, path: string, body?: unknown, contentType?: string): Promise<Answer>;
  /** The same over bytes, as a client elsewhere sees it: what is sent, and the text of the answer. */
  send(
    method: Method,
    path: string,
    text?: string,
    contentType?: string,
    accept?: string,
  ): Promise<string>;
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Answer extends LocalResponse {
  readonly value: Readonly<Record<string, unknown>>;
}

const admin = { username: 'admin', groups: ['system:masters', 'system:authenticated'] };
/** The same, as clients elsewhere prove it. */
const certificate = {
  commonName: admin.username,
  organizations: ['system:masters'],
  raw: new Uint8Array(),
  sha256: '',
  validFromMs: 0,
  validToMs: Number.MAX_SAFE_INTEGER,
};
const serviceClusterIpRanges = ['10.96.0.0/16'];

/** With a store of its own, or one that another server wrote. */
export async function startTestServer(
  given?: Pick<TestServer, 'runtime' | 'store'>,
): Promise<TestServer> {
  const runtime = given?.runtime ?? createVirtualRuntime(1);
  const store = given?.store ?? createMemoryStore(runtime);
  const lifetime = new Lifetime(runtime.log);
  const late: { served?: ServedDefinitions } = {};
  const server = await drive(runtime, start(runtime, store, late));
  await drive(runtime, server.ready);
  const client = createClient(createInProcessTransport(server.localServer, admin), {
    userAgent: 'kube-apiserver',
  });
  const informers = createInformers(client, runtime, lifetime);
  const { resources } = server;
  const { served } = late;
  if (!served) throw new Error('the server is ready before definitions are served');
  startCustomResources({ runtime, lifetime, client, informers, resources, served });
  await runtime.clock.advance(100);
  return {
    runtime,
    store,
    server,
    call: (method, url, body, contentType) => {
      const { pathname, searchParams } = new URL(url, 'http://test');
      const asked = server.localServer.request({
        method,
        path: pathname,
        query: Object.fromEntries(searchParams),
        body,
        ...(contentType !== undefined && { contentType }),
        user: admin,
        userAgent: 'test',
        signal: lifetime.signal,
      });
      return drive(runtime, asked) as Promise<Answer>;
    },
    send: async (method, url, text = '', contentType, accept = 'application/json') => {
      const [path = '', query = ''] = url.split('?');
      const answered = server.handle({
        method,
        path,
        query,
        headers: { accept, ...(contentType !== undefined && { 'content-type': contentType }) },
        body: { bytes: () => Promise.resolve(new TextEncoder().encode(text)) },
        identity: { certificate },
        remoteAddress: '',
        signal: lifetime.signal,
      });
      return textOf((await drive(runtime, answered)).body);
    },
    pass: (ms) => runtime.clock.advance(ms),
    stop: async () => {
      await drive(runtime, lifetime.stop());
      await drive(runtime, server.stop());
    },
  };
}

function start(
  runtime: VirtualRuntime,
  store: Store,
  late: { served?: ServedDefinitions },
): Promise<ApiServer> {
  return startApiServer({
    runtime,
    store,
    definitions: builtinResources,
    discoveryPriorities: apiServicePriorities,
    admissionPlugins: [],
    authorizers: [{ authorize: () => ({ decision: 'allow', reason: '' }) }],
    issuer: 'https://kubernetes.default.svc',
    version: { major: '1', minor: '36', text: 'v1.36.2', platform: 'linux/amd64' },
    serviceClusterIpRanges,
    serviceNodePortRange: { first: 30_000, last: 32_767 },
    bootstrap: async (access) => {
      late.served = await serveEstablished(access.resources);
      await applyBootstrap(access, { serviceClusterIpRanges, nowMs: runtime.clock.wallMs() });
    },
  });
}

/** Lets time pass until the work is done. */
async function drive<T>(runtime: VirtualRuntime, work: Promise<T>): Promise<T> {
  let settled = false;
  const done = work.finally(() => (settled = true));
  done.catch(() => undefined); // Whoever awaits the result below hears of it.
  await runtime.clock.advanceUntil(() => settled, 60_000, 5);
  if (!settled) throw new Error('no answer within a virtual minute');
  return done;
}

function textOf(body: ApiResponse['body']): string {
  switch (body.kind) {
    case 'bytes':
      return new TextDecoder().decode(body.bytes);
    case 'object':
      return new TextDecoder().decode(body.object.json());
    case 'list':
      return [...body.chunks()].map((chunk) => new TextDecoder().decode(chunk)).join('');
    case 'text':
      return body.text;
    default:
      return '';
  }
}

/** What a controller is given that works with such a server, until the lifetime stops. */
export function controllerParts({ runtime, server }: Pick<TestServer, 'runtime' | 'server'>) {
  const lifetime = new Lifetime(runtime.log);
  const client = createClient(createInProcessTransport(server.localServer, controller), {
    userAgent: 'test',
  });
  return { runtime, lifetime, client, informers: createInformers(client, runtime, lifetime) };
}

const controller = { username: 'controller', groups: ['system:masters'] };
