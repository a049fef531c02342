/** References to the kinds that operations send and answer. */
import { schemaOfKind, structOf } from '../schema/registry.ts';
import { customDefinition } from './custom.ts';
import type { Definitions, Json } from './definitions.ts';
import { customDefinitionName } from './names.ts';
import type { Operation } from './operations.ts';
import type { OpenApiKind, OpenApiResource } from './resource.ts';

export class Kinds {
  readonly #definitions: Definitions;
  readonly #custom: ReadonlyMap<string, OpenApiResource>;

  constructor(definitions: Definitions, resources: readonly OpenApiResource[]) {
    this.#definitions = definitions;
    const custom = resources.filter((resource) => resource.definition !== undefined);
    this.#custom = new Map(custom.map((resource) => [keyOf(resource), resource]));
  }

  answer({ answers, kind }: Operation): Json {
    if (answers === 'status') return this.#definitions.struct(structOf('meta/v1.Status'));
    if (answers === 'text') return { type: 'string' };
    return answers === 'list' ? this.#list(kind) : this.#kind(kind);
  }

  body({ sends, kind }: Operation): Json {
    if (sends === 'patch') return this.#definitions.patch();
    if (sends === 'options') return this.#definitions.struct(structOf('meta/v1.DeleteOptions'));
    return this.#kind(kind);
  }

  #kind(kind: OpenApiKind): Json {
    const custom = this.#custom.get(keyOf(kind));
    if (custom) return this.#customKind(custom);
    const schema = schemaOfKind(kind.group, kind.version, kind.kind);
    return schema ? this.#definitions.struct(schema) : { type: 'object' };
  }

  #customKind(resource: OpenApiResource): Json {
    const name = customDefinitionName(resource);
    const own = { 'x-kubernetes-group-version-kind': [gvk(resource, resource.kind)] };
    const metadata = this.#definitions.struct(structOf('meta/v1.ObjectMeta'));
    const { version } = this.#definitions;
    const published = customDefinition(resource.definition ?? {}, version, metadata);
    this.#definitions.add(name, { ...published, ...own });
    return this.#definitions.refer(name);
  }

  #list(kind: OpenApiKind): Json {
    const listKind = `${kind.kind}List`;
    const schema = schemaOfKind(kind.group, kind.version, listKind);
    if (schema) return this.#definitions.struct(schema);
    const name = customDefinitionName({ ...kind, kind: listKind });
    this.#definitions.add(name, {
      description: `${listKind} is a list of ${kind.kind}`,
      type: 'object',
      required: ['items'],
      properties: {
        apiVersion: { type: 'string' },
        items: { type: 'array', items: this.#kind(kind) },
        kind: { type: 'string' },
        metadata: this.#definitions.struct(structOf('meta/v1.ListMeta')),
      },
      'x-kubernetes-group-version-kind': [gvk(kind, listKind)],
    });
    return this.#definitions.refer(name);
  }
}

function keyOf({ group, version, kind }: OpenApiKind): string {
  return `${group}/${version}/${kind}`;
}

function gvk({ group, version }: OpenApiKind, kind: string): Json {
  return { group, kind, version };
}
