/**
 * Schemas and rules as messages show them: as JSON of upstream's internal types, which have every field, with the names and in
 * the order of Go.
 */
import type {
  JSONSchemaProps,
  ValidationRule,
} from '@navarch/api/types/apiextensions/v1/json-schema';

type Form = Readonly<Record<string, unknown>>;

/** A rule. */
export function internalRule(rule: ValidationRule): Form {
  return {
    Rule: rule.rule,
    Message: rule.message ?? '',
    MessageExpression: rule.messageExpression ?? '',
    Reason: rule.reason ?? null,
    FieldPath: rule.fieldPath ?? '',
    OptionalOldSelf: rule.optionalOldSelf ?? null,
  };
}

/** A schema. */
export function internalSchema(schema: JSONSchemaProps): Form {
  return { ...valueForm(schema), ...partForm(schema), ...extensionForm(schema) };
}

function valueForm(schema: JSONSchemaProps): Form {
  return {
    ID: schema.id ?? '',
    Schema: schema.$schema ?? '',
    Ref: schema.$ref ?? null,
    Description: schema.description ?? '',
    Type: schema.type ?? '',
    Nullable: schema.nullable ?? false,
    Format: schema.format ?? '',
    Title: schema.title ?? '',
    Default: sorted(schema.default),
    Maximum: schema.maximum ?? null,
    ExclusiveMaximum: schema.exclusiveMaximum ?? false,
    Minimum: schema.minimum ?? null,
    ExclusiveMinimum: schema.exclusiveMinimum ?? false,
    MaxLength: schema.maxLength ?? null,
    MinLength: schema.minLength ?? null,
    Pattern: schema.pattern ?? '',
    MaxItems: schema.maxItems ?? null,
    MinItems: schema.minItems ?? null,
    UniqueItems: schema.uniqueItems ?? false,
    MultipleOf: schema.multipleOf ?? null,
    Enum: schema.enum?.map(sorted) ?? null,
    MaxProperties: schema.maxProperties ?? null,
    MinProperties: schema.minProperties ?? null,
    Required: schema.required ?? null,
  };
}

function partForm(schema: JSONSchemaProps): Form {
  return {
    Items: itemsForm(schema.items),
    AllOf: schema.allOf?.map(internalSchema) ?? null,
    OneOf: schema.oneOf?.map(internalSchema) ?? null,
    AnyOf: schema.anyOf?.map(internalSchema) ?? null,
    Not: schema.not ? internalSchema(schema.not) : null,
    Properties: mapForm(schema.properties, internalSchema),
    AdditionalProperties: boolForm(schema.additionalProperties),
    PatternProperties: mapForm(schema.patternProperties, internalSchema),
    Dependencies: mapForm(schema.dependencies, (dependency) =>
      Array.isArray(dependency)
        ? { Schema: null, Property: dependency }
        : { Schema: internalSchema(dependency as JSONSchemaProps), Property: null },
    ),
    AdditionalItems: boolForm(schema.additionalItems),
    Definitions: mapForm(schema.definitions, internalSchema),
  };
}

function extensionForm(schema: JSONSchemaProps): Form {
  const { externalDocs: docs } = schema;
  return {
    ExternalDocs: docs ? { Description: docs.description ?? '', URL: docs.url ?? '' } : null,
    Example: sorted(schema.example),
    XPreserveUnknownFields: schema['x-kubernetes-preserve-unknown-fields'] ?? null,
    XEmbeddedResource: schema['x-kubernetes-embedded-resource'] ?? false,
    XIntOrString: schema['x-kubernetes-int-or-string'] ?? false,
    XListMapKeys: schema['x-kubernetes-list-map-keys'] ?? null,
    XListType: schema['x-kubernetes-list-type'] ?? null,
    XMapType: schema['x-kubernetes-map-type'] ?? null,
    XValidations: schema['x-kubernetes-validations']?.map(internalRule) ?? null,
  };
}

function itemsForm(items: JSONSchemaProps['items']): Form | null {
  if (items === undefined || items === null) return null;
  return Array.isArray(items)
    ? { Schema: null, JSONSchemas: items.map(internalSchema) }
    : { Schema: internalSchema(items as JSONSchemaProps), JSONSchemas: null };
}

function boolForm(part: JSONSchemaProps | boolean | undefined | null): Form | null {
  if (part === undefined || part === null) return null;
  if (typeof part === 'boolean') return { Allows: part, Schema: null };
  return { Allows: true, Schema: internalSchema(part) };
}

function mapForm<T>(
  map: Readonly<Record<string, T>> | undefined | null,
  form: (value: T) => unknown,
): Form | null {
  if (map === undefined || map === null) return null;
  const entries = Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, form(value)]));
}

/** JSON with the members of objects in order. */
function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== 'object' || json === null) return json ?? null;
  return mapForm(json as Readonly<Record<string, unknown>>, sorted);
}
