/**
 * For tests of whole controllers: the real API server with its standing objects, admission and RBAC, in memory and under a virtual clock,
 * and those controllers that the test names, each with the rights of its own service account.
 */
import type { UserInfo } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { pods, type ResourceReference } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { type ApiServer, startApiServer } from '@navarch/apiserver/server';
import { type Client, createClient } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import { createInformers } from '@navarch/client/informer';
import { createInProcessTransport } from '@navarch/client/in-process';
import {
  ConnectionFailed,
  type RawWatchListener,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '@navarch/client/transport';
import { admissionPlugins } from '@navarch/kinds/admission/admission-order';
import { createRbacAuthorizer } from '@navarch/kinds/authorize/rbac/authorizer';
import { apiServicePriorities } from '@navarch/kinds/bootstrap/api-services';
import { applyBootstrap } from '@navarch/kinds/bootstrap/apply';
import { builtinResources } from '@navarch/kinds/index';
import { Lifetime } from '@navarch/runtime/lifetime';
import { createVirtualRuntime, type VirtualRuntime } from '@navarch/runtime/testing';
import { createMemoryStore } from '@navarch/store/memory';
import type { ControllerDefinition } from './controller.ts';
import { startControllers } from './start.ts';

export interface World {
  readonly runtime: VirtualRuntime;
  /** An administrator's client. */
  readonly client: Client;
  /** Calls that were refused to controllers, as `replicaset-controller: message`. */
  readonly refusals: readonly string[];
  /** Everything that controllers asked for, as `GET /api/v1/pods`. */
  readonly requests: readonly string[];
  /** Breaks connections between controllers and the server. */
  readonly faults: Faults;
  /** Lets time pass until the call is answered. */
  perform<T>(call: Promise<T>): Promise<T>;
  create<T extends KubernetesObject>(of: ResourceReference<T>, object: T): Promise<T>;
  /** In the order of their names. */
  list<T extends KubernetesObject>(of: ResourceReference<T>, namespace?: string): Promise<T[]>;
  /** Undefined when there is none. */
  find<T extends KubernetesObject>(
    of: ResourceReference<T>,
    namespace: string,
    name: string,
  ): Promise<T | undefined>;
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** What may happen to one request. `answer lost`: it is done, and nobody hears of it. */
export type Fault = 'none' | 'not sent' | 'answer lost';

export interface Faults {
  /** Asked about each request, such as `GET /api/v1/pods` or `WATCH /api/v1/pods`. */
  next: (request: string) => Fault;
  cutWatches(): void;
}

const serviceClusterIpRanges = ['10.96.0.0/16'];

export async function startWorld(only: readonly ControllerDefinition[], seed = 1): Promise<World> {
  const runtime = createVirtualRuntime(seed);
  const lifetime = new Lifetime(runtime.log);
  const server = await drive(runtime, startServer(runtime));
  await drive(runtime, server.ready);
  const recording = new Recording();
  const clientFor = (user: UserInfo): Client =>
    createClient(recording.of(createInProcessTransport(server.localServer, user), user), {
      userAgent: 'test',
    });
  const admin = { username: 'admin', groups: ['system:masters', authenticated] };
  const client = createClient(createInProcessTransport(server.localServer, admin), {
    userAgent: 'test',
  });
  const manager = clientFor({
    username: 'system:kube-controller-manager',
    groups: [authenticated],
  });
  startControllers({
    runtime,
    lifetime,
    informers: createInformers(manager, runtime, lifetime),
    clientFor: (name) => clientFor(serviceAccount(name)),
    rootCertificates: 'PEM',
    only,
  });
  const perform = <T>(call: Promise<T>): Promise<T> => drive(runtime, call);
  await runtime.clock.advance(100);
  return {
    runtime,
    client,
    refusals: recording.refusals,
    requests: recording.requests,
    faults: recording,
    perform,
    create: (of, object) => perform(client.resource(of).create(object)),
    list: async (of, namespace = '') => [
      ...(await perform(client.resource(of).list({ namespace }))).items,
    ],
    find: async (of, namespace, name) => {
      const { items } = await perform(client.resource(of).list({ namespace }));
      return items.find(({ metadata }) => metadata.name === name);
    },
    pass: (ms) => runtime.clock.advance(ms),
    stop: async () => {
      await drive(runtime, lifetime.stop());
      await drive(runtime, server.stop());
    },
  };
}

const authenticated = 'system:authenticated';

function serviceAccount(name: string): UserInfo {
  return {
    username: `system:serviceaccount:kube-system:${name}`,
    groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', authenticated],
  };
}

function startServer(runtime: VirtualRuntime): Promise<ApiServer> {
  return startApiServer({
    runtime,
    store: createMemoryStore(runtime),
    definitions: builtinResources,
    discoveryPriorities: apiServicePriorities,
    admissionPlugins: admissionPlugins({ enabled: [], disabled: ['ServiceAccount'] }),
    authorizers: [createRbacAuthorizer()],
    issuer: 'https://kubernetes.default.svc',
    version: {
      major: '1',
      minor: '36',
      text: 'v1.36.2',
      platform: 'linux/amd64',
    },
    serviceClusterIpRanges,
    serviceNodePortRange: { first: 30_000, last: 32_767 },
    bootstrap: (access) =>
      applyBootstrap(access, { serviceClusterIpRanges, nowMs: runtime.clock.wallMs() }),
  });
}

/** Sits between controllers and the server: notes what passes, and loses some of it when told to. */
class Recording implements Faults {
  readonly refusals: string[] = [];
  readonly requests: string[] = [];
  next: (request: string) => Fault = () => 'none';
  readonly #watches = new Set<() => void>();

  of(transport: Transport, { username }: UserInfo): Transport {
    return {
      ...transport,
      request: async (request) => {
        const text = `${request.method} ${request.path}`;
        this.requests.push(text);
        const fault = this.next(text);
        if (fault === 'not sent') throw new ConnectionFailed('connect ECONNREFUSED');
        const answer = await transport.request(request);
        if (fault === 'answer lost') throw new ConnectionFailed('socket hang up');
        this.#noteRefusal(username, answer);
        return answer;
      },
      watch: (request, listener) => this.#watch(transport, request, listener),
    };
  }

  cutWatches(): void {
    for (const cut of this.#watches) cut();
  }

  async #watch(
    transport: Transport,
    request: TransportRequest,
    listener: RawWatchListener,
  ): Promise<TransportResponse> {
    if (this.next(`WATCH ${request.path}`) !== 'none')
      throw new ConnectionFailed('connect ECONNREFUSED');
    const abort = new AbortController();
    const cut = (): void => {
      this.#watches.delete(cut);
      abort.abort();
      listener.onEnd(new ConnectionFailed('socket hang up'));
    };
    request.signal.addEventListener('abort', () => {
      this.#watches.delete(cut);
      abort.abort();
    });
    this.#watches.add(cut);
    return transport.watch({ ...request, signal: abort.signal }, listener);
  }

  /** A controller that is refused something goes on trying quietly: tests look here. */
  #noteRefusal(username: string, { status, value }: TransportResponse): void {
    if (status !== 403 || typeof value !== 'object' || value === null) return;
    const message = 'message' in value ? String(value.message) : '';
    if (message.includes('because it is being terminated')) return;
    this.refusals.push(`${username.split(':').at(-1)}: ${message}`);
  }
}

/** Lets the virtual world run until `work` settles. */
async function drive<T>(runtime: VirtualRuntime, work: Promise<T>): Promise<T> {
  let settled = false;
  const done = work.finally(() => (settled = true));
  done.catch(() => undefined); // Whoever awaits the result below hears of it.
  await runtime.clock.advanceUntil(() => settled, 60_000, 5);
  if (!settled) throw new Error('no answer within a virtual minute');
  return done;
}

/** Plays the kubelet: every pod that is not on its way out runs and is ready. Gives how many changed. */
export async function makeReady(world: World, namespace = 'default'): Promise<number> {
  const all = await world.list(pods, namespace);
  const waiting = all.filter(
    (pod) => !pod.metadata.deletionTimestamp && pod.status?.phase !== 'Running',
  );
  for (const [index, pod] of waiting.entries()) {
    const status = runningStatus(world, `10.0.0.${index + 1}`);
    try {
      await world.perform(world.client.resource(pods).updateStatus({ ...pod, status }));
    } catch (error) {
      if (!isNotFound(error)) throw error; // Removed meanwhile.
    }
  }
  await world.pass(50);
  return waiting.length;
}

export function runningStatus({ runtime }: World, podIP: string): NonNullable<Pod['status']> {
  const lastTransitionTime = formatTime(runtime.clock.wallMs());
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }],
  };
}
