/** What the fake server does for each verb: the rules of the API that clients depend on, and no validation. */
import { nextInteger } from '@navarch/api/int64';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { applyStrategicPatch } from '@navarch/api/patch/strategic';
import { kindsOf, schemaOfKind } from '@navarch/api/schema/registry';
import {
  alreadyExists,
  conflict,
  methodNotSupported,
  modifiedMessage,
  notFound,
} from '@navarch/api/status';
import { formatTime } from '@navarch/api/time';
import { nameSuffix } from '@navarch/runtime/random';
import type { Runtime } from '@navarch/runtime/runtime';
import type { TransportRequest } from '../transport.ts';
import type { FakePath } from './fake-path.ts';
import type { FakeStorage } from './fake-storage.ts';

type Body = Readonly<Record<string, unknown>>;
/** Objects as this file changes them: any fields besides the metadata. */
type AnyObject = KubernetesObject & { readonly spec?: unknown; readonly status?: unknown };

export class FakeVerbs {
  readonly #storage: FakeStorage;
  readonly #runtime: Runtime;

  constructor(storage: FakeStorage, runtime: Runtime) {
    this.#storage = storage;
    this.#runtime = runtime;
  }

  get(path: FakePath): AnyObject {
    const found = this.#storage.get(path.resource, path.namespace, path.name);
    if (!found) throw notFound({ group: path.group, resource: path.plural }, path.name);
    return found;
  }

  create(path: FakePath, submitted: KubernetesObject): KubernetesObject {
    const { runtime, metadata } = { runtime: this.#runtime, metadata: submitted.metadata ?? {} };
    const name = metadata.name || `${metadata.generateName ?? ''}${nameSuffix(runtime.random, 5)}`;
    if (this.#storage.get(path.resource, path.namespace, name)) {
      throw alreadyExists({ group: path.group, resource: path.plural }, name);
    }
    return this.#storage.put(path.resource, {
      ...submitted,
      metadata: {
        ...metadata,
        name,
        ...(path.namespace && { namespace: path.namespace }),
        uid: runtime.random.uuid(),
        generation: 1,
        creationTimestamp: formatTime(runtime.clock.wallMs()),
      },
    });
  }

  update(path: FakePath, submitted: AnyObject): KubernetesObject {
    const stored = this.get(path);
    const version = submitted.metadata.resourceVersion;
    const isStale = version !== undefined && version !== stored.metadata.resourceVersion;
    const uid = submitted.metadata.uid;
    if (isStale || (uid !== undefined && uid !== stored.metadata.uid)) {
      throw conflict({ group: path.group, resource: path.plural }, path.name, modifiedMessage);
    }
    return this.#replace(path, stored, this.#merged(path, submitted, stored));
  }

  patch(path: FakePath, request: TransportRequest): KubernetesObject {
    if (request.contentType === 'application/json-patch+json') {
      throw methodNotSupported({ group: path.group, resource: path.plural }, 'json patch');
    }
    const stored = this.get(path);
    const isStrategic = request.contentType === 'application/strategic-merge-patch+json';
    const merge = isStrategic ? strategicPatch(path) : mergePatch;
    const patched = merge(stored, request.body) as AnyObject;
    const wanted = patched.metadata.resourceVersion;
    if (wanted !== stored.metadata.resourceVersion) {
      throw conflict({ group: path.group, resource: path.plural }, path.name, modifiedMessage);
    }
    return this.#replace(path, stored, this.#merged(path, patched, stored));
  }

  delete(path: FakePath, options: Body): KubernetesObject {
    const stored = this.get(path);
    const wanted = (options['preconditions'] ?? {}) as { uid?: string; resourceVersion?: string };
    const { uid, resourceVersion } = stored.metadata;
    if (
      (wanted.uid && wanted.uid !== uid) ||
      (wanted.resourceVersion && wanted.resourceVersion !== resourceVersion)
    ) {
      throw conflict({ group: path.group, resource: path.plural }, path.name, modifiedMessage);
    }
    if (!stored.metadata.finalizers?.length) return this.#storage.remove(path.resource, stored);
    if (stored.metadata.deletionTimestamp) return stored;
    const deletionTimestamp = formatTime(this.#runtime.clock.wallMs());
    const metadata = { ...stored.metadata, deletionTimestamp, deletionGracePeriodSeconds: 0 };
    return this.#storage.put(path.resource, { ...stored, metadata });
  }

  /** `binding` and `eviction`; others answer what was posted. */
  act(path: FakePath, submitted: KubernetesObject): unknown {
    const stored = this.get({ ...path, subresource: '' });
    if (path.subresource === 'eviction') return this.delete(path, {});
    if (path.subresource !== 'binding') return submitted;
    const { name: nodeName } = (submitted as { target?: { name?: string } }).target ?? {};
    const spec = { ...asBody(stored.spec), nodeName };
    this.#storage.put(path.resource, { ...stored, spec } as KubernetesObject);
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
  }

  /** What an update leaves of the stored object: status by the status subresource only, and nothing but it. */
  #merged(path: FakePath, submitted: AnyObject, stored: AnyObject): AnyObject {
    if (path.subresource === 'status') {
      const { labels, annotations } = submitted.metadata;
      const metadata = {
        ...stored.metadata,
        ...(labels && { labels }),
        ...(annotations && { annotations }),
      };
      return { ...stored, metadata, status: submitted.status };
    }
    const { uid, creationTimestamp, deletionTimestamp, generation = 1 } = stored.metadata;
    const hasChanged = JSON.stringify(submitted.spec) !== JSON.stringify(stored.spec);
    const metadata = {
      ...submitted.metadata,
      ...(path.namespace && { namespace: path.namespace }),
      ...(uid && { uid }),
      ...(creationTimestamp && { creationTimestamp }),
      ...(deletionTimestamp && { deletionTimestamp }),
      generation: hasChanged ? nextInteger(generation) : generation,
    };
    const { status: _, ...rest } = submitted;
    const status = stored.status === undefined ? {} : { status: stored.status };
    return { ...rest, metadata, ...status };
  }

  #replace(path: FakePath, stored: AnyObject, next: AnyObject): KubernetesObject {
    const { resourceVersion } = stored.metadata;
    const unchanged = { ...next, metadata: { ...next.metadata, resourceVersion } };
    if (canonical(unchanged) === canonical(stored)) return stored;
    const isGone = next.metadata.deletionTimestamp && !next.metadata.finalizers?.length;
    return isGone
      ? this.#storage.remove(path.resource, next)
      : this.#storage.put(path.resource, next);
  }
}

type Merge = (target: unknown, patch: unknown) => unknown;

/** By the schema of the resource's kind; as RFC 7386 says when it is none of ours. */
function strategicPatch({ group, version, plural }: FakePath): Merge {
  const kinds = kindsOf(group === '' ? version : `${group}/${version}`);
  const kind = kinds.find((name) => `${name.toLowerCase()}s` === plural);
  const schema = kind === undefined ? undefined : schemaOfKind(group, version, kind);
  if (schema === undefined) return mergePatch;
  return (target, patch) =>
    applyStrategicPatch(schema, { ...asBody(target) }, asBody(structuredClone(patch)));
}

/** RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isBody(patch)) return patch;
  const merged: Record<string, unknown> = { ...asBody(target) };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else if (value !== undefined) merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

function asBody(value: unknown): Body {
  return isBody(value) ? value : {};
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isBody(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
