/**
 * A small API server in memory, as a transport: objects of any resource, optimistic concurrency, finalizers, selectors, pages, watches
 * that resume, expire and begin with the present state. No validation, defaults, authorization or admission. Faults are injected from
 * outside: see `FakeServer`'s methods.
 */
import { parseFieldSelector } from '@navarch/api/field-selectors';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { parseSelector } from '@navarch/api/selectors';
import { expired, notFound, StatusError, tooLargeResourceVersion } from '@navarch/api/status';
import type { Runtime } from '@navarch/runtime/runtime';
import {
  ConnectionFailed,
  type RawWatchListener,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../transport.ts';
import { type FakePath, parsePath } from './fake-path.ts';
import { eventOf, FakeStorage, freeze, withVersion } from './fake-storage.ts';
import { FakeVerbs } from './fake-verbs.ts';

/** Looks at a request first: returning an error refuses it (a StatusError) or breaks it (any other). */
export type Interceptor = (request: TransportRequest) => Error | undefined;

interface OpenWatch {
  readonly path: FakePath;
  readonly wantsBookmarks: boolean;
  readonly listener: RawWatchListener;
  stop(): void;
}

export class FakeServer implements Transport {
  readonly decodes = false;
  /** Every request in order, as `GET /api/v1/pods`; watches as `WATCH ...`. */
  readonly requests: string[] = [];
  readonly storage = new FakeStorage();
  readonly #verbs: FakeVerbs;
  readonly #watches = new Set<OpenWatch>();
  #interceptor: Interceptor | undefined;

  constructor(runtime: Runtime) {
    this.#verbs = new FakeVerbs(this.storage, runtime);
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  intercept(interceptor: Interceptor | undefined): void {
    this.#interceptor = interceptor;
  }

  /** Until `up`: every connection breaks, none can be made. */
  down(): void {
    this.#interceptor = () => new ConnectionFailed('connect ECONNREFUSED');
    this.cutWatches();
  }

  up(): void {
    this.#interceptor = undefined;
  }

  /** Breaks the connections of all watches. */
  cutWatches(): void {
    for (const watch of this.#watches) {
      watch.stop();
      watch.listener.onEnd(new ConnectionFailed('socket hang up'));
    }
  }

  /** Ends all watches in good order, as a server that stops or whose time limit is reached. */
  endWatches(): void {
    for (const watch of this.#watches) {
      watch.stop();
      watch.listener.onEnd();
    }
  }

  /** Tells watches how far the server is. */
  sendBookmarks(): void {
    for (const { path, listener, wantsBookmarks } of this.#watches) {
      if (wantsBookmarks) listener.onEvents([this.#bookmark(path, {})]);
    }
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    this.requests.push(`${request.method} ${request.path}`);
    return this.#answer(request, () => this.#dispatch(request));
  }

  async watch(request: TransportRequest, listener: RawWatchListener): Promise<TransportResponse> {
    this.requests.push(`WATCH ${request.path}`);
    return this.#answer(request, () => this.#startWatch(request, listener));
  }

  close(): Promise<void> {
    this.endWatches();
    return Promise.resolve();
  }

  async #answer(
    request: TransportRequest,
    act: () => TransportResponse,
  ): Promise<TransportResponse> {
    await Promise.resolve(); // Like any server: never within the call.
    request.signal.throwIfAborted();
    try {
      const error = this.#interceptor?.(request);
      if (error) throw error;
      return act();
    } catch (error) {
      if (error instanceof StatusError) return { status: error.code, value: freeze(error.status) };
      throw error;
    }
  }

  #dispatch(request: TransportRequest): TransportResponse {
    const path = parsePath(request.path);
    if (!path) throw notFound({ group: '', resource: '' }, request.path);
    const body = structuredClone(request.body) as KubernetesObject;
    if (request.method === 'POST') {
      const made = path.name === '' ? this.#verbs.create(path, body) : this.#verbs.act(path, body);
      return { status: 201, value: made };
    }
    return { status: 200, value: this.#read(path, request, body) };
  }

  #read(path: FakePath, request: TransportRequest, body: KubernetesObject): unknown {
    if (path.name === '') return this.#collection(path, request);
    switch (request.method) {
      case 'PUT':
        return this.#verbs.update(path, body);
      case 'PATCH':
        return this.#verbs.patch(path, request);
      case 'DELETE':
        return this.#verbs.delete(path, { ...body });
      default:
        return this.#verbs.get(path);
    }
  }

  #collection(path: FakePath, request: TransportRequest): unknown {
    const { query = {} } = request;
    const matches = matcher(path, query);
    const all = this.storage.list(path.resource).filter(matches);
    if (request.method === 'DELETE') {
      for (const { metadata } of all) {
        const { namespace = '', name = '' } = metadata;
        this.#verbs.delete({ ...path, namespace, name }, {});
      }
      return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' };
    }
    this.#checkReached(query['resourceVersion']);
    // A continue token is `version:offset`; it is as good as the version is.
    const [version, offset] = (query['continue'] ?? `${this.storage.version}:0`)
      .split(':')
      .map(Number);
    if ((version ?? 0) < this.storage.compacted)
      throw expired('The provided continue parameter is too old');
    const end = (offset ?? 0) + Number(query['limit'] ?? all.length);
    return freeze({
      metadata: {
        resourceVersion: String(version),
        ...(end < all.length && { continue: `${version}:${end}` }),
      },
      items: all.slice(offset, end),
    });
  }

  #startWatch(request: TransportRequest, listener: RawWatchListener): TransportResponse {
    const path = parsePath(request.path);
    if (!path) throw notFound({ group: '', resource: '' }, request.path);
    const { query = {}, signal } = request;
    const matches = matcher(path, query);
    const from = this.#checkReached(query['resourceVersion']);
    if (from > 0 && from < this.storage.compacted) {
      throw expired(`too old resource version: ${from} (${this.storage.compacted})`);
    }
    const unsubscribe = this.storage.subscribe((change) => {
      const event = change.resource === path.resource ? eventOf(change, matches) : undefined;
      if (event) listener.onEvents([event]);
    });
    const wantsBookmarks = query['allowWatchBookmarks'] === 'true';
    const stop = (): void => {
      unsubscribe();
      this.#watches.delete(watch);
    };
    const watch = { path, wantsBookmarks, listener, stop };
    this.#watches.add(watch);
    signal.addEventListener('abort', stop, { once: true });
    const events =
      from > 0 ? this.#since(path, from, matches) : this.#present(path, query, matches);
    if (events.length > 0) listener.onEvents(events);
    return { status: 200, value: undefined };
  }

  #since(path: FakePath, from: number, matches: (object: KubernetesObject) => boolean) {
    return this.storage.after(from).flatMap((change) => {
      const event = change.resource === path.resource ? eventOf(change, matches) : undefined;
      return event ? [event] : [];
    });
  }

  #present(
    path: FakePath,
    query: Readonly<Record<string, string>>,
    matches: (object: KubernetesObject) => boolean,
  ) {
    const present = this.storage.list(path.resource).filter(matches);
    const added = present.map((object) => ({ type: 'ADDED' as const, object }));
    if (query['sendInitialEvents'] !== 'true') return added;
    return [...added, this.#bookmark(path, { 'k8s.io/initial-events-end': 'true' })];
  }

  #bookmark(_path: FakePath, annotations: Readonly<Record<string, string>>) {
    const object = freeze(withVersion({ metadata: { annotations } }, this.storage.version));
    return { type: 'BOOKMARK' as const, object };
  }

  /** The version asked for; 0 for none. */
  #checkReached(text = '0'): number {
    const version = Number(text);
    if (version > this.storage.version)
      throw tooLargeResourceVersion(version, this.storage.version, 1);
    return version;
  }
}

function matcher(
  { namespace }: FakePath,
  query: Readonly<Record<string, string>>,
): (object: KubernetesObject) => boolean {
  const labels = parseSelector(query['labelSelector'] ?? '');
  const fields = parseFieldSelector(query['fieldSelector'] ?? '');
  return (object) =>
    (namespace === '' || object.metadata.namespace === namespace) &&
    labels.matches(object.metadata.labels) &&
    fields.matches((field) => fieldText(object, field));
}

/** Any path of the object is selectable: `spec.nodeName`, `status.phase`. */
function fieldText(object: KubernetesObject, field: string): string | undefined {
  let value: unknown = object;
  for (const name of field.split('.'))
    value = (value as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : JSON.stringify(value);
}
