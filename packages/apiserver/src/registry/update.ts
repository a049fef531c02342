/**
 * Changes an object, or makes it where its kind allows that. Updates, patches, subresources and the server's own writes all end
 * here: they differ in how the new object comes from the current one.
 *
 * Invariants: U1 with an embedded store and synchronous admission nothing waits between reading the current state and deciding
 * the write, so writers of one object never undo each other and never try again. U2 otherwise the store's condition fails,
 * and everything is done again from what there is then. U3 a write that changes nothing is no write: the revision stays. But what
 * the store has in another version than it would have now is written: so are objects brought from version to version.
 */
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Reservation, Warn } from '@navarch/api/extension/resource';
import type { FieldError } from '@navarch/api/field-error';
import { equalButForTimes } from '@navarch/api/managed-fields';
import { methodNotSupported, notFound } from '@navarch/api/status';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import type { Encoded } from '../request/request.ts';
import type { Entry } from '../watch-cache/entry.ts';
import { isEqual } from '../watch-cache/equal.ts';
import { objectKey } from '../watch-cache/tree.ts';
import { createObject } from './create.ts';
import { trackUpdate } from './field-managers.ts';
import { settle } from './reservation.ts';
import {
  convertAhead,
  fromRuled,
  fromStored,
  present,
  readyOf,
  toRuled,
  valueOf,
  type Resource,
} from './resource.ts';
import type { Current, Storage } from './storage.ts';
import { checkChanged, checkMayCreate, checkUid, checkVersion } from './update-checks.ts';
import { encodedValue } from './view.ts';
import {
  attributesOf,
  canonical,
  checkKeyName,
  inNamespace,
  withMetadata,
  withoutRepeatedOwners,
  type Write,
} from './write.ts';

export interface Update extends Write {
  readonly name: string;
  /** '' for the object itself. */
  readonly subresource: string;
  /**
   * The new object, of the served version, from the current one; undefined means that there is none yet. May be called again.
   * A promise only when it has to wait.
   */
  change(current: KubernetesObject | undefined): KubernetesObject | Promise<KubernetesObject>;
  /** What may change, and what must hold then. */
  readonly rules: UpdateRules;
  /** The uid that the client expects; undefined when it does not say. */
  readonly uid: string | undefined;
  /** Whether a missing object is made. */
  readonly mayCreate: boolean;
  /** Without a resourceVersion in the new object, the latest is meant; for kinds that insist on one, only when this is set. */
  readonly unconditional?: boolean;
}

export interface UpdateRules {
  readonly prepareForUpdate?: (
    submitted: KubernetesObject,
    stored: KubernetesObject,
    context: RequestContext,
  ) => KubernetesObject;
  readonly validateUpdate?: (
    object: KubernetesObject,
    stored: KubernetesObject,
    warn?: Warn,
  ) => readonly FieldError[];
  readonly warnings?: (object: KubernetesObject, stored: KubernetesObject) => readonly string[];
  readonly reserve?: (
    object: KubernetesObject,
    stored: KubernetesObject | undefined,
    context: RequestContext,
  ) => Promise<Reservation<KubernetesObject>>;
}

export interface Updated {
  readonly object: Encoded;
  readonly created: boolean;
}

export async function updateObject(resource: Resource, update: Update): Promise<Updated> {
  const { storage } = resource.stored;
  if (!storage) throw methodNotSupported(resource.groupResource, 'update');
  checkKeyName(update.name);
  const key = objectKey(update.namespace, update.name);
  let current = storage.current(key);
  for (;;) {
    update.context.signal.throwIfAborted();
    if (current.entry || update.mayCreate) checkUid(resource, storage, key, current, update.uid);
    const done = current.entry
      ? updateExisting(resource, storage, current, current.entry, update)
      : createMissing(resource, update);
    const outcome = await done;
    if (outcome.kind === 'done') return outcome.updated;
    current = outcome.current; // U2
  }
}

type Attempt =
  | { readonly kind: 'done'; readonly updated: Updated }
  | { readonly kind: 'again'; readonly current: Current };

async function createMissing(resource: Resource, update: Update): Promise<Attempt> {
  if (!update.mayCreate) throw notFound(resource.groupResource, update.name);
  const submitted = await update.change(undefined);
  if (update.client) await checkMayCreate(resource, update);
  const { resourceVersion: _, ...metadata } = submitted.metadata;
  const object = await createObject(resource, withMetadata(submitted, metadata), update);
  return { kind: 'done', updated: { object, created: true } };
}

async function updateExisting(
  resource: Resource,
  storage: Storage,
  current: Current,
  entry: Entry,
  update: Update,
): Promise<Attempt> {
  const { ruled: as } = resource;
  const { context } = update;
  const reading = readyOf(resource, entry);
  if (reading) await reading;
  const stored = valueOf(as, entry);
  const served = valueOf(resource, entry);
  const changed = update.change(served);
  let object = changed instanceof Promise ? await changed : changed;
  object = inNamespace(resource, object, update.namespace);
  if (update.client && !update.client.ownersSettled) {
    const { manager } = update.client;
    const writer = { subresource: update.subresource, manager, nowMs: context.nowMs };
    object = trackUpdate(resource, { live: served, object }, writer);
  }
  object = toRuled(resource, object);
  const admitted = admit(as, object, stored, update);
  object = admitted instanceof Promise ? await admitted : admitted;
  object = withoutRepeatedOwners(object, context, 'settled');
  checkVersion(resource, object, entry, update);
  object = prepare(object, stored, update);
  checkChanged(as, object, stored, update);
  const waiting = admitFinally(as, object, stored, update);
  if (waiting instanceof Promise) await waiting;
  for (const text of update.rules.warnings?.(object, stored) ?? []) context.warn(text);
  object = canonical(as, object, { asStored: true });
  const converting = convertAhead(resource, object, 'stored', context.services);
  if (converting) await converting;
  if (isFreed(as, object, stored)) return removeFreed(resource, storage, entry, object, update);
  if (!entry.isOutdated && isSame(fromRuled(resource, object), entry.value()))
    return unchanged(resource, current, entry); // U3
  return write(resource, storage, { current, entry, object }, update);
}

function admit(
  resource: Resource,
  object: KubernetesObject,
  oldObject: KubernetesObject,
  update: Update,
): KubernetesObject | Promise<KubernetesObject> {
  const { subresource, name } = update;
  if (!update.client || !resource.admission.concerns('UPDATE', subresource)) return object;
  const step = { operation: 'UPDATE', subresource, name, object, oldObject } as const;
  const admitted = resource.admission.mutate(attributesOf(resource, update, step), update.context);
  if (!(admitted instanceof Promise)) return admitted ?? object;
  return admitted.then((settled) => settled ?? object);
}

function admitFinally(
  resource: Resource,
  object: KubernetesObject,
  oldObject: KubernetesObject,
  update: Update,
): void | Promise<void> {
  const { subresource, name } = update;
  if (!update.client || !resource.admission.concerns('UPDATE', subresource)) return undefined;
  const step = { operation: 'UPDATE', subresource, name, object, oldObject } as const;
  return resource.admission.validate(attributesOf(resource, update, step), update.context);
}

/** Lets the kind decide what of the submitted object counts, and keeps what nobody may change. */
function prepare(
  submitted: KubernetesObject,
  stored: KubernetesObject,
  update: Update,
): KubernetesObject {
  const { generation } = stored.metadata;
  const { generation: _, selfLink: __, ...rest } = submitted.metadata;
  let object = withMetadata(submitted, generation === undefined ? rest : { ...rest, generation });
  const { prepareForUpdate } = update.rules;
  if (prepareForUpdate) object = prepareForUpdate(object, stored, update.context);
  return withMetadata(object, keptMetadata(object.metadata, stored.metadata));
}

function keptMetadata(meta: ObjectMeta, stored: ObjectMeta): ObjectMeta {
  const uid = meta.uid || stored.uid;
  const { creationTimestamp = meta.creationTimestamp, resourceVersion } = stored;
  const { deletionTimestamp = meta.deletionTimestamp } = stored;
  const deletionGracePeriodSeconds =
    meta.deletionGracePeriodSeconds ?? stored.deletionGracePeriodSeconds;
  return {
    ...meta,
    ...(uid === undefined ? undefined : { uid }),
    ...(resourceVersion === undefined ? undefined : { resourceVersion }),
    ...(creationTimestamp === undefined ? undefined : { creationTimestamp }),
    ...(deletionTimestamp === undefined ? undefined : { deletionTimestamp }),
    ...(deletionGracePeriodSeconds === undefined ? undefined : { deletionGracePeriodSeconds }),
  };
}

/** Nothing holds the object back any more, and somebody wanted it gone. */
function isFreed(resource: Resource, object: KubernetesObject, stored: KubernetesObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = stored.metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds !== 0) return false;
  if ((object.metadata.finalizers ?? []).length > 0) return false;
  return !resource.definition.holdsDeletion?.(object);
}

async function removeFreed(
  resource: Resource,
  storage: Storage,
  entry: Entry,
  object: KubernetesObject,
  update: Update,
): Promise<Attempt> {
  const removed = fromRuled(resource, object);
  await convertAhead(resource, removed, 'served', update.context.services);
  const answer = encodedValue(fromStored(resource, removed));
  if (!update.dryRun) {
    const result = await storage.remove(entry.key, entry);
    if (result.kind === 'stale') return { kind: 'again', current: result.current };
    await resource.ruled.definition.afterDelete?.(object, update.context);
  }
  return { kind: 'done', updated: { object: answer, created: false } };
}

/** When fields changed hands does not count: nothing else did then. */
function isSame(object: KubernetesObject, stored: KubernetesObject): boolean {
  const { metadata, ...rest } = object;
  const { metadata: storedMetadata, ...storedRest } = stored;
  const { resourceVersion: _, managedFields = [], ...own } = metadata;
  const { resourceVersion: __, managedFields: before = [], ...old } = storedMetadata;
  return isEqual(own, old) && isEqual(rest, storedRest) && equalButForTimes(managedFields, before);
}

async function unchanged(resource: Resource, current: Current, entry: Entry): Promise<Attempt> {
  await current.durable;
  return { kind: 'done', updated: { object: present(resource, entry), created: false } };
}

async function write(
  resource: Resource,
  storage: Storage,
  step: { readonly current: Current; readonly entry: Entry; readonly object: KubernetesObject },
  update: Update,
): Promise<Attempt> {
  const { reserve } = update.rules;
  if (!reserve) return put(resource, storage, step, update);
  const reservation = await reserve(step.object, step.entry.value(), update.context);
  const object = canonical(resource.ruled, reservation.object, { asStored: true });
  let attempt: Attempt | undefined;
  await settle(reservation, update.dryRun, async () => {
    attempt = await put(resource, storage, { ...step, object }, update);
    if (attempt.kind === 'again') throw stale;
  }).catch((error: unknown) => {
    if (error !== stale) throw error;
  });
  return attempt ?? { kind: 'again', current: storage.current(step.entry.key) };
}

/** Makes a reservation roll back when the write has to be done again. */
const stale = new Error('the object changed meanwhile');

async function put(
  resource: Resource,
  storage: Storage,
  step: { readonly current: Current; readonly entry: Entry; readonly object: KubernetesObject },
  update: Update,
): Promise<Attempt> {
  const { entry } = step;
  const object = fromRuled(resource, step.object);
  if (update.dryRun) {
    await convertAhead(resource, object, 'served', update.context.services);
    const answer = fromStored(resource, object);
    return { kind: 'done', updated: { object: encodedValue(answer), created: false } };
  }
  const result = await storage.put(entry.key, object, storage.encode(object), entry.revision);
  if (result.kind === 'stale') return { kind: 'again', current: result.current };
  return { kind: 'done', updated: { object: present(resource, result.entry), created: false } };
}
