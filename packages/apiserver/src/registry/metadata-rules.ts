/**
 * What must hold for the metadata of every object, whatever its kind. The order of the checks is upstream's, because clients
 * see all errors in one message.
 */
import {
  forbidden,
  invalid,
  Path,
  required,
  tooLong,
  type FieldError,
} from '@navarch/api/field-error';
import {
  isDns1123Label,
  isLabelValue,
  isQualifiedName,
  maskTrailingDash,
} from '@navarch/api/names';
import type {
  ManagedFieldsEntry,
  ObjectMeta,
  OwnerReference,
} from '@navarch/api/types/meta/v1/object';
import { goQuote } from '@navarch/codec/go/text';
import { utf8Length } from '@navarch/codec/utf8';
import { fieldManagerErrors } from '../request/write-options.ts';

const annotationBytesMax = 256 * 1024;
const subresourceLengthMax = 256;
const metadata = Path.of('metadata');
const at = {
  name: metadata.child('name'),
  generateName: metadata.child('generateName'),
  namespace: metadata.child('namespace'),
  generation: metadata.child('generation'),
  labels: metadata.child('labels'),
  annotations: metadata.child('annotations'),
  ownerReferences: metadata.child('ownerReferences'),
  finalizers: metadata.child('finalizers'),
  managedFields: metadata.child('managedFields'),
  resourceVersion: metadata.child('resourceVersion'),
} as const;
const none: readonly FieldError[] = Object.freeze([]);

export const orphanFinalizer = 'orphan';
export const foregroundFinalizer = 'foregroundDeletion';
const standardFinalizers = new Set(['kubernetes', orphanFinalizer, foregroundFinalizer]);

type NameRule = (name: string) => readonly string[];

/** All that is wrong with an object's metadata, whether new or changed, but for `finalizerErrors`. */
export function metadataErrors(
  meta: ObjectMeta,
  isNamespaced: boolean,
  nameRule: NameRule,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  checkName(meta, nameRule, errors);
  checkNamespace(meta.namespace ?? '', isNamespaced, errors);
  if ((meta.generation ?? 0) < 0) {
    errors.push(invalid(at.generation, meta.generation, 'must be greater than or equal to 0'));
  }
  checkBeforeFinalizers(meta, errors);
  if (meta.finalizers) checkFinalizers(meta.finalizers, errors);
  if (meta.managedFields) checkManagedFields(meta.managedFields, errors);
  return errors.length === 0 ? none : errors;
}

function checkBeforeFinalizers(meta: ObjectMeta, errors: FieldError[]): void {
  if (meta.labels) checkLabels(meta.labels, errors);
  if (meta.annotations) checkAnnotations(meta.annotations, errors);
  if (meta.ownerReferences) checkOwnerReferences(meta.ownerReferences, errors);
}

/** What is checked once more whenever an update is: not names, and not finalizers. */
export function repeatedErrors(meta: ObjectMeta): readonly FieldError[] {
  const errors: FieldError[] = [];
  checkBeforeFinalizers(meta, errors);
  if (meta.managedFields) checkManagedFields(meta.managedFields, errors);
  return errors.length === 0 ? none : errors;
}

/** Finalizers without a domain are the server's own. */
export function finalizerErrors({ finalizers = [] }: ObjectMeta): readonly FieldError[] {
  const errors: FieldError[] = [];
  finalizers.forEach((finalizer, index) => {
    if (finalizer.includes('/') || standardFinalizers.has(finalizer)) return;
    const detail = 'name is neither a standard finalizer name nor is it fully qualified';
    errors.push(invalid(at.finalizers.index(index), finalizer, detail));
  });
  return errors.length === 0 ? none : errors;
}

function checkName(meta: ObjectMeta, nameRule: NameRule, errors: FieldError[]): void {
  const { name = '', generateName = '' } = meta;
  if (generateName !== '') {
    for (const message of nameRule(maskTrailingDash(generateName))) {
      errors.push(invalid(at.generateName, generateName, message));
    }
  }
  if (name === '') errors.push(required(at.name, 'name or generateName is required'));
  else for (const message of nameRule(name)) errors.push(invalid(at.name, name, message));
}

function checkNamespace(namespace: string, isNamespaced: boolean, errors: FieldError[]): void {
  if (!isNamespaced) {
    if (namespace !== '') errors.push(forbidden(at.namespace, 'not allowed on this type'));
    return;
  }
  if (namespace === '') errors.push(required(at.namespace, ''));
  else {
    for (const message of isDns1123Label(namespace)) {
      errors.push(invalid(at.namespace, namespace, message));
    }
  }
}

function checkLabels(labels: Readonly<Record<string, string>>, errors: FieldError[]): void {
  for (const key in labels) {
    const value = labels[key] ?? '';
    for (const message of isQualifiedName(key)) errors.push(invalid(at.labels, key, message));
    for (const message of isLabelValue(value)) errors.push(invalid(at.labels, value, message));
  }
}

function checkAnnotations(
  annotations: Readonly<Record<string, string>>,
  errors: FieldError[],
): void {
  let units = 0;
  for (const key in annotations) {
    units += key.length + (annotations[key] ?? '').length;
    for (const message of isQualifiedName(key.toLowerCase())) {
      errors.push(invalid(at.annotations, key, message));
    }
  }
  // A character is at most three bytes per UTF-16 unit, so most annotations need no exact count.
  if (units * 3 > annotationBytesMax && annotationBytes(annotations) > annotationBytesMax) {
    errors.push(tooLong(at.annotations, '', annotationBytesMax));
  }
}

function annotationBytes(annotations: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const key in annotations) bytes += utf8Length(key) + utf8Length(annotations[key] ?? '');
  return bytes;
}

function checkOwnerReferences(owners: readonly OwnerReference[], errors: FieldError[]): void {
  let controller = '';
  for (const owner of owners) {
    checkOwner(owner, errors);
    if (owner.controller !== true) continue;
    const name = `${owner.kind}/${owner.name}`;
    if (controller === '') controller = name;
    else {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`;
      errors.push(invalid(at.ownerReferences, owners, detail));
    }
  }
}

function checkOwner(owner: OwnerReference, errors: FieldError[]): void {
  const { apiVersion, kind, name, uid } = owner;
  const path = at.ownerReferences;
  if (apiVersion === '' || apiVersion.split('/').length > 2) {
    errors.push(invalid(path.child('apiVersion'), apiVersion, 'version must not be empty'));
  }
  if (kind === '') errors.push(invalid(path.child('kind'), kind, 'must not be empty'));
  if (name === '') errors.push(invalid(path.child('name'), name, 'must not be empty'));
  if (uid === '') errors.push(invalid(path.child('uid'), uid, 'must not be empty'));
  if (apiVersion === 'v1' && kind === 'Event') {
    errors.push(invalid(path, owner, '/v1, Kind=Event is disallowed from being an owner'));
  }
}

function checkFinalizers(finalizers: readonly string[], errors: FieldError[]): void {
  for (const finalizer of finalizers) {
    for (const message of isQualifiedName(finalizer)) {
      errors.push(invalid(at.finalizers, finalizer, message));
    }
  }
  if (finalizers.includes(orphanFinalizer) && finalizers.includes(foregroundFinalizer)) {
    const detail = `finalizer ${orphanFinalizer} and ${foregroundFinalizer} cannot be both set`;
    errors.push(invalid(at.finalizers, finalizers, detail));
  }
}

function checkManagedFields(entries: readonly ManagedFieldsEntry[], errors: FieldError[]): void {
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index];
    if (!entry) continue;
    const { operation = '', fieldsType = '', manager = '', subresource = '' } = entry;
    if (operation !== 'Apply' && operation !== 'Update') {
      const path = at.managedFields.index(index).child('operation');
      errors.push(invalid(path, operation, 'must be `Apply` or `Update`'));
    }
    if (fieldsType !== '' && fieldsType !== 'FieldsV1') {
      const path = at.managedFields.index(index).child('fieldsType');
      errors.push(invalid(path, fieldsType, 'must be `FieldsV1`'));
    }
    if (manager !== '') {
      const path = `metadata.managedFields[${index}].manager`;
      errors.push(...fieldManagerErrors(manager, path));
    }
    if (subresource.length > subresourceLengthMax) {
      const path = at.managedFields.index(index).child('subresource');
      errors.push(tooLong(path, subresource, subresourceLengthMax));
    }
  }
}

/** What an update may not do to metadata. */
export function metadataUpdateErrors(meta: ObjectMeta, stored: ObjectMeta): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (stored.deletionTimestamp !== undefined) checkNoNewFinalizers(meta, stored, errors);
  if ((meta.generation ?? 0) < (stored.generation ?? 0)) {
    errors.push(invalid(at.generation, meta.generation ?? 0, 'must not be decremented'));
  }
  for (const field of immutableFields) {
    if (meta[field] !== stored[field]) {
      errors.push(invalid(metadata.child(field), meta[field] ?? null, 'field is immutable'));
    }
  }
  return errors.length === 0 ? none : errors;
}

const immutableFields = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const;

function checkNoNewFinalizers(meta: ObjectMeta, stored: ObjectMeta, errors: FieldError[]): void {
  const known = new Set(stored.finalizers);
  const added = (meta.finalizers ?? []).filter((finalizer) => !known.has(finalizer));
  if (added.length === 0) return;
  const list = [...new Set(added)].sort().map(goQuote).join(', ');
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
  errors.push(forbidden(at.finalizers, detail));
}
