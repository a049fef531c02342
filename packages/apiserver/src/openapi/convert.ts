/**
 * An OpenAPI 2 document in the form of version 3, for servers that have only the older one. What that says more exactly in other
 * words is lost, as it is upstream. Pure; the argument stays as it is.
 */
import type { Json } from './merge.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

export function toV3(document: Json): Json {
  const produces = textsOf(document['produces']);
  return {
    openapi: '3.0.0',
    ...copied(document, ['info', 'externalDocs']),
    paths: mapped(document['paths'], pathItem),
    components: {
      ...section('schemas', document['definitions'], schema),
      ...section('responses', document['responses'], (each) => response(each, produces)),
      ...section('securitySchemes', document['securityDefinitions'], securityScheme),
    },
  };
}

function section(name: string, from: unknown, convert: (member: Json) => unknown): Json {
  return isObject(from) ? { [name]: mapped(from, convert) } : {};
}

function pathItem(item: Json): Json {
  const operations = methods.flatMap((method) => {
    const found = item[method];
    return isObject(found) ? [[method, operation(found)] as const] : [];
  });
  const parameters = objectsIn(item['parameters']);
  return {
    ...copied(item, ['$ref']),
    ...extensions(item),
    ...Object.fromEntries(operations),
    ...(parameters.length > 0 && { parameters: parameters.map(parameter) }),
  };
}

function operation(found: Json): Json {
  const all = objectsIn(found['parameters']);
  const isBody = (each: Json): boolean => each['name'] === 'body' && isObject(each['schema']);
  const body = all.findLast(isBody);
  const others = all.filter((each) => !isBody(each));
  const produces = textsOf(found['produces']);
  const described = ['tags', 'summary', 'description', 'externalDocs', 'operationId', 'deprecated'];
  return {
    ...copied(found, described),
    ...extensions(found),
    ...(others.length > 0 && { parameters: others.map(parameter) }),
    ...(body && { requestBody: contentOf(body['schema'], textsOf(found['consumes'])) }),
    responses: mapped(found['responses'], (each) => response(each, produces)),
  };
}

/** Nothing is said of a body whose media types are not. */
function contentOf(of: unknown, types: readonly string[]): Json {
  if (!isObject(of) || types.length === 0) return {};
  const converted = schema(of);
  return { content: Object.fromEntries(types.map((type) => [type, { schema: converted }])) };
}

function response(found: Json, produces: readonly string[]): Json {
  return {
    ...reference(found, 'responses'),
    ...copied(found, ['description']),
    ...extensions(found),
    ...contentOf(found['schema'], produces),
  };
}

function parameter(found: Json): Json {
  const { schema: own } = found;
  return {
    ...reference(found, 'parameters'),
    ...copied(found, ['name', 'in', 'description', 'required', 'allowEmptyValue']),
    ...extensions(found),
    schema: isObject(own) ? schema(own) : copied(found, ['type', 'format', 'uniqueItems']),
  };
}

function reference(found: Json, kind: 'parameters' | 'responses'): Json {
  const { $ref } = found;
  if (typeof $ref !== 'string') return {};
  return { $ref: $ref.replace(`#/${kind}/`, `#/components/${kind}/`) };
}

const definitionPrefix = '#/definitions/';
const schemaPrefix = '#/components/schemas/';

/** Members that are schemas, or have schemas in them, are converted; in version 3 a reference may have no neighbours. */
function schema(found: Json): Json {
  const { $ref, ...rest } = found;
  const members = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, schemaMember(name, value)]),
  );
  if (typeof $ref !== 'string') return members;
  const at = $ref.indexOf(definitionPrefix);
  const to = at < 0 ? $ref : schemaPrefix + $ref.slice(at + definitionPrefix.length);
  return Object.keys(members).length === 0 ? { $ref: to } : { ...members, allOf: [{ $ref: to }] };
}

function schemaMember(name: string, value: unknown): unknown {
  switch (name) {
    case 'properties':
      return isObject(value) ? mapped(value, schema) : value;
    case 'items':
    case 'additionalItems':
    case 'additionalProperties':
      if (Array.isArray(value)) return objectsIn(value).map(schema);
      return isObject(value) ? schema(value) : value;
    default:
      return value;
  }
}

/** The flow and its addresses moved into a member of their own. */
function securityScheme(found: Json): Json {
  const { flow, authorizationUrl, tokenUrl, scopes } = found;
  const addresses = {
    ...(authorizationUrl !== undefined && { authorizationUrl }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(scopes !== undefined && { scopes }),
  };
  return {
    ...copied(found, ['type', 'description', 'name', 'in']),
    ...extensions(found),
    ...(typeof flow === 'string' && { flows: { [flow]: addresses } }),
  };
}

function copied(from: Json, names: readonly string[]): Json {
  return Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  );
}

function extensions(from: Json): Json {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name.startsWith('x-')));
}

function mapped(from: unknown, convert: (member: Json) => unknown): Json {
  if (!isObject(from)) return {};
  return Object.fromEntries(
    Object.entries(from).map(([name, member]) => [
      name,
      isObject(member) ? convert(member) : member,
    ]),
  );
}

function objectsIn(list: unknown): readonly Json[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
