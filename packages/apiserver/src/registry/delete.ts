/**
 * Deletes one object: at once, after a grace period, or when its finalizers let go of it.
 *
 * Invariants:
 * X1 what is removed is what was looked at: the store's condition fails otherwise, and it is looked at again.
 * X2 an object that we marked to be gone at once may be removed by whoever heard of the mark first: it is gone then, as asked.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { conflict, methodNotSupported, notFound, type Status } from '@navarch/api/status';
import type { DeleteOptions } from '../request/delete-options.ts';
import type { Encoded } from '../request/request.ts';
import type { Entry } from '../watch-cache/entry.ts';
import { objectKey } from '../watch-cache/tree.ts';
import { isEqual } from '../watch-cache/equal.ts';
import { planDeletion } from './deletion.ts';
import { convertAhead, fromStored, present, readyOf, valueOf, type Resource } from './resource.ts';
import type { Current, Storage } from './storage.ts';
import { encodedValue } from './view.ts';
import { attributesOf, canonical, checkKeyName, type Write } from './write.ts';

export interface Delete extends Write {
  readonly name: string;
  readonly options: DeleteOptions;
  /** One of many: plugins are not told its name, as upstream does not. */
  readonly ofCollection?: boolean;
}

export interface Deleted {
  /** The object as it is now, or as it was; what the client is told when its kind answers with objects. */
  readonly object: Encoded;
  /** Whether it is gone, rather than marked. */
  readonly removed: boolean;
}

export async function deleteObject(resource: Resource, request: Delete): Promise<Deleted> {
  const { storage } = resource.stored;
  if (!storage) throw methodNotSupported(resource.groupResource, 'delete');
  checkKeyName(request.name);
  const key = objectKey(request.namespace, request.name);
  let current = storage.current(key);
  let admitted = false;
  let marked: Entry | undefined;
  for (;;) {
    request.context.signal.throwIfAborted();
    const { entry } = current;
    if (marked && !isSame(marked, entry)) {
      await current.durable;
      return { object: present(resource, marked), removed: true }; // X2
    }
    if (!entry) throw await missing(resource, current, request.name);
    const reading = readyOf(resource.ruled, entry);
    if (reading) await reading;
    const object = valueOf(resource.ruled, entry);
    checkPreconditions(resource, object, request.options);
    if (!admitted) {
      const waiting = admit(resource.ruled, object, request);
      if (waiting instanceof Promise) await waiting;
      resource.stored.definition.refuseDeletion?.(object, request.context);
      admitted = true;
    }
    const outcome = await attempt(resource, storage, { current, entry }, request);
    if (outcome.kind === 'done') return outcome.deleted;
    current = outcome.current; // X1
    marked ??= outcome.marked;
  }
}

function isSame(marked: Entry, entry: Entry | undefined): boolean {
  return entry?.value().metadata.uid === marked.value().metadata.uid;
}

/** An object whose removal is decided is gone, but nobody is told before that is durable. */
async function missing(resource: Resource, current: Current, name: string): Promise<Error> {
  await current.durable;
  return notFound(resource.groupResource, name);
}

function checkPreconditions(
  resource: Resource,
  object: KubernetesObject,
  options: DeleteOptions,
): void {
  const { uid = '', resourceVersion = '', name = '' } = object.metadata;
  const { definition } = resource.stored;
  const { group, kind, plural } = definition;
  if (options.uid !== undefined && options.uid !== uid) {
    const held = `Precondition failed: UID in precondition: ${options.uid}, UID in object meta: ${uid}`;
    if (definition.beginDeletion) throw conflict({ group, resource: plural }, name, held);
    const message = `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`;
    throw conflict({ group, resource: kind }, name, message);
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    const held = `Precondition failed: ResourceVersion in precondition: ${options.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`;
    if (definition.beginDeletion) throw conflict({ group, resource: plural }, name, held);
    const message = `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`;
    throw conflict({ group, resource: kind }, name, message);
  }
}

function admit(
  resource: Resource,
  oldObject: KubernetesObject,
  request: Delete,
): void | Promise<void> {
  if (!request.client || !resource.admission.concerns('DELETE', '')) return undefined;
  const step = {
    operation: 'DELETE',
    subresource: '',
    name: request.ofCollection ? '' : request.name,
    object: undefined,
    oldObject,
  } as const;
  const attributes = attributesOf(resource, request, step);
  const mutated = resource.admission.mutate(attributes, request.context);
  if (!(mutated instanceof Promise))
    return resource.admission.validate(attributes, request.context);
  return mutated.then(() => resource.admission.validate(attributes, request.context));
}

const stored = { asStored: true } as const;

type Attempt =
  | { readonly kind: 'done'; readonly deleted: Deleted }
  | { readonly kind: 'again'; readonly current: Current; readonly marked?: Entry };

interface Step {
  readonly current: Current;
  readonly entry: Entry;
}

async function attempt(
  resource: Resource,
  storage: Storage,
  step: Step,
  request: Delete,
): Promise<Attempt> {
  const { definition } = resource.stored;
  const { entry } = step;
  const plan = planDeletion(entry.value(), request.options, definition, request.context.nowMs);
  switch (plan.kind) {
    case 'pending':
      await step.current.durable;
      return done(present(resource, entry), false);
    case 'remove':
      return remove(resource, storage, entry, request);
    case 'mark':
      return mark(
        resource,
        storage,
        { ...step, marked: plan.object, removes: plan.thenRemove },
        request,
      );
    default:
      return plan satisfies never;
  }
}

function done(object: Encoded, removed: boolean): Attempt {
  return { kind: 'done', deleted: { object, removed } };
}

async function remove(
  resource: Resource,
  storage: Storage,
  entry: Entry,
  request: Delete,
): Promise<Attempt> {
  if (request.dryRun) return done(present(resource, entry), true);
  const result = await storage.remove(entry.key, entry);
  if (result.kind === 'stale') return { kind: 'again', current: result.current };
  await resource.stored.definition.afterDelete?.(entry.value(), request.context);
  return done(present(resource, result.entry), true);
}

async function mark(
  resource: Resource,
  storage: Storage,
  step: Step & { readonly marked: KubernetesObject; readonly removes: boolean },
  request: Delete,
): Promise<Attempt> {
  const { entry } = step;
  const object = canonical(resource.stored, step.marked, stored);
  if (request.dryRun) {
    await convertAhead(resource, object, 'served', request.context.services);
    return done(encodedValue(fromStored(resource, object)), step.removes);
  }
  if (isEqual(object, canonical(resource.stored, entry.value(), stored))) {
    if (step.removes) return remove(resource, storage, entry, request);
    await step.current.durable;
    return done(present(resource, entry), false);
  }
  const result = await storage.put(entry.key, object, storage.encode(object), entry.revision);
  if (result.kind === 'stale') return { kind: 'again', current: result.current };
  if (!step.removes) return done(present(resource, result.entry), false);
  const removal = await remove(resource, storage, result.entry, request);
  return removal.kind === 'again' ? { ...removal, marked: result.entry } : removal;
}

/** What a client is told about an object that is gone, where its kind does not answer with objects. */
export function deletedStatus(resource: Resource, object: KubernetesObject): Status {
  const { group, plural } = resource.definition;
  const { name = '', uid } = object.metadata;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(group === '' ? undefined : { group }),
      kind: plural,
      ...(uid === undefined ? undefined : { uid }),
    },
  };
}
