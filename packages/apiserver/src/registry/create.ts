/**
 * Makes a new object. The order of the steps is upstream's, and clients depend on it: what admission sees, which error comes
 * first, what a dry run still does.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Reservation, ResourceDefinition } from '@navarch/api/extension/resource';
import {
  alreadyExists,
  failure,
  generateNameConflict,
  invalid,
  isStatusError,
  methodNotSupported,
  unknownReason,
} from '@navarch/api/status';
import { formatTime } from '@navarch/api/time';
import { limits } from '@navarch/runtime/limits';
import { noRevision } from '@navarch/store/store';
import type { Encoded } from '../request/request.ts';
import { objectKey } from '../watch-cache/tree.ts';
import { trackCreate } from './field-managers.ts';
import { finalizerErrors, metadataErrors } from './metadata-rules.ts';
import {
  convertAhead,
  fromRuled,
  fromStored,
  present,
  toRuled,
  type Resource,
} from './resource.ts';
import { settle } from './reservation.ts';
import type { Current } from './storage.ts';
import { encodedValue } from './view.ts';
import {
  attributesOf,
  canonical,
  checkType,
  inNamespace,
  withMetadata,
  withoutRepeatedOwners,
  type Write,
} from './write.ts';

const generatedSuffixLength = 5;
/** Longer prefixes are cut, so that the whole fits in a label. */
const generatedPrefixLengthMax = 63 - generatedSuffixLength;

/** `submitted` is decoded, has its defaults, and is of the served version. */
export async function createObject(
  resource: Resource,
  submitted: KubernetesObject,
  write: Write,
): Promise<Encoded> {
  const { context } = write;
  let object = inNamespace(resource, submitted, write.namespace);
  if (write.client && !write.client.ownersSettled) {
    object = trackCreate(resource, object, write.client.manager, context.nowMs);
  }
  object = toRuled(resource, object);
  if (write.client) {
    const admitted = admit(resource, object, write);
    object = admitted instanceof Promise ? await admitted : admitted;
    // A webhook may have moved it.
    object = inNamespace(resource, object, write.namespace);
    object = withoutRepeatedOwners(object, context, 'settled');
  }
  return object.metadata.name || !object.metadata.generateName
    ? await createNamed(resource, object, write)
    : await createGenerated(resource, object, write);
}

function admit(
  resource: Resource,
  object: KubernetesObject,
  write: Write,
): KubernetesObject | Promise<KubernetesObject> {
  const { admission } = resource.ruled;
  if (!admission.concerns('CREATE', '')) return object;
  const { name = '' } = object.metadata;
  const step = {
    operation: 'CREATE',
    subresource: '',
    name,
    object,
    oldObject: undefined,
  } as const;
  const admitted = admission.mutate(attributesOf(resource.ruled, write, step), write.context);
  if (!(admitted instanceof Promise)) return admitted ?? object;
  return admitted.then((settled) => settled ?? object);
}

/** A name that is taken is no failure while there are others to try. */
async function createGenerated(
  resource: Resource,
  object: KubernetesObject,
  write: Write,
): Promise<Encoded> {
  const { generateName = '' } = object.metadata;
  const prefix = generateName.slice(0, generatedPrefixLengthMax);
  const { random } = write.context.services;
  let name = '';
  for (let attempt = 0; attempt < limits.generatedNamesMax; attempt++) {
    name = prefix + random.nameSuffix(generatedSuffixLength);
    const named = withMetadata(object, { ...object.metadata, name });
    try {
      return await createNamed(resource, named, write);
    } catch (error) {
      if (!isStatusError(error, 'AlreadyExists')) throw error;
    }
  }
  throw generateNameConflict(resource.groupResource, name, 1);
}

async function createNamed(
  resource: Resource,
  submitted: KubernetesObject,
  write: Write,
): Promise<Encoded> {
  const { ruled } = resource;
  const { definition } = ruled;
  const { context } = write;
  let object = withSystemFields(submitted, context.nowMs, context.services.random.uuid());
  if (definition.prepareForCreate) object = definition.prepareForCreate(object, context);
  checkNew(ruled, object, resource.definition.viewOf?.validate ?? definition.validate);
  if (write.client && ruled.admission.concerns('CREATE', '')) {
    const { name = '' } = object.metadata;
    const step = {
      operation: 'CREATE',
      subresource: '',
      name,
      object,
      oldObject: undefined,
    } as const;
    const waiting = ruled.admission.validate(attributesOf(ruled, write, step), context);
    if (waiting instanceof Promise) await waiting;
  }
  for (const text of definition.warnings?.(object, undefined) ?? []) context.warn(text);
  const reservation = definition.reserve && (await definition.reserve(object, undefined, context));
  return settle(reservation, write.dryRun, () => store(resource, object, reservation, write));
}

/** Fills in what only the server may say. */
function withSystemFields(object: KubernetesObject, nowMs: number, uid: string): KubernetesObject {
  const {
    selfLink: _,
    deletionTimestamp: __,
    deletionGracePeriodSeconds: ___,
    ...metadata
  } = object.metadata;
  return withMetadata(object, { ...metadata, uid, creationTimestamp: formatTime(nowMs) });
}

function checkNew(
  resource: Resource,
  object: KubernetesObject,
  validate: ResourceDefinition['validate'],
): void {
  const { metadata } = object;
  checkType(resource, object);
  const errors = [
    ...metadataErrors(metadata, resource.isNamespaced, resource.nameRule),
    ...(resource.definition.allowsAnyFinalizer ? [] : finalizerErrors(metadata)),
    ...(validate?.(object) ?? []),
  ];
  if (errors.length > 0) throw invalid(resource.groupKind, metadata.name ?? '', errors);
}

async function store(
  resource: Resource,
  prepared: KubernetesObject,
  reservation: Reservation<KubernetesObject> | undefined,
  write: Write,
): Promise<Encoded> {
  const { storage } = resource.stored;
  if (!storage) throw methodNotSupported(resource.groupResource, 'create');
  const ruled = canonical(resource.ruled, reservation?.object ?? prepared, { asStored: true });
  const { services } = write.context;
  const converting = convertAhead(resource, ruled, 'stored', services);
  if (converting) await converting;
  const object = fromRuled(resource, ruled);
  const { name = '' } = object.metadata;
  const key = objectKey(object.metadata.namespace ?? '', name);
  const given = object.metadata.resourceVersion ?? '';
  if (!write.dryRun && /^\d+$/.test(given) && Number(given) !== 0) {
    throw unknownReason('resourceVersion should not be set on objects to be created');
  }
  for (;;) {
    const current = storage.current(key);
    if (current.entry) await refuseExisting(resource, current, name);
    else if (write.dryRun) {
      await convertAhead(resource, object, 'served', services);
      return dryRunAnswer(resource, object);
    } else {
      const stored = storage.encode(object);
      const result = await storage.put(key, object, stored, noRevision);
      if (result.kind === 'written') return present(resource, result.entry);
      if (result.current.entry) await refuseExisting(resource, result.current, name);
    }
  }
}

/** A resourceVersion that the client sent stays in it, as upstream leaves it. */
function dryRunAnswer(resource: Resource, object: KubernetesObject): Encoded {
  return encodedValue(fromStored(resource, object));
}

/** Throws 409, unless what exists turns out not to have become durable. */
async function refuseExisting(resource: Resource, current: Current, name: string): Promise<void> {
  try {
    await current.durable;
  } catch {
    return;
  }
  const error = alreadyExists(resource.groupResource, name);
  const { deletionTimestamp } = current.entry?.value().metadata ?? {};
  if (deletionTimestamp === undefined) throw error;
  const message = `object is being deleted: ${error.message}`;
  throw failure(409, 'AlreadyExists', message, error.status.details);
}
