/**
 * The typed client: how every component reads and writes objects.
 *
 *     const client = createClient(transport, { userAgent: 'navarch-controllers' });
 *     const pod = await client.resource(pods).get('default', 'web');
 *     await client.resource(pods).update({ ...pod, metadata: { ...pod.metadata, labels: { a: 'b' } } });
 *
 * The namespace is '' for cluster scope, and in lists and watches for all namespaces. What is returned is a value: never changed in
 * place (in-process it is frozen and shared). A refusal throws `StatusError`, see `errors.ts`.
 */
import type { KubernetesList, KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import type { Scale } from '@navarch/api/types/autoscaling/v1';
import { send } from './calls.ts';
import { createResourceClient } from './resource-client.ts';
import type { Int64 } from '@navarch/api/types/scalars';
import type { Method, Transport } from './transport.ts';

export interface ClientOptions {
  /** `name/version`; the part before the slash is the field manager unless one is named. */
  readonly userAgent: string;
  /** The field manager of every write that names none. */
  readonly fieldManager?: string;
}

export interface CallOptions {
  /** Aborting rejects the call with the signal's reason; a write may have been done all the same. */
  readonly signal?: AbortSignal;
}

export interface GetOptions extends CallOptions {
  /** '' or omitted: the latest; '0': whatever a cache has; otherwise at least that one. */
  readonly resourceVersion?: string;
}

export interface WriteOptions extends CallOptions {
  /** Go through everything but the write itself. */
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
}

export interface Selection {
  /** All namespaces when '' or omitted. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface ListOptions extends Selection, CallOptions {
  readonly limit?: number;
  readonly continue?: string;
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: 'Exact' | 'NotOlderThan';
}

export interface WatchOptions extends Selection {
  /** Events after this version; '' for the present state and what follows. */
  readonly resourceVersion: string;
  readonly resourceVersionMatch?: 'NotOlderThan';
  /** Ask for bookmarks; they arrive as `BOOKMARK` events. */
  readonly allowWatchBookmarks?: boolean;
  /** Begin with the present state as `ADDED` events, then a bookmark that says so. */
  readonly sendInitialEvents?: boolean;
  /** The server ends the watch about then. */
  readonly timeoutSeconds?: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

export type WatchEvent<T> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: T }
  /** The watch cannot go on; it ends after this. */
  | { readonly type: 'ERROR'; readonly error: Error };

export interface WatchListener<T> {
  /** Events in order, those that came together in one call. May be called before `watch` resolves. Must not throw. */
  onEvents(events: readonly WatchEvent<T>[]): void;
  /** Called once when a started watch is over: by the server without `error`, by a broken connection with it. */
  onEnd(error?: Error): void;
}

/** `json`: a list of RFC 6902 operations. `merge`: RFC 7386. `apply`: the fields that the field manager wants. */
export interface Patch {
  readonly type: 'json' | 'merge' | 'strategic' | 'apply';
  readonly body: unknown;
}

export interface PatchOptions extends WriteOptions {
  /** For `apply`: take fields from other managers. */
  readonly force?: boolean;
}

export interface DeleteOptions extends CallOptions {
  readonly dryRun?: boolean;
  readonly gracePeriodSeconds?: Int64;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
}

export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** The verbs of one resource. An object's namespace and name are those in its metadata. */
export interface ResourceClient<T extends KubernetesObject> {
  readonly reference: ResourceReference<T>;
  get(namespace: string, name: string, options?: GetOptions): Promise<T>;
  list(options?: ListOptions): Promise<KubernetesList<T>>;
  /** Resolves once the watch has begun; throws when it was refused. Ends by `signal`, or says so through `onEnd`. */
  watch(options: WatchOptions, listener: WatchListener<T>): Promise<void>;
  create(object: T, options?: WriteOptions): Promise<T>;
  /** Replaces the object. With a resourceVersion in it, only if nobody changed it since. */
  update(object: T, options?: WriteOptions): Promise<T>;
  updateStatus(object: T, options?: WriteOptions): Promise<T>;
  /** As `updateStatus`, for any subresource that is the same object: `finalize`, `approval`, `resize`. */
  updateSubresource(subresource: string, object: T, options?: WriteOptions): Promise<T>;
  patch(namespace: string, name: string, patch: Patch, options?: PatchOptions): Promise<T>;
  patchStatus(namespace: string, name: string, patch: Patch, options?: PatchOptions): Promise<T>;
  /**
   * Begins the deletion. Gives the object when the server answers it (it may wait for finalizers or its grace period), undefined
   * when the server answers only that it is done.
   */
  delete(namespace: string, name: string, options?: DeleteOptions): Promise<T | undefined>;
  deleteCollection(selection: ListOptions, options?: DeleteOptions): Promise<void>;
  /** Posts to a subresource: `binding`, `eviction`, `token`. Gives what the server answers. */
  createSubresource<Answer>(
    target: ObjectName & { readonly subresource: string },
    body: unknown,
    options?: WriteOptions,
  ): Promise<Answer>;
  getScale(namespace: string, name: string, options?: CallOptions): Promise<Scale>;
  updateScale(scale: Scale, options?: WriteOptions): Promise<Scale>;
}

export interface RawRequest extends CallOptions {
  readonly method: Method;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

export interface Client {
  readonly transport: Transport;
  readonly userAgent: string;
  resource<T extends KubernetesObject>(reference: ResourceReference<T>): ResourceClient<T>;
  /** Any other path: discovery, health, logs. Gives the answer's value; throws `StatusError` for what was refused. */
  raw(request: RawRequest): Promise<unknown>;
}

export function createClient(transport: Transport, options: ClientOptions): Client {
  const caller = { transport, userAgent: options.userAgent, fieldManager: options.fieldManager };
  return {
    transport,
    userAgent: options.userAgent,
    resource: (reference) => createResourceClient(caller, reference),
    raw: ({ method, path, ...rest }) => send(caller, method, path, rest),
  };
}
