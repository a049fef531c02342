/** Who owns which fields: sets metadata.managedFields as a client's write leaves it. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { managedFieldsForCreate, managedFieldsForUpdate } from '@navarch/api/managed-fields';
import type { FieldSet } from '@navarch/api/managed-fields/field-set';
import { applyConfiguration, type Applied } from '@navarch/api/patch/apply/apply';
import { checkConfiguration } from '@navarch/api/patch/apply/check';
import type { StructSchema } from '@navarch/api/schema/schema';
import type { ManagedFieldsEntry } from '@navarch/api/types/meta/v1/object';
import { formatTime } from '@navarch/api/time';
import { inVersion, type Resource } from './resource.ts';
import { withMetadata } from './write.ts';

export function trackCreate(
  resource: Resource,
  object: KubernetesObject,
  manager: string,
  nowMs: number,
): KubernetesObject {
  const entries = managedFieldsForCreate({
    ...writerOf(resource, '', manager, nowMs),
    schema: resource.form.schema,
    object: { ...object },
  });
  return withEntries(object, entries);
}

/** What is posted to a subresource is of a kind of its own. */
export function trackAction(
  schema: StructSchema,
  object: KubernetesObject,
  writer: {
    readonly manager: string;
    readonly apiVersion: string;
    readonly subresource: string;
    readonly nowMs: number;
  },
): KubernetesObject {
  const { nowMs, ...rest } = writer;
  const write = { ...rest, time: formatTime(nowMs), schema, object: { ...object } };
  return withEntries(object, managedFieldsForCreate(write));
}

export function trackUpdate(
  resource: Resource,
  change: { readonly live: KubernetesObject; readonly object: KubernetesObject },
  writer: { readonly subresource: string; readonly manager: string; readonly nowMs: number },
): KubernetesObject {
  if (!fitsEverywhere(resource, change.object)) return withEntries(change.object, []);
  const entries = managedFieldsForUpdate({
    ...writerOf(resource, writer.subresource, writer.manager, writer.nowMs),
    schema: resource.form.schema,
    live: { ...change.live },
    updated: withResetFields(change, resetFieldsOf(resource, writer.subresource)),
    convert: (apiVersion) => pairIn(resource, apiVersion, change),
  });
  return withEntries(change.object, entries);
}

/**
 * Whether the object has only what all versions know that own something of it. Upstream cannot tell otherwise what changed in such a
 * version, and forgets who owns what.
 */
function fitsEverywhere(resource: Resource, object: KubernetesObject): boolean {
  if (!resource.form.custom || resource.versions.size < 2) return true;
  const versions = new Set(object.metadata.managedFields?.map(({ apiVersion }) => apiVersion));
  versions.delete(resource.apiVersion);
  return [...versions].every((apiVersion = '') => {
    const schema = resource.versions.get(apiVersion)?.form.schema;
    return !schema || checkConfiguration(schema, { ...object, apiVersion }).length === 0;
  });
}

function pairIn(
  resource: Resource,
  apiVersion: string,
  { live, object }: { readonly live: KubernetesObject; readonly object: KubernetesObject },
) {
  const other = inVersion(resource, apiVersion);
  if (!other) return undefined;
  const { schema } = other;
  const from = (members: Members): Members => other.from(members);
  return { schema, live: from({ ...live }), updated: from({ ...object }) };
}

/** The current object with a configuration applied, and its managed fields as that leaves them. Neither is decoded yet. */
export function applyTo(
  resource: Resource,
  current: KubernetesObject | undefined,
  config: Members,
  writer: {
    readonly subresource: string;
    readonly manager: string;
    readonly nowMs: number;
    readonly force: boolean;
    readonly mayTake?: FieldSet;
  },
): Applied {
  const { subresource, manager, nowMs, ...rest } = writer;
  return applyConfiguration({
    ...writerOf(resource, subresource, manager, nowMs),
    ...rest,
    schema: resource.form.schema,
    live: current && { ...current },
    config,
    otherVersion: (apiVersion) => inVersion(resource, apiVersion),
  });
}

/** What this kind of write does not change, whatever is sent, must not look as if it were removed. */
function withResetFields(
  { live, object }: { readonly live: KubernetesObject; readonly object: KubernetesObject },
  resetFields: readonly string[] | undefined,
): Members {
  let updated: Members = { ...object };
  for (const path of resetFields ?? []) updated = copyField(updated, { ...live }, path.split('.'));
  return updated;
}

type Members = Readonly<Record<string, unknown>>;

function copyField(target: Members, source: Members, path: readonly string[]): Members {
  const [name = '', ...rest] = path;
  const there = source[name];
  if (rest.length === 0) {
    const { [name]: _, ...others } = target;
    return there === undefined ? others : { ...others, [name]: there };
  }
  const inner = copyField(membersOf(target[name]), membersOf(there), rest);
  if (Object.keys(inner).length === 0 && target[name] === undefined) return target;
  return { ...target, [name]: inner };
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function writerOf(resource: Resource, subresource: string, manager: string, nowMs: number) {
  const resetFields = resetFieldsOf(resource, subresource);
  return {
    manager,
    apiVersion: resource.apiVersion,
    subresource,
    time: formatTime(nowMs),
    ...(resetFields && { resetFields }),
  };
}

function resetFieldsOf(resource: Resource, subresource: string): readonly string[] | undefined {
  const { definition } = resource;
  if (subresource === '') return definition.resetFields;
  const found = definition.subresources?.find(({ name }) => name === subresource);
  return found?.type === 'object' ? found.resetFields : undefined;
}

function withEntries(
  object: KubernetesObject,
  entries: readonly ManagedFieldsEntry[],
): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata;
  if (entries.length === 0) return withMetadata(object, metadata);
  return withMetadata(object, { ...metadata, managedFields: entries });
}
