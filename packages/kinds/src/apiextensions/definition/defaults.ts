/** Defaults must be values that the schema itself would take, with nothing to prune. */
import {
  aggregateMessage,
  errorMessage,
  type FieldError,
  invalid,
  Path,
} from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { coerceEmbedded, MetadataError } from '../custom/metadata.ts';
import { prune } from '../custom/prune.ts';
import {
  isEmbedded,
  isMembers,
  itemsOf,
  type Members,
  typeAndMetadata,
} from '../custom/schema-parts.ts';
import { compileRules } from '../rules/rule-validator.ts';
import { embeddedErrors } from '../values/embedded.ts';
import { compileSchema } from '../values/schema-validator.ts';

/** Where there may be defaults at all is checked elsewhere. */
export function defaultErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  return walk(schema, path, objectAround({ ...schema, [embeddedKeyword]: true }, true));
}

const embeddedKeyword = 'x-kubernetes-embedded-resource';

/** The object that a part of a schema belongs to: that of the root, or an embedded one. */
interface Around {
  readonly object: JSONSchemaProps;
  /** An object with a value in the place of this part. */
  readonly surround: (value: unknown) => Members;
  /** Whether this part is the object itself. */
  readonly isObject: boolean;
  /** Whether this part is in the metadata of the object, or its kind or version. */
  readonly insideMetadata: boolean;
}

function objectAround(object: JSONSchemaProps, isObject: boolean): Around {
  const surround = (value: unknown): Members => ({
    kind: 'Validation',
    apiVersion: 'validation/v1',
    ...(isMembers(value) ? value : {}),
  });
  return { object, surround, isObject, insideMetadata: false };
}

function walk(schema: JSONSchemaProps, path: Path, around: Around): FieldError[] {
  const here = isEmbedded(schema) ? objectAround(schema, true) : around;
  const { surround, insideMetadata } = here;
  const errors: FieldError[] = [];
  if (schema.default !== undefined && schema.default !== null) {
    const check = insideMetadata ? metadataErrors : valueErrors;
    errors.push(...check(schema, schema.default, path.child('default'), here));
  }
  const items = itemsOf(schema);
  if (items) {
    const inner = { ...here, surround: (value: unknown) => surround([value]), isObject: false };
    errors.push(...walk(items, path.child('items'), inner));
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const inner = {
      ...here,
      surround: (value: unknown) => surround({ [name]: value }),
      isObject: false,
      insideMetadata: insideMetadata || (here.isObject && typeAndMetadata.has(name)),
    };
    errors.push(...walk(property, path.child('properties').key(name), inner));
  }
  return errors;
}

/** Of metadata, the object around it must be one. */
function metadataErrors(
  schema: JSONSchemaProps,
  value: unknown,
  path: Path,
  { surround, object }: Around,
): FieldError[] {
  const whole = surround(structuredClone(value));
  const refuse = (problem: string): FieldError[] => [
    invalid(path, value, `must result in valid metadata: ${problem}`),
  ];
  const wrong = coercionError(whole, object, Path.root);
  if (wrong) return refuse(errorMessage(wrong));
  const found = embeddedErrors(whole, object, Path.root);
  return found.length > 0
    ? refuse(aggregateMessage(found))
    : [...contentErrors(schema, value, path)];
}

function valueErrors(schema: JSONSchemaProps, value: unknown, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const holder = { type: 'object', properties: { value: schema } };
  if (prune({ value: structuredClone(value) }, holder).length > 0) {
    errors.push(invalid(path, value, 'must not have unknown fields'));
  }
  const wrong = coercionError(structuredClone(value), schema, path);
  if (wrong) return [...errors, wrong];
  const embedded = embeddedErrors(value, schema, path);
  return [...errors, ...(embedded.length > 0 ? embedded : contentErrors(schema, value, path))];
}

/** What is no metadata in an embedded object. Changes the value. */
function coercionError(
  value: unknown,
  schema: JSONSchemaProps,
  path: Path,
): FieldError | undefined {
  try {
    coerceEmbedded(value, schema, path, 'refuse');
    return undefined;
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    return error.fieldError ?? invalid(path, value, error.message);
  }
}

/** Rules are only evaluated for what is right otherwise. */
function contentErrors(schema: JSONSchemaProps, value: unknown, path: Path): readonly FieldError[] {
  const found = compileSchema(schema).validate(value, path);
  if (found.length > 0) return found;
  return compileRules(schema, { isObject: isEmbedded(schema) })?.validatePart(value, path) ?? [];
}
