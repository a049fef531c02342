/** A registry with a few kinds over a store in memory, under a virtual clock: what tests need to talk to resources. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ServerServices, UserInfo } from '@navarch/api/extension/context';
import type { LocalServer } from '@navarch/api/extension/local-server';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { createVirtualRuntime, type VirtualRuntime } from '@navarch/runtime/testing';
import { integer, nameSuffix, type Random } from '@navarch/runtime/random';
import { createMemoryStore } from '@navarch/store/memory';
import type { Store } from '@navarch/store/store';
import { createLocalServer } from './local/local-server.ts';
import { createResources, type Resources } from './registry/resources.ts';
import { createChain } from './request/chain.ts';
import type { ApiRequest, ApiResponse, RequestHandler } from './request/request.ts';
import { testDefinitions } from './testing/definitions.ts';

export { testDefinitions } from './testing/definitions.ts';

export interface TestRegistry {
  readonly runtime: VirtualRuntime;
  readonly store: Store;
  readonly resources: Resources;
  readonly handle: RequestHandler;
  readonly localServer: LocalServer;
  /** Sends a request as HTTP would and reads the answer; time goes on by itself until it is there. */
  send(method: string, url: string, options?: SendOptions): Promise<TestAnswer>;
  stop(): Promise<void>;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text as it is. */
  readonly body?: unknown;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  /** The text as JSON; undefined when it is none. */
  readonly json: Record<string, unknown> | undefined;
}

export interface TestRegistryOptions {
  readonly definitions?: readonly ResourceDefinition[];
  readonly admission?: readonly AdmissionPlugin[];
  /** Goes on with what an earlier registry left. */
  readonly store?: Store;
  /** Puts something between the registry and its store, such as a disk that fails. */
  readonly wrapStore?: (store: Store) => Store;
  readonly seed?: number;
}

export const testUser: UserInfo = { username: 'tester', groups: ['system:masters'] };

export async function startTestRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const runtime = createVirtualRuntime(options.seed);
  const whole = options.store ?? createMemoryStore(runtime);
  const store = options.wrapStore?.(whole) ?? whole;
  const resources = createResources({
    definitions: options.definitions ?? testDefinitions,
    admission: options.admission ?? [],
    services: testServices(runtime.random),
    store,
    runtime,
  });
  await settled(runtime, resources.ready());
  const handle = createChain({
    dispatch: ({ request, info }) => resources.handle(request, info, userOf(request)),
  });
  return {
    runtime,
    store,
    resources,
    handle,
    localServer: createLocalServer(handle),
    send: (method, url, sent) => settled(runtime, send(handle, method, url, sent ?? {})),
    stop: () => resources.stop(),
  };
}

/** Lets the virtual world run until `promise` is settled. */
export async function settled<T>(runtime: VirtualRuntime, promise: Promise<T>): Promise<T> {
  const state = { isDone: false };
  const done = promise.finally(() => {
    state.isDone = true;
  });
  // The caller gets the rejection from `done`; here it must not count as unhandled.
  done.catch(() => undefined);
  await runtime.clock.settle();
  for (let turns = 0; turns < 1000 && !state.isDone; turns++) await runtime.clock.settle();
  if (!state.isDone) throw new Error('a request waits for time to pass');
  return done;
}

function userOf(request: ApiRequest): UserInfo {
  return 'user' in request.identity ? request.identity.user : testUser;
}

async function send(
  handle: RequestHandler,
  method: string,
  url: string,
  { headers = {}, body }: SendOptions,
): Promise<TestAnswer> {
  const [path = '', query = ''] = url.split('?');
  const text = typeof body === 'string' || body === undefined ? (body ?? '') : JSON.stringify(body);
  const response = await handle({
    method,
    path,
    query,
    headers: { 'user-agent': 'test/1.0', ...headers },
    body: { bytes: () => Promise.resolve(Buffer.from(text)) },
    identity: { certificate: undefined },
    remoteAddress: '',
    signal: new AbortController().signal,
  });
  return answerOf(response);
}

function answerOf({ status, headers, body }: ApiResponse): TestAnswer {
  const bytes = bytesOf(body);
  const text = Buffer.from(bytes).toString();
  let json: Record<string, unknown> | undefined;
  try {
    json = JSON.parse(text) as Record<string, unknown>;
  } catch {
    json = undefined;
  }
  return { status, headers, text, bytes, json };
}

function bytesOf(body: ApiResponse['body']): Uint8Array {
  switch (body.kind) {
    case 'none':
    case 'watch':
    case 'stream':
    case 'tunnel':
    case 'webSocket':
      return new Uint8Array();
    case 'text':
      return Buffer.from(body.text);
    case 'bytes':
      return body.bytes;
    case 'object':
      return body.object.json();
    case 'list':
      return Buffer.concat([...body.chunks()]);
    default:
      return body satisfies never;
  }
}

/** Facilities that answer as if everything were allowed and nothing known. */
export function testServices(random: Random): ServerServices {
  return {
    random: {
      nameSuffix: (length) => nameSuffix(random, length),
      uuid: () => random.uuid(),
      integer: (below) => integer(random, below),
    },
    authorize: () => Promise.resolve({ decision: 'allow', reason: '' }),
    rulesFor: () => ({ resourceRules: [], nonResourceRules: [], incomplete: false }),
    authenticateToken: () => Promise.resolve(undefined),
    signServiceAccountToken: () => Promise.resolve('token'),
    serviceClusterIpRanges: ['10.96.0.0/12'],
    serviceNodePortRange: { first: 30_000, last: 32_767 },
  };
}
