/** Writes that the server makes itself: everything is validated, nothing is admitted, authorized or owned. */
import type {
  ObjectReader,
  ObjectWriter,
  RequestContext,
  ResourceName,
  ServerServices,
  UserInfo,
} from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { applyStaticDefaults } from '@navarch/api/schema/default';
import type { Draft } from '@navarch/api/types/scalars';
import { notFound } from '@navarch/api/status';
import { cloneJson } from '../endpoints/clone.ts';
import type { Runtime } from '@navarch/runtime/runtime';
import { checkDeleteOptions } from '../request/delete-options.ts';
import type { ResourceTable } from './assemble.ts';
import { createObject } from './create.ts';
import { deleteObject } from './delete.ts';
import type { Resource } from './resource.ts';
import { updateObject } from './update.ts';
import { canonical } from './write.ts';

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
  const resourceOf = ({ group, resource }: ResourceName): Resource => {
    const found = table.findStored(group, resource)?.stored;
    if (!found) throw notFound({ group, resource }, '');
    return found;
  };
  const writer: ObjectWriter = {
    create: async <T extends KubernetesObject>(
      of: ResourceName,
      object: T,
      options: { dryRun: boolean },
    ) => {
      const resource = resourceOf(of);
      const write = {
        namespace: object.metadata.namespace ?? '',
        context: context(options.dryRun),
        dryRun: options.dryRun,
        client: undefined,
      };
      const created = await createObject(resource, withDefaults(resource, object), write);
      return created.value() as T;
    },
    update: async <T extends KubernetesObject>(
      of: ResourceName,
      namespace: string,
      name: string,
      change: (current: T) => T,
      options: { dryRun: boolean },
    ) => {
      const resource = resourceOf(of);
      const updated = await updateObject(resource, {
        namespace,
        name,
        subresource: '',
        context: context(options.dryRun),
        dryRun: options.dryRun,
        client: undefined,
        change: (current) => withoutVersion(change(current as T)),
        // The kind's rules for what an update may change are for clients.
        rules: {},
        uid: undefined,
        mayCreate: false,
        unconditional: true,
      });
      return updated.object.value() as T;
    },
    remove: async (of, namespace, name, options) => {
      const { preconditions, gracePeriodSeconds, propagationPolicy, dryRun } = options;
      const body = {
        ...(preconditions && { preconditions }),
        ...(gracePeriodSeconds === undefined ? undefined : { gracePeriodSeconds }),
        ...(propagationPolicy === undefined ? undefined : { propagationPolicy }),
        dryRun: dryRun ? ['All'] : [],
      };
      await deleteObject(resourceOf(of), {
        namespace,
        name,
        options: checkDeleteOptions(body),
        context: context(dryRun),
        dryRun,
        client: undefined,
      });
    },
  };
  const context = (dryRun: boolean): RequestContext => ({
    user: serverUser,
    userAgent: 'apiserver',
    dryRun,
    nowMs: parts.runtime.clock.wallMs(),
    read: parts.reader,
    write: writer,
    services: parts.services,
    signal: neverAborted,
    warn: () => undefined,
  });
  return writer;
}

const neverAborted = new AbortController().signal;

function withDefaults(resource: Resource, object: KubernetesObject): KubernetesObject {
  const { kind } = resource.definition;
  const draft = cloneJson({ ...object, kind, apiVersion: resource.apiVersion });
  applyStaticDefaults(resource.schema, draft as Record<string, unknown>);
  resource.definition.setDefaults?.(draft as Draft<KubernetesObject>);
  return canonical(resource, draft as KubernetesObject, { asStored: false });
}

function withoutVersion<T extends KubernetesObject>(object: T): T {
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
