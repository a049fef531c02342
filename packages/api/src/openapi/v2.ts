/** The OpenAPI 2 document: every served resource and every type it needs, in one. kubectl validates and explains by it. */
import { Definitions, type Json } from './definitions.ts';
import { Kinds } from './kinds.ts';
import { mediaTypesOf } from './media-types.ts';
import { operationsOf, type Operation } from './operations.ts';
import { parameters } from './parameters.ts';
import type { OpenApiInfo, OpenApiResource } from './resource.ts';

export function openApiV2(resources: readonly OpenApiResource[], info: OpenApiInfo): Json {
  const definitions = new Definitions('v2');
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
    swagger: '2.0',
    info,
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    definitions: definitions.all(),
    securityDefinitions: {
      BearerToken: { description, type: 'apiKey', name: 'authorization', in: 'header' },
    },
    security: [{ BearerToken: [] }],
  };
}

function describeOperation(operation: Operation, resource: OpenApiResource, kinds: Kinds): Json {
  const { group, version, kind } = operation.kind;
  const types = mediaTypesOf(resource);
  const body = operation.sends === 'nothing' ? [] : [bodyParameter(operation, kinds)];
  return {
    description: operation.description,
    consumes: operation.sends === 'patch' ? types.patch : types.body,
    produces: operation.action === 'list' ? types.list : types.object,
    schemes: ['https'],
    tags: [tagOf(resource)],
    operationId: operation.id,
    parameters: [...body, ...operation.parameters.map(queryParameter)],
    responses: {
      '200': { description: 'OK', schema: kinds.answer(operation) },
      '401': { description: 'Unauthorized' },
    },
    'x-kubernetes-action': operation.action,
    'x-kubernetes-group-version-kind': { group, kind, version },
  };
}

/** `core_v1`, `rbacAuthorization_v1` */
export function tagOf(resource: OpenApiResource): string {
  if (resource.group === '') return `core_${resource.version}`;
  const [first = '', ...rest] = resource.group.replace(/\.k8s\.io$/, '').split('.');
  const words = rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${first}${words.join('')}_${resource.version}`;
}

function bodyParameter(operation: Operation, kinds: Kinds): Json {
  const required = operation.sends !== 'options';
  const schema = kinds.body(operation);
  return { in: 'body', name: 'body', ...(required ? { required } : undefined), schema };
}

function queryParameter(name: string): Json {
  const { type, description } = parameters[name] ?? { type: 'string', description: '' };
  return { uniqueItems: true, type, description, name, in: 'query' };
}

function pathParameter(name: string): Json {
  return { ...queryParameter(name), in: 'path', required: true };
}
