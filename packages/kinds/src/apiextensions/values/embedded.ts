/** Objects inside objects: they have a kind, a version and, if they like, metadata. */
import { type FieldError, invalid, type Path, required } from '@navarch/api/field-error';
import {
  isDns1035Label,
  isDns1123Label,
  isLabelValue,
  isPathSegmentName,
  isQualifiedName,
} from '@navarch/api/names';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import {
  isEmbedded,
  isMembers,
  itemsOf,
  type Members,
  propertyOf,
  valueSchema,
} from '../custom/schema-parts.ts';

export function embeddedErrors(
  value: unknown,
  schema: JSONSchemaProps | undefined,
  path: Path,
): FieldError[] {
  if (!schema) return [];
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return value.flatMap((item, i) => embeddedErrors(item, items, path.index(i)));
  }
  if (!isMembers(value)) return [];
  const errors = isEmbedded(schema) ? objectErrors(value, path) : [];
  for (const [name, member] of Object.entries(value)) {
    const property = propertyOf(schema, name);
    if (property) errors.push(...embeddedErrors(member, property, path.child(name)));
    else errors.push(...embeddedErrors(member, valueSchema(schema), path.key(name)));
  }
  return errors;
}

/** What every object must have. */
export function objectErrors(object: Members, path: Path): FieldError[] {
  const { apiVersion, kind, metadata } = object;
  const errors: FieldError[] = [];
  if (apiVersion === undefined) errors.push(required(path.child('apiVersion')));
  if (kind === undefined) errors.push(required(path.child('kind')));
  if (apiVersion !== undefined) errors.push(...versionErrors(apiVersion, path.child('apiVersion')));
  if (kind !== undefined) errors.push(...kindErrors(kind, path.child('kind')));
  if (isMembers(metadata)) errors.push(...metadataErrors(metadata, path.child('metadata')));
  return errors;
}

function versionErrors(version: unknown, path: Path): FieldError[] {
  if (typeof version !== 'string') return [invalid(path, version, 'must be a string')];
  if (version === '') return [invalid(path, version, 'must not be empty')];
  if (version.split('/').length <= 2) return [];
  return [invalid(path, version, `unexpected GroupVersion string: ${version}`)];
}

function kindErrors(kind: unknown, path: Path): FieldError[] {
  if (typeof kind !== 'string') return [invalid(path, kind, 'must be a string')];
  if (kind === '') return [invalid(path, kind, 'must not be empty')];
  const details = isDns1035Label(kind.toLowerCase());
  if (details.length === 0) return [];
  const detail = `may have mixed case, but should otherwise match: ${details.join(',')}`;
  return [invalid(path, kind, detail)];
}

/** Metadata has been read as metadata before, so that types are right. */
function metadataErrors(metadata: Members, path: Path): FieldError[] {
  const { name, generateName, namespace, labels, annotations } = metadata;
  const tell = (at: string, value: unknown, details: readonly string[]): FieldError[] =>
    details.map((detail) => invalid(path.child(at), value, detail));
  const errors: FieldError[] = [];
  if (typeof generateName === 'string' && generateName !== '') {
    errors.push(...tell('generateName', generateName, isPathSegmentName(generateName)));
  }
  if (typeof name === 'string' && name !== '') {
    errors.push(...tell('name', name, isPathSegmentName(name)));
  }
  if (typeof namespace === 'string' && namespace !== '') {
    errors.push(...tell('namespace', namespace, isDns1123Label(namespace)));
  }
  for (const [key, value] of Object.entries(isMembers(labels) ? labels : {})) {
    errors.push(...tell('labels', key, isQualifiedName(key)));
    errors.push(...tell('labels', value, isLabelValue(String(value))));
  }
  for (const key of Object.keys(isMembers(annotations) ? annotations : {})) {
    errors.push(...tell('annotations', key, isQualifiedName(key.toLowerCase())));
  }
  return errors;
}
