/** The operations that a resource has, the same for both versions of OpenAPI. */
import { capitalised, operationGroup } from './names.ts';
import {
  rootPath,
  type OpenApiKind,
  type OpenApiResource,
  type OpenApiSubresource,
} from './resource.ts';

export interface Operation {
  readonly path: string;
  readonly method: 'get' | 'put' | 'post' | 'patch' | 'delete';
  readonly id: string;
  readonly action: string;
  readonly description: string;
  readonly kind: OpenApiKind;
  /** What the answer holds. */
  readonly answers: 'object' | 'list' | 'status' | 'text';
  /** What is sent: the kind itself, a patch, options. */
  readonly sends: 'nothing' | 'object' | 'patch' | 'options';
  readonly parameters: readonly string[];
  /** Path parameters. */
  readonly inPath: readonly string[];
}

const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation', 'pretty'];
const listParameters = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'pretty',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
];
const deleteParameters = [
  'dryRun',
  'gracePeriodSeconds',
  'ignoreStoreReadErrorWithClusterBreakingPotential',
  'orphanDependents',
  'pretty',
  'propagationPolicy',
];

export function operationsOf(resource: OpenApiResource): readonly Operation[] {
  return [
    ...collectionOperations(resource),
    ...everywhereOperations(resource),
    ...itemOperations(resource),
    ...(resource.subresources ?? []).flatMap((sub) => subresourceOperations(resource, sub)),
  ];
}

interface Shape {
  readonly action: string;
  readonly method: Operation['method'];
  readonly word: string;
  readonly answers: Operation['answers'];
  readonly sends: Operation['sends'];
  readonly parameters: readonly string[];
}

const shapes: Readonly<Record<string, Shape>> = {
  list: {
    action: 'list',
    method: 'get',
    word: 'list',
    answers: 'list',
    sends: 'nothing',
    parameters: listParameters,
  },
  create: {
    action: 'post',
    method: 'post',
    word: 'create',
    answers: 'object',
    sends: 'object',
    parameters: writeParameters,
  },
  deletecollection: {
    action: 'deletecollection',
    method: 'delete',
    word: 'delete',
    answers: 'status',
    sends: 'options',
    parameters: [...new Set([...listParameters, ...deleteParameters])].sort(),
  },
  get: {
    action: 'get',
    method: 'get',
    word: 'read',
    answers: 'object',
    sends: 'nothing',
    parameters: ['pretty'],
  },
  update: {
    action: 'put',
    method: 'put',
    word: 'replace',
    answers: 'object',
    sends: 'object',
    parameters: writeParameters,
  },
  patch: {
    action: 'patch',
    method: 'patch',
    word: 'patch',
    answers: 'object',
    sends: 'patch',
    parameters: ['dryRun', 'fieldManager', 'fieldValidation', 'force', 'pretty'],
  },
  delete: {
    action: 'delete',
    method: 'delete',
    word: 'delete',
    answers: 'status',
    sends: 'options',
    parameters: deleteParameters,
  },
};

function collectionPath(resource: OpenApiResource): string {
  const scope = resource.scope === 'Namespaced' ? '/namespaces/{namespace}' : '';
  return `${rootPath(resource)}${scope}/${resource.plural}`;
}

function collectionOperations(resource: OpenApiResource): readonly Operation[] {
  return ['list', 'create', 'deletecollection']
    .filter((verb) => resource.verbs.includes(verb))
    .map((verb) => operation(resource, verb, collectionPath(resource), resource, ''));
}

/** Lists of all namespaces. */
function everywhereOperations(resource: OpenApiResource): readonly Operation[] {
  if (resource.scope !== 'Namespaced' || !resource.verbs.includes('list')) return [];
  const path = `${rootPath(resource)}/${resource.plural}`;
  const id = `list${operationGroup(resource)}${resource.kind}ForAllNamespaces`;
  return [{ ...operation(resource, 'list', path, resource, ''), id, inPath: [] }];
}

function itemOperations(resource: OpenApiResource): readonly Operation[] {
  const path = `${collectionPath(resource)}/{name}`;
  return ['get', 'update', 'patch', 'delete']
    .filter((verb) => resource.verbs.includes(verb))
    .map((verb) => operation(resource, verb, path, resource, ''));
}

function subresourceOperations(
  resource: OpenApiResource,
  sub: OpenApiSubresource,
): readonly Operation[] {
  const path = `${collectionPath(resource)}/{name}/${sub.name}`;
  const tail = capitalised(sub.name);
  return sub.verbs
    .filter((verb) => verb in shapes)
    .map((verb) => operation(resource, verb, path, kindOf(resource, sub), tail));
}

/** Without a version of its own, the kind is in the resource's. */
function kindOf({ group, version }: OpenApiResource, sub: OpenApiSubresource): OpenApiKind {
  return sub.kind.version === '' ? { ...sub.kind, group, version } : sub.kind;
}

function operation(
  resource: OpenApiResource,
  verb: string,
  path: string,
  kind: OpenApiKind,
  tail: string,
): Operation {
  const shape = shapes[verb];
  if (shape === undefined) throw new Error(`there is no operation for the verb ${verb}`);
  const scope = resource.scope === 'Namespaced' ? 'Namespaced' : '';
  const collection = verb === 'deletecollection' ? 'Collection' : '';
  const id = `${shape.word}${operationGroup(resource)}${collection}${scope}${resource.kind}${tail}`;
  const { method, action, answers, sends, parameters } = shape;
  const { group, version, kind: name } = kind;
  return {
    path,
    method,
    id,
    action,
    description: describe(shape, resource, tail),
    kind: { group, version, kind: name },
    answers,
    sends,
    parameters,
    inPath: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
  };
}

function describe(shape: Shape, resource: OpenApiResource, tail: string): string {
  const what = tail === '' ? resource.kind : `${tail.toLowerCase()} of ${resource.kind}`;
  return `${shape.word} ${what}`;
}
