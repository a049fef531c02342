/** Writes that the server makes itself: everything new is validated, nothing is admitted, authorized or owned. */
import type {
  ObjectReader,
  ObjectWriter,
  RemoveOptions,
  RequestContext,
  ResourceName,
  ServerServices,
  UserInfo,
  WriteOptions,
} from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { notFound } from '@navarch/api/status';
import type { Runtime } from '@navarch/runtime/runtime';
import { cloneJson } from '../endpoints/clone.ts';
import { checkDeleteOptions, type DeleteOptions } from '../request/delete-options.ts';
import type { ResourceTable } from './assemble.ts';
import { createObject } from './create.ts';
import { deleteObject } from './delete.ts';
import { trackUpdate } from './field-managers.ts';
import type { Resource } from './resource.ts';
import { updateObject } from './update.ts';
import type { Write } from './write.ts';

interface WriterParts {
  readonly runtime: Runtime;
  readonly services: ServerServices;
  readonly reader: ObjectReader;
}

/** Who the server is to itself. */
const serverUser: UserInfo = Object.freeze({
  username: 'system:apiserver',
  groups: Object.freeze(['system:masters', 'system:authenticated']),
});

export function createWriter(table: ResourceTable, parts: WriterParts): ObjectWriter {
  return new RegistryWriter(table, parts) as ObjectWriter;
}

/** `ObjectWriter` without its types: whoever writes a resource knows of which type it is. */
class RegistryWriter {
  readonly #table: ResourceTable;
  readonly #parts: WriterParts;
  /** What the server does for itself ends with the server. */
  readonly #signal = new AbortController().signal;

  constructor(table: ResourceTable, parts: WriterParts) {
    this.#table = table;
    this.#parts = parts;
  }

  async create(
    of: ResourceName,
    object: KubernetesObject,
    { dryRun }: WriteOptions,
  ): Promise<KubernetesObject> {
    const resource = this.#resourceOf(of);
    const write = this.#write(object.metadata.namespace ?? '', dryRun);
    const created = await createObject(resource, withDefaults(resource, object), write);
    return created.value();
  }

  async update(
    of: ResourceName,
    namespace: string,
    name: string,
    change: (current: KubernetesObject) => KubernetesObject,
    { dryRun, owner }: WriteOptions,
  ): Promise<KubernetesObject> {
    const resource = this.#resourceOf(of);
    const write = this.#write(namespace, dryRun);
    const updated = await updateObject(resource, {
      ...write,
      name,
      subresource: '',
      change: (current) => {
        const live = required(resource, name, current);
        const object = withoutVersion(change(live));
        if (!owner) return object;
        const { nowMs } = write.context;
        return trackUpdate(resource, { live, object }, { ...owner, nowMs });
      },
      // The kind's rules for what an update may change are for clients.
      rules: {},
      uid: undefined,
      mayCreate: false,
      unconditional: true,
    });
    return updated.object.value();
  }

  async remove(
    of: ResourceName,
    namespace: string,
    name: string,
    options: RemoveOptions,
  ): Promise<void> {
    await deleteObject(this.#resourceOf(of), {
      ...this.#write(namespace, options.dryRun),
      name,
      options: deleteOptions(options),
    });
  }

  #resourceOf({ group, resource }: ResourceName): Resource {
    const found = this.#table.findStored(group, resource)?.stored;
    if (!found) throw notFound({ group, resource }, '');
    return found;
  }

  #write(namespace: string, dryRun: boolean): Write {
    return { namespace, dryRun, context: this.#context(dryRun), client: undefined };
  }

  #context(dryRun: boolean): RequestContext {
    const { runtime, reader, services } = this.#parts;
    return {
      user: serverUser,
      userAgent: 'apiserver',
      dryRun,
      nowMs: runtime.clock.wallMs(),
      read: reader,
      write: this as ObjectWriter,
      services,
      signal: this.#signal,
      warn: () => undefined,
    };
  }
}

function withDefaults(resource: Resource, object: KubernetesObject): KubernetesObject {
  const { kind } = resource.definition;
  const typed = { ...object, kind, apiVersion: resource.apiVersion };
  return resource.form.complete(cloneJson(typed) as Record<string, unknown>);
}

function required(
  resource: Resource,
  name: string,
  current: KubernetesObject | undefined,
): KubernetesObject {
  if (!current) throw notFound(resource.groupResource, name);
  return current;
}

function withoutVersion(object: KubernetesObject): KubernetesObject {
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function deleteOptions(options: RemoveOptions): DeleteOptions {
  const { preconditions, gracePeriodSeconds, propagationPolicy, dryRun } = options;
  return checkDeleteOptions({
    ...(preconditions && { preconditions }),
    ...(gracePeriodSeconds === undefined ? undefined : { gracePeriodSeconds }),
    ...(propagationPolicy === undefined ? undefined : { propagationPolicy }),
    dryRun: dryRun ? ['All'] : [],
  });
}
