/** Defaults must be values that the schema itself would take, with nothing to prune. */
import { type FieldError, invalid, type Path } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { coerceEmbedded, MetadataError } from '../custom/metadata.ts';
import { prune } from '../custom/prune.ts';
import { isEmbedded, itemsOf, typeAndMetadata } from '../custom/schema-parts.ts';
import { compileRules } from '../rules/rule-validator.ts';
import { embeddedErrors } from '../values/embedded.ts';
import { compileSchema } from '../values/schema-validator.ts';
import { withRules } from '../values/validator.ts';

/** Where there may be defaults at all is checked elsewhere. */
export function defaultErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  return walk(schema, path, { isObject: true, insideMetadata: false });
}

interface Around {
  /** It has metadata, as the root and embedded objects have. */
  readonly isObject: boolean;
  readonly insideMetadata: boolean;
}

function walk(schema: JSONSchemaProps, path: Path, around: Around): FieldError[] {
  const insideMetadata = around.insideMetadata && !isEmbedded(schema);
  const errors: FieldError[] = [];
  if (schema.default !== undefined && schema.default !== null && !insideMetadata) {
    errors.push(...valueErrors(schema, schema.default, path.child('default')));
  }
  const items = itemsOf(schema);
  if (items) {
    const inner = { isObject: isEmbedded(items), insideMetadata };
    errors.push(...walk(items, path.child('items'), inner));
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const inner = {
      isObject: isEmbedded(property),
      insideMetadata: insideMetadata || (around.isObject && typeAndMetadata.has(name)),
    };
    errors.push(...walk(property, path.child('properties').key(name), inner));
  }
  return errors;
}

function valueErrors(schema: JSONSchemaProps, value: unknown, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const holder = { type: 'object', properties: { value: schema } };
  if (prune({ value: structuredClone(value) }, holder).length > 0) {
    errors.push(invalid(path, value, 'must not have unknown fields'));
  }
  try {
    coerceEmbedded({ value: structuredClone(value) }, holder, undefined, 'refuse');
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    return [...errors, invalid(path, value, error.message)];
  }
  const embedded = embeddedErrors(value, schema, path);
  const found = embedded.length > 0 ? embedded : compileSchema(schema).validate(value, path);
  const rules = compileRules(schema, { isObject: isEmbedded(schema) });
  const all = [...errors, ...found];
  return rules ? withRules(all, () => rules.validatePart(value, path)) : all;
}
