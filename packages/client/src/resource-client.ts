/** The verbs of one resource, as requests. */
import type { KubernetesList, KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import { StatusError } from '@navarch/api/status';
import type { Scale } from '@navarch/api/types/autoscaling/v1';
import { type Caller, isStatus, refusal, send } from './calls.ts';
import type {
  CallOptions,
  DeleteOptions,
  GetOptions,
  ListOptions,
  ObjectName,
  Patch,
  PatchOptions,
  ResourceClient,
  WatchEvent,
  WatchListener,
  WatchOptions,
  WriteOptions,
} from './client.ts';
import {
  collectionPath,
  deleteBody,
  listQuery,
  objectPath,
  watchQuery,
  writeQuery,
} from './paths.ts';
import type { RawWatchEvent } from './transport.ts';

const patchContentTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml', // JSON is YAML: servers take it, old ones included.
} as const;

export function createResourceClient<T extends KubernetesObject>(
  caller: Caller,
  reference: ResourceReference<T>,
): ResourceClient<T> {
  return new HttpVerbs(caller, reference);
}

/** The one place that says what type an answer has: the server keeps that promise, nobody checks it. */
async function answer<Answer>(call: Promise<unknown>): Promise<Answer> {
  return (await call) as Answer;
}

class HttpVerbs<T extends KubernetesObject> implements ResourceClient<T> {
  readonly reference: ResourceReference<T>;
  readonly #caller: Caller;

  constructor(caller: Caller, reference: ResourceReference<T>) {
    this.#caller = caller;
    this.reference = reference;
  }

  get(namespace: string, name: string, options: GetOptions = {}): Promise<T> {
    const { resourceVersion, signal } = options;
    const query = resourceVersion ? { resourceVersion } : undefined;
    const path = objectPath(this.reference, namespace, name, '');
    return answer(send(this.#caller, 'GET', path, parts(signal, query)));
  }

  list(options: ListOptions = {}): Promise<KubernetesList<T>> {
    const path = collectionPath(this.reference, options.namespace ?? '');
    return answer(send(this.#caller, 'GET', path, parts(options.signal, listQuery(options))));
  }

  async watch(options: WatchOptions, listener: WatchListener<T>): Promise<void> {
    const response = await this.#caller.transport.watch(
      {
        method: 'GET',
        path: collectionPath(this.reference, options.namespace ?? ''),
        query: watchQuery(options),
        userAgent: this.#caller.userAgent,
        signal: options.signal,
      },
      {
        onEvents: (events) => listener.onEvents(typedEvents<T>(events)),
        onEnd: (error) => listener.onEnd(error),
      },
    );
    if (response.status !== 200) throw refusal(response, 'GET');
  }

  create(object: T, options: WriteOptions = {}): Promise<T> {
    const path = collectionPath(this.reference, object.metadata.namespace ?? '');
    return this.#write('POST', path, this.#typed(object), options);
  }

  update(object: T, options: WriteOptions = {}): Promise<T> {
    return this.updateSubresource('', object, options);
  }

  updateStatus(object: T, options: WriteOptions = {}): Promise<T> {
    return this.updateSubresource('status', object, options);
  }

  updateSubresource(subresource: string, object: T, options: WriteOptions = {}): Promise<T> {
    return this.#write('PUT', this.#pathOf(object, subresource), this.#typed(object), options);
  }

  patch(namespace: string, name: string, patch: Patch, options: PatchOptions = {}): Promise<T> {
    return this.#patch(objectPath(this.reference, namespace, name, ''), patch, options);
  }

  patchStatus(
    namespace: string,
    name: string,
    patch: Patch,
    options: PatchOptions = {},
  ): Promise<T> {
    return this.#patch(objectPath(this.reference, namespace, name, 'status'), patch, options);
  }

  async delete(
    namespace: string,
    name: string,
    options: DeleteOptions = {},
  ): Promise<T | undefined> {
    const path = objectPath(this.reference, namespace, name, '');
    const body = deleteBody(options);
    const value = await send(this.#caller, 'DELETE', path, withBody(options.signal, body));
    return isStatus(value) ? undefined : (value as T);
  }

  async deleteCollection(selection: ListOptions, options: DeleteOptions = {}): Promise<void> {
    const path = collectionPath(this.reference, selection.namespace ?? '');
    const body = deleteBody(options);
    const query = listQuery(selection);
    await send(this.#caller, 'DELETE', path, { ...withBody(options.signal, body), query });
  }

  createSubresource<Answer>(
    target: ObjectName & { readonly subresource: string },
    body: unknown,
    options: WriteOptions = {},
  ): Promise<Answer> {
    const { namespace, name, subresource } = target;
    const path = objectPath(this.reference, namespace, name, subresource);
    return this.#write('POST', path, body, options);
  }

  getScale(namespace: string, name: string, options: CallOptions = {}): Promise<Scale> {
    const path = objectPath(this.reference, namespace, name, 'scale');
    return answer(send(this.#caller, 'GET', path, parts(options.signal, undefined)));
  }

  updateScale(scale: Scale, options: WriteOptions = {}): Promise<Scale> {
    return this.#write('PUT', this.#pathOf(scale, 'scale'), scale, options);
  }

  #pathOf(object: KubernetesObject, subresource: string): string {
    const { namespace = '', name = '' } = object.metadata;
    return objectPath(this.reference, namespace, name, subresource);
  }

  #write<Answer>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    options: WriteOptions,
  ): Promise<Answer> {
    const query = writeQuery(options, this.#caller.fieldManager);
    return answer(send(this.#caller, method, path, { ...parts(options.signal, query), body }));
  }

  #patch(path: string, patch: Patch, options: PatchOptions): Promise<T> {
    const query = writeQuery(options, this.#caller.fieldManager);
    const contentType = patchContentTypes[patch.type];
    const body = patch.type === 'apply' ? this.#typed(patch.body) : patch.body;
    return answer(
      send(this.#caller, 'PATCH', path, { ...parts(options.signal, query), body, contentType }),
    );
  }

  /** Objects out of lists carry no kind; the server wants one. */
  #typed(body: unknown): unknown {
    if (typeof body !== 'object' || body === null || 'kind' in body) return body;
    const { group, version, kind } = this.reference;
    return { kind, apiVersion: group === '' ? version : `${group}/${version}`, ...body };
  }
}

/** Members that are undefined stay out: callees look at what is there. */
function parts(
  signal: AbortSignal | undefined,
  query: Readonly<Record<string, string>> | undefined,
) {
  return { ...(query && { query }), ...(signal && { signal }) };
}

function withBody(signal: AbortSignal | undefined, body: unknown) {
  return { ...(body !== undefined && { body }), ...(signal && { signal }) };
}

function typedEvents<T>(events: readonly RawWatchEvent[]): readonly WatchEvent<T>[] {
  // In-process batches are shared frozen values: they pass as they are unless one is an error.
  if (!events.some((event) => event.type === 'ERROR')) return events as readonly WatchEvent<T>[];
  return events.map((event) => {
    if (event.type !== 'ERROR') return event as WatchEvent<T>;
    return { type: 'ERROR', error: errorOf(event.object) };
  });
}

function errorOf(object: unknown): Error {
  return isStatus(object)
    ? new StatusError(object)
    : new Error('a watch ended with an error of an unknown form');
}
