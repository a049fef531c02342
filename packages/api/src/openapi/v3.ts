/** OpenAPI 3 documents: one per group version, so that clients fetch only what they need. */
import { Definitions, type Json } from './definitions.ts';
import { Kinds } from './kinds.ts';
import { type MediaTypes, mediaTypesOf } from './media-types.ts';
import { operationsOf, type Operation } from './operations.ts';
import { parameters } from './parameters.ts';
import { rootPath, type OpenApiInfo, type OpenApiResource } from './resource.ts';
import { tagOf } from './v2.ts';

/** The document of one group version; `resources` are those it serves. */
export function openApiV3(resources: readonly OpenApiResource[], info: OpenApiInfo): Json {
  const definitions = new Definitions('v3');
  const kinds = new Kinds(definitions, resources);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const resource of resources) {
    for (const operation of operationsOf(resource)) {
      const item = (paths[operation.path] ??= { parameters: operation.inPath.map(pathParameter) });
      item[operation.method] = describeOperation(operation, resource, kinds);
    }
  }
  const description = 'Bearer Token authentication';
  return {
    openapi: '3.0.0',
    info,
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: definitions.all(),
      securitySchemes: {
        BearerToken: { type: 'apiKey', description, name: 'authorization', in: 'header' },
      },
    },
  };
}

/** What `/openapi/v3` answers: where the document of each group version is. `hash` makes the address change with it. */
export function openApiV3Index(
  documents: readonly { readonly group: string; readonly version: string; readonly hash: string }[],
): Json {
  const entries = documents.map(({ group, version, hash }) => {
    const path = rootPath({ group, version }).slice(1);
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }] as const;
  });
  return { paths: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function describeOperation(operation: Operation, resource: OpenApiResource, kinds: Kinds): Json {
  const { group, version, kind } = operation.kind;
  const types = mediaTypesOf(resource);
  const given = operation.action === 'list' ? types.list : types.object;
  return {
    tags: [tagOf(resource)],
    description: operation.description,
    operationId: operation.id,
    parameters: operation.parameters.map(queryParameter),
    ...requestBody(operation, kinds, types),
    responses: {
      '200': { description: 'OK', content: content(given, kinds.answer(operation)) },
      '401': { description: 'Unauthorized' },
    },
    'x-kubernetes-action': operation.action,
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
}

function requestBody(operation: Operation, kinds: Kinds, types: MediaTypes): Json | undefined {
  if (operation.sends === 'nothing') return undefined;
  const sent = operation.sends === 'patch' ? types.patch : types.body;
  const required = operation.sends === 'options' ? undefined : { required: true };
  return { requestBody: { content: content(sent, kinds.body(operation)), ...required } };
}

function content(types: readonly string[], schema: Json): Json {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

function queryParameter(name: string): Json {
  const { type, description } = parameters[name] ?? { type: 'string', description: '' };
  return { name, in: 'query', description, schema: { type, uniqueItems: true } };
}

function pathParameter(name: string): Json {
  return { ...queryParameter(name), in: 'path', required: true };
}
