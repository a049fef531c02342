/** Keywords of a schema one by one: what is not supported, and which must go together. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { isEmbedded, itemsOf } from '../custom/schema-parts.ts';

/** What is so by where a schema is. */
export interface Surroundings {
  readonly isRoot: boolean;
  /** Inside the metadata, kind or apiVersion of an object. */
  readonly insideMetadata: boolean;
  /** Why there may be no default, if there may be none. */
  readonly noDefaults: string | undefined;
  /** Where values begin to have no old values, if this is inside. */
  readonly uncorrelatable: Path | undefined;
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const unsupported = [
  'id',
  'additionalItems',
  'patternProperties',
  'definitions',
  'dependencies',
  '$ref',
] as const;

/** These are not there when they are empty. */
const collections: ReadonlySet<string> = new Set(['patternProperties', 'definitions']);

function isUsed(schema: JSONSchemaProps, name: (typeof unsupported)[number]): boolean {
  const value = schema[name];
  if (value === undefined || value === null || (name === 'id' && value === '')) return false;
  return !collections.has(name) || Object.keys(value).length > 0;
}

/** What holds for a schema as it stands alone. */
export function supportErrors(
  schema: JSONSchemaProps,
  path: Path,
  { insideMetadata, noDefaults }: Surroundings,
): FieldError[] {
  const { type = '' } = schema;
  const errors: FieldError[] = [];
  if (type !== '' && !types.includes(type)) {
    errors.push(notSupported(path.child('type'), type, types));
  }
  if (schema.default !== undefined && schema.default !== null && noDefaults !== undefined) {
    errors.push(forbidden(path.child('default'), `must not be set ${noDefaults}`));
  }
  for (const name of unsupported) {
    if (isUsed(schema, name)) errors.push(forbidden(path.child(name), `${name} is not supported`));
  }
  if (type === 'null') {
    const detail = 'type cannot be set to null, use nullable as an alternative';
    errors.push(forbidden(path.child('type'), detail));
  }
  if (Array.isArray(schema.items) && schema.items.length > 0) {
    const detail = 'items must be a schema object and not an array';
    errors.push(forbidden(path.child('items'), detail));
  }
  if (insideMetadata && isEmbedded(schema)) {
    const at = path.child('x-kubernetes-embedded-resource');
    errors.push(forbidden(at, 'must not be used inside of resource meta'));
  }
  if (schema.uniqueItems === true) {
    const detail =
      'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    errors.push(forbidden(path.child('uniqueItems'), detail));
  }
  return errors;
}

/** What holds among Kubernetes' own keywords. */
export function extensionErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    const at = path.child('x-kubernetes-preserve-unknown-fields');
    errors.push(invalid(at, false, 'must be true or undefined'));
  }
  return [
    ...errors,
    ...mapTypeErrors(schema, path),
    ...listTypeErrors(schema, path),
    ...mapKeyErrors(schema, path),
    ...mapListErrors(schema, path),
    ...nullableErrors(schema, path),
  ];
}

function mapTypeErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  const mapType = schema['x-kubernetes-map-type'];
  if (mapType === undefined) return [];
  const errors = mustBeType('object', 'x-kubernetes-map-type', schema, path);
  const choices = ['atomic', 'granular'];
  if (!choices.includes(mapType)) {
    errors.push(notSupported(path.child('x-kubernetes-map-type'), mapType, choices));
  }
  return errors;
}

function mustBeType(
  wanted: string,
  keyword: string,
  { type = '' }: JSONSchemaProps,
  path: Path,
): FieldError[] {
  if (type === wanted) return [];
  const detail = `must be ${wanted} if ${keyword} is specified`;
  const at = path.child('type');
  return [type === '' ? required(at, detail) : invalid(at, type, detail)];
}

function listTypeErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  const listType = schema['x-kubernetes-list-type'];
  if (listType === undefined) return [];
  const errors = mustBeType('array', 'x-kubernetes-list-type', schema, path);
  const items = itemsOf(schema);
  if (errors.length === 0 && listType === 'set' && items) {
    errors.push(...setItemErrors(items, path.child('items')));
  }
  const choices = ['atomic', 'set', 'map'];
  if (!choices.includes(listType)) {
    errors.push(notSupported(path.child('x-kubernetes-list-type'), listType, choices));
  }
  return errors;
}

/** Items of sets are compared as a whole. */
function setItemErrors(items: JSONSchemaProps, path: Path): FieldError[] {
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const inner = items['x-kubernetes-list-type'] ?? 'atomic';
  if (items.type === 'array' && inner !== 'atomic') {
    return [invalid(path.child('x-kubernetes-list-type'), inner, detail)];
  }
  if (items.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic') {
    // Upstream shows the type of the list here, which items that are objects seldom have.
    const shown = items['x-kubernetes-list-type'] ?? null;
    return [invalid(path.child('x-kubernetes-map-type'), shown, detail)];
  }
  return [];
}

function mapKeyErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  const listType = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (keys.length === 0 || listType === 'map') return [];
  const at = path.child('x-kubernetes-list-type');
  const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
  return [listType === undefined ? required(at, detail) : invalid(at, listType, detail)];
}

function mapListErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  if (schema['x-kubernetes-list-type'] !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const errors: FieldError[] = [];
  const keysAt = path.child('x-kubernetes-list-map-keys');
  const at = path.child('items');
  if (keys.length === 0) {
    errors.push(required(keysAt, 'must not be empty if x-kubernetes-list-type is map'));
  }
  if (schema.items === undefined) {
    errors.push(required(at, 'must have a schema if x-kubernetes-list-type is map'));
  }
  const items = itemsOf(schema);
  if (!items) return errors;
  if (items.type !== 'object') {
    const detail = "must be object if parent array's x-kubernetes-list-type is map";
    return [...errors, invalid(at.child('type'), items.type ?? '', detail)];
  }
  const { properties = {} } = items;
  for (const [i, key] of keys.entries()) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!property) {
      errors.push(invalid(keysAt, keys, 'entries must all be names of item properties'));
    } else if (property.type === 'array' || property.type === 'object') {
      const detail = "must be a scalar type if parent array's x-kubernetes-list-type is map";
      const typeAt = at.child('properties').key(key).child('type');
      errors.push(invalid(typeAt, items.type, detail));
    }
    if (keys.indexOf(key) < i) {
      errors.push(invalid(keysAt, keys, 'must not contain duplicate entries'));
    }
  }
  return errors;
}

/** What tells items apart is always there. */
function nullableErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  const listType = schema['x-kubernetes-list-type'] ?? '';
  const items = itemsOf(schema);
  if (!items || !['set', 'map'].includes(listType)) return [];
  const at = path.child('items');
  const errors: FieldError[] = [];
  if (items.nullable === true) {
    const detail = `cannot be nullable when x-kubernetes-list-type is ${listType}`;
    errors.push(forbidden(at.child('nullable'), detail));
  }
  if (listType !== 'map') return errors;
  const why = 'this property is in x-kubernetes-list-map-keys, so it';
  for (const key of schema['x-kubernetes-list-map-keys'] ?? []) {
    const property = items.properties?.[key];
    if (!property) continue;
    const propertyAt = at.child('properties').key(key);
    const isThere = (items.required ?? []).includes(key) || property.default !== undefined;
    if (!isThere) {
      const detail = `${why} must have a default or be a required property`;
      errors.push(required(propertyAt.child('default'), detail));
    }
    if (property.nullable === true) {
      errors.push(forbidden(propertyAt.child('nullable'), `${why} cannot be nullable`));
    }
  }
  return errors;
}
