/**
 * The schema of a custom kind as it is published: with what every object has, and in version 2 without what that cannot say (kubectl
 * refuses objects by what it misunderstands, so that less is said where more would be wrong).
 */
import { descriptionOf } from '../schema/descriptions.ts';
import type { Json, OpenApiVersion } from './definitions.ts';

/** `metadata` is the reference to the type of metadata. */
export function customDefinition(schema: Json, version: OpenApiVersion, metadata: Json): Json {
  const published = convert(schema, { version, metadata });
  const { properties, ...rest } = published as { properties?: Json };
  return { ...rest, properties: { ...typeProperties(version, metadata), ...properties } };
}

interface Options {
  readonly version: OpenApiVersion;
  readonly metadata: Json;
}

/** What custom kinds have in common with all others. Clients look for the first words of these texts in what kubectl explains. */
const described = {
  apiVersion:
    'APIVersion defines the group and version that this object is written in, such as `example.com/v1`.',
  metadata:
    "Standard object's metadata: name, namespace, labels and whatever else all objects carry.",
};

function typeProperties(version: OpenApiVersion, metadata: Json): Json {
  const { kind } = descriptionOf('core/v1.ConfigMap').fields;
  const reference = version === 'v3' ? { allOf: [metadata] } : metadata;
  return {
    apiVersion: { description: described.apiVersion, type: 'string' },
    kind: { ...(kind !== undefined && { description: kind }), type: 'string' },
    metadata: { description: described.metadata, ...reference },
  };
}

function convert(schema: Json, options: Options): Json {
  const kept = options.version === 'v2' ? asVersion2(schema) : schema;
  const out: Record<string, unknown> = { ...kept };
  if (isJson(kept['properties'])) {
    out['properties'] = mapMembers(kept['properties'], (member) => convert(member, options));
  }
  for (const name of ['items', 'additionalProperties', 'not']) {
    if (isJson(kept[name])) out[name] = convert(kept[name], options);
  }
  if (kept['x-kubernetes-embedded-resource'] === true && isJson(out['properties'])) {
    const own = typeProperties(options.version, options.metadata);
    out['properties'] = { ...own, ...out['properties'] };
  }
  return out;
}

const onlyVersion3 = ['allOf', 'anyOf', 'oneOf', 'not', 'nullable'];
const inner = ['items', 'properties', 'additionalProperties'];

function asVersion2(schema: Json): Json {
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isNullable = schema['nullable'] === true;
  const dropped = new Set([
    ...onlyVersion3,
    ...(isOpen || isNullable ? inner : []),
    ...(isNullable ? ['type'] : []),
  ]);
  const kept = Object.fromEntries(Object.entries(schema).filter(([name]) => !dropped.has(name)));
  return { ...kept, ...withoutNullable(kept) };
}

/** What may be null cannot be required: clients take null for missing. */
function withoutNullable(schema: Json): Json | undefined {
  const { required, properties } = schema as { required?: readonly string[]; properties?: Json };
  if (!required || !properties) return undefined;
  const isNullable = (name: string): boolean => {
    const property = properties[name];
    return isJson(property) && property['nullable'] === true;
  };
  const left = required.filter((name) => !isNullable(name));
  return left.length === required.length ? undefined : { required: left };
}

function mapMembers(members: Json, change: (member: Json) => Json): Json {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      isJson(member) ? change(member) : member,
    ]),
  );
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
