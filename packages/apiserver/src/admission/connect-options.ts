/** What admission sees of a request that is connected to something else: its query, as an object of the subresource's kind. */
import {
  apiVersionOf,
  type GroupVersionKind,
  type KubernetesObject,
} from '@navarch/api/extension/object';
import { decodeObject } from '@navarch/api/schema/decode';
import { structOf } from '@navarch/api/schema/registry';
import type { FieldSchema } from '@navarch/api/schema/schema';

/** `query` may name what the kind does not have. Members that are not in it are left out. */
export function connectOptions(kind: GroupVersionKind, query: URLSearchParams): KubernetesObject {
  const schema = structOf(`${kind.group || 'core'}/${kind.version}.${kind.kind}`);
  const members = schema.fields.flatMap((field): [string, unknown][] => {
    if (field.name === 'kind' || field.name === 'apiVersion') return [];
    const values = query.getAll(field.name);
    return values.length === 0 ? [] : [[field.name, valueOf(field, values)]];
  });
  const type = { kind: kind.kind, apiVersion: apiVersionOf(kind) };
  const { value } = decodeObject(schema, { ...type, ...Object.fromEntries(members) });
  return { ...value, metadata: {} };
}

/** Such objects have no metadata, though all that plugins handle has. */
export function withoutMetadata(object: KubernetesObject): KubernetesObject {
  const { metadata: _, ...rest } = object;
  return rest as KubernetesObject;
}

function valueOf({ schema }: FieldSchema, values: readonly string[]): unknown {
  const [first = ''] = values;
  if (schema.kind !== 'list') return scalarOf(schema, first);
  return values.map((value) => scalarOf(schema.item, value));
}

/** Upstream's rules for queries: everything but these two words is true. */
function scalarOf(schema: FieldSchema['schema'], text: string): unknown {
  const type = schema.kind === 'scalar' ? schema.type : '';
  if (type === 'boolean') return text !== 'false' && text !== '0';
  return type === 'int32' || type === 'int64' ? Number(text) : text;
}
