/**
 * Whether the schemas of a definition are structural. Those that are not cannot be written any more; they come with the data of servers
 * of old, and go on being served. A condition says so.
 */
import { aggregateMessage, invalid, Path } from '@navarch/api/field-error';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { listOf } from '../../nil.ts';
import { structuralErrors } from './structural.ts';

export interface StructureProblem {
  readonly status: 'True' | 'Unknown';
  readonly reason: 'Violations' | 'StructuralError';
  readonly message: string;
}

const spec = Path.of('spec');

/** Undefined when nothing is wrong. */
export function structureProblem({
  spec: { preserveUnknownFields, versions },
}: CustomResourceDefinition): StructureProblem | undefined {
  const errors =
    preserveUnknownFields === true
      ? [invalid(spec.child('preserveUnknownFields'), true, 'must be false')]
      : [];
  for (const [index, { name, schema }] of listOf(versions).entries()) {
    const root = schema?.openAPIV3Schema;
    if (!root) continue;
    const unsupported = unsupportedText(root);
    if (unsupported !== undefined) {
      const message = `failed to check validation schema for version ${name}: ${unsupported}`;
      return { status: 'Unknown', reason: 'StructuralError', message };
    }
    const at = spec.child('versions').index(index).child('schema', 'openAPIV3Schema');
    errors.push(...structuralErrors(root, at));
  }
  if (errors.length === 0) return undefined;
  return { status: 'True', reason: 'Violations', message: aggregateMessage(errors) };
}

/** In the order in which upstream looks for them. */
const unsupported = [
  ['id', 'id'],
  ['$schema', 'schema'],
  ['$ref', '$ref'],
  ['patternProperties', 'patternProperties'],
  ['dependencies', 'dependencies'],
  ['additionalItems', 'additionalItems'],
  ['definitions', 'definitions'],
] as const;

const falseMarker =
  "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";

/** What there is no structure with, at the first place that has it. */
export function unsupportedText(schema: JSONSchemaProps): string | undefined {
  for (const [keyword, shown] of unsupported) {
    if (isUsed(schema[keyword])) return `OpenAPIV3Schema '${shown}' is not supported`;
  }
  const restrictions = [
    ...(schema.not ? [schema.not] : []),
    ...listOf(schema.allOf),
    ...listOf(schema.anyOf),
    ...listOf(schema.oneOf),
  ];
  const restricted = firstText(restrictions);
  if (restricted !== undefined) return restricted;
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) return falseMarker;
  const { items, additionalProperties, properties = {} } = schema;
  if (Array.isArray(items) && items.length > 0) {
    return "OpenAPIV3Schema 'items' must be a schema, but is an array";
  }
  return firstText([
    ...(isSchema(items) ? [items] : []),
    ...Object.values(properties),
    ...(isSchema(additionalProperties) ? [additionalProperties] : []),
  ]);
}

function firstText(schemas: readonly JSONSchemaProps[]): string | undefined {
  for (const schema of schemas) {
    const text = unsupportedText(schema);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Empty maps are as none. */
function isUsed(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function isSchema(value: unknown): value is JSONSchemaProps {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
