/**
 * From a method and a path to what is asked: which verb, on which resource, in which namespace, by which name.
 * Pure; knows no resources, so that `verb` says what the path means and not whether it is served.
 */
import { parseFieldSelector } from '@navarch/api/field-selectors';
import { isPathSegmentName } from '@navarch/api/names';
import { SelectorError } from '@navarch/api/selectors/requirement';

export interface RequestInfo {
  /** Whether the path is below a group and version, and so is about a resource. */
  readonly isResource: boolean;
  /** Decoded, as sent. */
  readonly path: string;
  /** A Kubernetes verb; for paths that are no resources, the lower-case HTTP method. */
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  /** Of one object; for lists and watches, the name that a field selector asks for. */
  readonly name: string;
  /** Whether the path itself names the object, rather than a field selector. */
  readonly named: boolean;
  /** What follows the subresource, for the proxies: without a leading slash; undefined when there is nothing, not even a slash. */
  readonly rest: string | undefined;
}

/** Subresources of a namespace itself; anything else below a namespace's name is a resource in it. */
const namespaceSubresources = new Set(['status', 'finalize']);

/** `path` is decoded already. Never throws: what cannot be a resource is a plain path. */
export function parseRequestInfo(method: string, path: string, query: string): RequestInfo {
  const parts = path.split('/');
  const isCore = parts[1] === 'api';
  const versionAt = isCore ? 2 : 3;
  if ((!isCore && parts[1] !== 'apis') || !parts[versionAt + 1]) return plain(method, path);
  const group = isCore ? '' : (parts[2] ?? '');
  const version = parts[versionAt] ?? '';
  if (version === '' || (!isCore && group === '')) return plain(method, path);
  let at = versionAt + 1;
  const watches = parts[at] === 'watch';
  if (watches) at++;
  const place = parsePlace(parts, at);
  if (place.resource === '') return plain(method, path);
  return {
    isResource: true,
    path,
    group,
    version,
    ...place,
    ...verbOf(method, place, watches, query),
  };
}

function plain(method: string, path: string): RequestInfo {
  return {
    isResource: false,
    path,
    verb: method.toLowerCase(),
    group: '',
    version: '',
    namespace: '',
    resource: '',
    subresource: '',
    name: '',
    named: false,
    rest: undefined,
  };
}

interface Place {
  readonly namespace: string;
  readonly resource: string;
  readonly name: string;
  readonly subresource: string;
  readonly rest: string | undefined;
}

function parsePlace(parts: readonly string[], start: number): Place {
  let at = start;
  let namespace = '';
  if (parts[at] === 'namespaces' && parts[at + 1]) {
    namespace = parts[at + 1] ?? '';
    const below = parts[at + 2];
    if (below && !namespaceSubresources.has(below)) at += 2;
  }
  const rest = parts.length > at + 3 ? parts.slice(at + 3).join('/') : undefined;
  return {
    namespace,
    resource: parts[at] ?? '',
    name: parts[at + 1] ?? '',
    subresource: parts[at + 2] ?? '',
    rest,
  };
}

interface Asked {
  readonly verb: string;
  readonly name: string;
  readonly named: boolean;
}

function verbOf(method: string, place: Place, watches: boolean, query: string): Asked {
  const { name } = place;
  const named = name !== '';
  if (watches) return { verb: 'watch', name, named };
  switch (method) {
    case 'POST':
      return { verb: 'create', name, named };
    case 'PUT':
      return { verb: 'update', name, named };
    case 'PATCH':
      return { verb: 'patch', name, named };
    case 'DELETE':
      return { verb: named ? 'delete' : 'deletecollection', name, named };
    case 'GET':
    case 'HEAD':
      if (named) return { verb: 'get', name, named };
      return verbOfCollection(query);
    default:
      return { verb: '', name, named };
  }
}

function verbOfCollection(query: string): Asked {
  if (query === '') return { verb: 'list', name: '', named: false };
  const parameters = new URLSearchParams(query);
  const verb = isTrue(parameters.get('watch')) ? 'watch' : 'list';
  return { verb, name: selectedName(parameters.get('fieldSelector')), named: false };
}

/** A flag in a query: given without a value it counts, and so does any text that is not a word for no. */
export function isTrue(text: string | null): boolean {
  return text !== null && text !== '0' && text.toLowerCase() !== 'false';
}

/** The name in a field selector that asks for exactly one, so that it can be authorized by name. What cannot be read names nobody. */
function selectedName(selector: string | null): string {
  if (!selector?.includes('metadata.name')) return '';
  try {
    const name = parseFieldSelector(selector).exactValue('metadata.name') ?? '';
    return isPathSegmentName(name).length === 0 ? name : '';
  } catch (error) {
    if (error instanceof SelectorError) return '';
    throw error;
  }
}
