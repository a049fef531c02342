/**
 * Structural schemas: every field has one type, said in one place, so that servers can prune and default; what is inside allOf,
 * anyOf, oneOf and not may only restrict values.
 *
 * Rules: KEP-1693, https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ (structural).
 */
import {
  errorMessage,
  type FieldError,
  forbidden,
  invalid,
  type Path,
  required,
} from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { CelError } from '@navarch/cel/errors';
import { compilePattern } from '@navarch/cel/functions/collections';
import { isEmbedded, itemsOf, preservesUnknown, valueSchema } from '../custom/schema-parts.ts';
import { jsonEqual } from '../json-equal.ts';
import { completenessErrors } from './completeness.ts';

type Level = 'root' | 'items' | 'field';

/** Sorted by text, as there is no other order among properties. */
export function structuralErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  const errors = [...invariantErrors(schema, 'root', path), ...completenessErrors(schema, path)];
  const texts = new Map(errors.map((error) => [error, errorMessage(error)]));
  const textOf = (error: FieldError): string => texts.get(error) ?? '';
  return errors.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

function invariantErrors(schema: JSONSchemaProps, level: Level, path: Path): FieldError[] {
  return [
    ...partErrors(schema, level, path),
    ...extensionErrors(schema, path),
    ...restrictionErrors(schema, path, skipsOf(schema)),
    ...typeErrors(schema, level, path),
    ...metadataErrors(schema, level, path),
  ];
}

function partErrors(schema: JSONSchemaProps, level: Level, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const items = itemsOf(schema);
  if (items) errors.push(...invariantErrors(items, 'items', path.child('items')));
  else if (schema.type === 'array') errors.push(required(path.child('items'), 'must be specified'));
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    errors.push(...invariantErrors(property, 'field', path.child('properties').key(name)));
  }
  const at = path.child('additionalProperties');
  if (schema.additionalProperties !== undefined && level === 'root') {
    errors.push(forbidden(at, 'must not be used at the root'));
  }
  const values = valueSchema(schema);
  return values ? [...errors, ...invariantErrors(values, 'field', at)] : errors;
}

function extensionErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  if (schema['x-kubernetes-int-or-string'] !== true) return [];
  const detail = 'must be false if x-kubernetes-int-or-string is true';
  const tell = (name: string): FieldError => invalid(path.child(name), true, detail);
  return [
    ...(preservesUnknown(schema) ? [tell('x-kubernetes-preserve-unknown-fields')] : []),
    ...(isEmbedded(schema) ? [tell('x-kubernetes-embedded-resource')] : []),
  ];
}

const untyped: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  items: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

function typeErrors(schema: JSONSchemaProps, level: Level, path: Path): FieldError[] {
  const { type = '', additionalProperties } = schema;
  const at = path.child('type');
  const errors: FieldError[] = [];
  if (isEmbedded(schema) && type !== 'object') {
    const detail = 'must be object if x-kubernetes-embedded-resource is true';
    errors.push(type === '' ? required(at, detail) : invalid(at, type, detail));
  } else if (
    type === '' &&
    schema['x-kubernetes-int-or-string'] !== true &&
    !preservesUnknown(schema)
  ) {
    errors.push(required(at, untyped[level]));
  }
  if (isEmbedded(schema) && additionalProperties !== undefined) {
    const detail = 'must not be used if x-kubernetes-embedded-resource is set';
    errors.push(forbidden(path.child('additionalProperties'), detail));
  }
  if (level === 'root' && type !== '' && type !== 'object') {
    errors.push(invalid(at, type, 'must be object at the root'));
  }
  return errors;
}

/** Schemas may say what names look like, and nothing else about metadata. */
function metadataErrors(schema: JSONSchemaProps, level: Level, path: Path): FieldError[] {
  const { properties = {} } = schema;
  const errors: FieldError[] = [];
  const isObject = level === 'root' || isEmbedded(schema);
  for (const name of ['kind', 'apiVersion']) {
    const property = properties[name];
    if (!property || !isObject || property.type === 'string') continue;
    const at = path.child('properties').key(name).child('type');
    errors.push(invalid(at, property.type ?? '', 'must be string'));
  }
  const { metadata } = properties;
  const at = path.child('properties').key('metadata');
  if (metadata && isObject && metadata.type !== 'object') {
    errors.push(invalid(at.child('type'), metadata.type ?? '', 'must be object'));
  }
  if (metadata && level === 'root' && !saysOnlyNames(metadata)) {
    const detail =
      'must not specify anything other than name and generateName, but metadata is implicitly specified';
    errors.push(forbidden(at, detail));
  }
  const isEmpty = Object.keys(properties).length === 0;
  if (isEmbedded(schema) && !preservesUnknown(schema) && isEmpty) {
    const detail =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
    errors.push(required(path.child('properties'), detail));
  }
  return errors;
}

function saysOnlyNames(metadata: JSONSchemaProps): boolean {
  const { type: _, default: __, properties = {}, ...rest } = metadata;
  const names = Object.keys(properties);
  return (
    Object.keys(rest).length === 0 && names.every((name) => /^(?:name|generateName)$/.test(name))
  );
}

/** The two ways in which int-or-string may also be written are no violations. */
interface Skips {
  readonly anyOf: boolean;
  readonly firstAllOf: boolean;
}

const noSkips: Skips = { anyOf: false, firstAllOf: false };
const intOrString = [{ type: 'integer' }, { type: 'string' }];

function skipsOf({ anyOf, allOf }: JSONSchemaProps): Skips {
  return {
    anyOf: jsonEqual(anyOf, intOrString),
    firstAllOf: jsonEqual(allOf?.[0]?.anyOf, intOrString),
  };
}

function restrictionErrors(schema: JSONSchemaProps, path: Path, skips: Skips): FieldError[] {
  const { anyOf = [], allOf = [], oneOf = [], not, pattern } = schema;
  const errors: FieldError[] = [];
  const nest = (list: readonly JSONSchemaProps[], name: string, skipFirst: boolean): void => {
    for (const [i, part] of list.entries()) {
      const inner = { ...noSkips, anyOf: skipFirst && i === 0 };
      errors.push(...nestedErrors(part, path.child(name).index(i), inner));
    }
  };
  if (!skips.anyOf) nest(anyOf, 'anyOf', false);
  nest(allOf, 'allOf', skips.firstAllOf);
  nest(oneOf, 'oneOf', false);
  if (not) errors.push(...nestedErrors(not, path.child('not'), noSkips));
  const problem = patternProblem(pattern);
  if (problem !== undefined) {
    const detail = `must be a valid regular expression, but isn't: ${problem}`;
    errors.push(invalid(path.child('pattern'), pattern, detail));
  }
  return errors;
}

function patternProblem(pattern: string | undefined): string | undefined {
  if (!pattern) return undefined;
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof CelError) return error.message;
    throw error;
  }
}

const emptyText = 'must be empty to be structural';
const falseText = 'must be false to be structural';
const undefinedText = 'must be undefined to be structural';

/** What restrictions must not say. */
const forbiddenInside: readonly (readonly [keyof JSONSchemaProps, string])[] = [
  ['type', emptyText],
  ['additionalProperties', undefinedText],
  ['default', undefinedText],
  ['title', emptyText],
  ['description', emptyText],
  ['nullable', falseText],
  ['x-kubernetes-preserve-unknown-fields', falseText],
  ['x-kubernetes-embedded-resource', falseText],
  ['x-kubernetes-int-or-string', falseText],
  ['x-kubernetes-list-map-keys', emptyText],
  ['x-kubernetes-list-type', undefinedText],
  ['x-kubernetes-map-type', undefinedText],
  ['x-kubernetes-validations', emptyText],
];

function nestedErrors(schema: JSONSchemaProps, path: Path, skips: Skips): FieldError[] {
  const errors = restrictionErrors(schema, path, skips);
  const items = itemsOf(schema);
  if (items) errors.push(...nestedErrors(items, path.child('items'), noSkips));
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    errors.push(...nestedErrors(property, path.child('properties').key(name), noSkips));
  }
  for (const [name, detail] of forbiddenInside) {
    if (isSaid(schema, name)) errors.push(forbidden(path.child(name), detail));
  }
  if (schema.properties && Object.hasOwn(schema.properties, 'metadata')) {
    const at = path.child('properties').key('metadata');
    errors.push(forbidden(at, 'must not be specified in a nested context'));
  }
  return errors;
}

/** Defaults and types of lists and maps count whatever they are; everything else unless it is as good as nothing. */
const alwaysCounting: ReadonlySet<keyof JSONSchemaProps> = new Set<keyof JSONSchemaProps>([
  'default',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
]);

function isSaid(schema: JSONSchemaProps, name: keyof JSONSchemaProps): boolean {
  const value: unknown = schema[name];
  if (value === undefined || value === null) return false;
  if (alwaysCounting.has(name)) return true;
  if (Array.isArray(value)) return value.length > 0;
  return value !== '' && value !== false;
}
