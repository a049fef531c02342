/** What holds for the schema of a version: structure, defaults, keywords, rules. */
import { type FieldError, forbidden, invalid, type Path } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { isEmbedded, typeAndMetadata } from '../custom/schema-parts.ts';
import { CostContext } from '../rules/cost-context.ts';
import { ruleErrors } from '../rules/rule-errors.ts';
import { defaultErrors } from './defaults.ts';
import { internalSchema } from './internal-form.ts';
import { extensionErrors, supportErrors, type Surroundings } from './keywords.ts';
import { structuralErrors } from './structural.ts';
import { unsupportedText } from './structure.ts';

const root: Surroundings = {
  isRoot: true,
  insideMetadata: false,
  noDefaults: undefined,
  uncorrelatable: undefined,
};

/** With a status subresource, what is said at the root must hold for the status alone too. */
export function schemaErrors(
  schema: JSONSchemaProps,
  path: Path,
  { hasStatus }: { readonly hasStatus: boolean },
): FieldError[] {
  const errors = hasStatus ? statusErrors(schema, path) : [];
  if (schema.nullable === true) {
    errors.push(forbidden(path.child('nullable'), 'nullable cannot be true at the root'));
  }
  const unsupported = unsupportedText(schema);
  const structure = unsupported === undefined ? formErrors(schema, path) : [];
  // Expressions are only looked at where the form is right.
  const isFormed = unsupported === undefined && structure.length === 0;
  const costs = isFormed ? CostContext.forObject(schema) : undefined;
  const { errors: own, ruleErrors: rules } = walk(schema, path, root, costs);
  const found = [...errors, ...structure, ...own, ...rules];
  // What has no structure is mostly told of in better words, too.
  if (found.length === 0 && unsupported !== undefined) return [invalid(path, '', unsupported)];
  return [...found, ...(costs ? costs.totalErrors(path) : [])];
}

function formErrors(schema: JSONSchemaProps, path: Path): readonly FieldError[] {
  const structure = structuralErrors(schema, path);
  return structure.length > 0 ? structure : defaultErrors(schema, path);
}

/** Whether something is so anywhere in a schema. */
export function anyPart(
  schema: JSONSchemaProps,
  holds: (part: JSONSchemaProps) => boolean,
): boolean {
  return holds(schema) || partsOf(schema).some(({ part }) => anyPart(part, holds));
}

const allowedWithStatus = [
  'Description',
  'Type',
  'Format',
  'Title',
  'Maximum',
  'ExclusiveMaximum',
  'Minimum',
  'ExclusiveMinimum',
  'MaxLength',
  'MinLength',
  'Pattern',
  'MaxItems',
  'MinItems',
  'UniqueItems',
  'MultipleOf',
  'Required',
  'Items',
  'Properties',
  'ExternalDocs',
  'Example',
  'XPreserveUnknownFields',
  'XValidations',
];

function statusErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  const where = 'at the root of the schema if the status subresource is enabled';
  if (schema.type && schema.type !== 'object') {
    const detail = `only "object" is allowed as the type ${where}`;
    return [invalid(path.child('type'), schema.type, detail)];
  }
  const isAllowed = ([name, value]: readonly [string, unknown]): boolean =>
    value === undefined ||
    value === null ||
    value === false ||
    value === '' ||
    allowedWithStatus.includes(goName(name));
  if (Object.entries(schema).every(isAllowed)) return [];
  const detail = `only [${allowedWithStatus.join(' ')}] fields are allowed ${where}`;
  return [invalid(path, internalSchema(schema), detail)];
}

/** `x-kubernetes-validations` is `XValidations` in Go, `maxItems` is `MaxItems`. */
function goName(name: string): string {
  const words = name.replace(/^x-kubernetes-/, 'x-').split('-');
  return words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join('');
}

interface Walked {
  readonly errors: readonly FieldError[];
  readonly ruleErrors: readonly FieldError[];
}

function walk(
  schema: JSONSchemaProps,
  path: Path,
  around: Surroundings,
  costs: CostContext | undefined,
): Walked {
  const errors = supportErrors(schema, path, around);
  const { additionalProperties, properties = {} } = schema;
  if (Object.keys(properties).length > 0 && (additionalProperties ?? true) !== true) {
    const detail = 'additionalProperties and properties are mutual exclusive';
    errors.push(forbidden(path.child('additionalProperties'), detail));
  }
  const rules: FieldError[] = [];
  for (const { part, step, name } of partsOf(schema)) {
    const inner = surroundingsOf(schema, path, around, { step, name });
    const walked = walk(part, stepPath(path, step, name), inner, costs?.child(step, part));
    errors.push(...walked.errors);
    rules.push(...walked.ruleErrors);
  }
  errors.push(...extensionErrors(schema, path));
  const found = ruleErrors(schema, path, {
    costs: errors.length === 0 ? costs : undefined,
    uncorrelatable: around.uncorrelatable,
  });
  return {
    errors: [...errors, ...found.formErrors],
    ruleErrors: [...rules, ...found.ruleErrors],
  };
}

/** How a part is reached: by keyword, then by name or place. */
export type PartStep =
  | 'additionalProperties'
  | 'allOf'
  | 'anyOf'
  | 'items'
  | 'not'
  | 'oneOf'
  | 'properties';

interface Part {
  readonly part: JSONSchemaProps;
  readonly step: PartStep;
  readonly name: string | number | undefined;
}

function partsOf(schema: JSONSchemaProps): readonly Part[] {
  const { additionalProperties, properties = {}, not, items } = schema;
  const list = (step: PartStep, parts: readonly JSONSchemaProps[] = []): Part[] =>
    parts.map((part, name) => ({ part, step, name }));
  const single = (step: PartStep, part: JSONSchemaProps | boolean | undefined): Part[] =>
    typeof part === 'object' ? [{ part, step, name: undefined }] : [];
  return [
    ...single('additionalProperties', additionalProperties),
    ...Object.entries(properties).map(([name, part]): Part => ({ part, step: 'properties', name })),
    ...single('not', not),
    ...list('allOf', schema.allOf),
    ...list('oneOf', schema.oneOf),
    ...list('anyOf', schema.anyOf),
    ...(isSchemaList(items) ? list('items', items) : single('items', items)),
  ];
}

function isSchemaList(items: JSONSchemaProps['items']): items is readonly JSONSchemaProps[] {
  return Array.isArray(items);
}

function stepPath(path: Path, step: PartStep, name: string | number | undefined): Path {
  const at = path.child(step);
  if (name === undefined) return at;
  return typeof name === 'number' ? at.index(name) : at.key(name);
}

function surroundingsOf(
  schema: JSONSchemaProps,
  path: Path,
  around: Surroundings,
  { step, name }: Pick<Part, 'step' | 'name'>,
): Surroundings {
  const inner = { ...around, isRoot: false };
  switch (step) {
    case 'additionalProperties':
      if (!around.insideMetadata) return inner;
      return { ...inner, noDefaults: 'inside additionalProperties applying to object metadata' };
    case 'items': {
      const isMap = schema['x-kubernetes-list-type'] === 'map';
      return isMap ? inner : { ...inner, uncorrelatable: inner.uncorrelatable ?? path };
    }
    case 'properties': {
      const mapType = schema['x-kubernetes-map-type'] ?? 'granular';
      const ofMetadata = typeof name === 'string' && typeAndMetadata.has(name);
      const isObject = around.isRoot || isEmbedded(schema);
      return {
        ...inner,
        uncorrelatable:
          mapType === 'granular' || mapType === 'atomic'
            ? inner.uncorrelatable
            : (inner.uncorrelatable ?? path),
        insideMetadata: inner.insideMetadata || (isObject && ofMetadata),
        noDefaults: around.isRoot && ofMetadata ? `in top-level ${name}` : inner.noDefaults,
      };
    }
    default:
      return inner;
  }
}
