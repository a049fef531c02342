/** The URL paths and query parameters of the resource API. Pure. */
import type { ResourceReference } from '@navarch/api/resources';
import type {
  DeleteOptions,
  ListOptions,
  PatchOptions,
  WatchOptions,
  WriteOptions,
} from './client.ts';

type Query = Record<string, string>;
type Names = Pick<ResourceReference<unknown>, 'group' | 'version' | 'plural' | 'scope'>;

/** `/api/v1/namespaces/default/pods`; without a namespace, all of them. */
export function collectionPath(reference: Names, namespace: string): string {
  const { group, version, plural } = reference;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  if (namespace === '' || reference.scope === 'Cluster') return `${root}/${plural}`;
  return `${root}/namespaces/${segment(namespace)}/${plural}`;
}

/** `subresource` may be ''. Throws for an empty name, which would address the whole collection. */
export function objectPath(
  reference: Names,
  namespace: string,
  name: string,
  subresource: string,
): string {
  if (name === '') throw new TypeError(`a name is missing in a request for ${reference.plural}`);
  if (namespace === '' && reference.scope === 'Namespaced') {
    throw new TypeError(`a namespace is missing in a request for ${reference.plural} ${name}`);
  }
  const path = `${collectionPath(reference, namespace)}/${segment(name)}`;
  return subresource === '' ? path : `${path}/${subresource}`;
}

/** Nearly every name is URL-safe already; this is on the path of every call. */
function segment(name: string): string {
  return /^[a-z0-9.-]*$/.test(name) ? name : encodeURIComponent(name);
}

export function listQuery(options: ListOptions): Query {
  const query: Query = {};
  addSelection(query, options);
  if (options.limit) query['limit'] = String(options.limit);
  if (options.continue) query['continue'] = options.continue;
  if (options.resourceVersion) query['resourceVersion'] = options.resourceVersion;
  if (options.resourceVersionMatch) query['resourceVersionMatch'] = options.resourceVersionMatch;
  return query;
}

export function watchQuery(options: WatchOptions): Query {
  const query: Query = { watch: '1' };
  addSelection(query, options);
  if (options.resourceVersion) query['resourceVersion'] = options.resourceVersion;
  if (options.resourceVersionMatch) query['resourceVersionMatch'] = options.resourceVersionMatch;
  if (options.allowWatchBookmarks) query['allowWatchBookmarks'] = 'true';
  if (options.sendInitialEvents) query['sendInitialEvents'] = 'true';
  if (options.timeoutSeconds) query['timeoutSeconds'] = String(options.timeoutSeconds);
  return query;
}

/** Undefined when there is nothing to say, which is the common case. */
export function writeQuery(
  options: WriteOptions & PatchOptions,
  fieldManager: string | undefined,
): Query | undefined {
  const manager = options.fieldManager ?? fieldManager;
  if (!manager && !options.dryRun && !options.fieldValidation && !options.force) return undefined;
  const query: Query = {};
  if (options.dryRun) query['dryRun'] = 'All';
  if (manager) query['fieldManager'] = manager;
  if (options.fieldValidation) query['fieldValidation'] = options.fieldValidation;
  if (options.force) query['force'] = 'true';
  return query;
}

/** The body of a DELETE; undefined when the server's defaults are asked for. */
export function deleteBody(options: DeleteOptions): unknown {
  const { gracePeriodSeconds, preconditions, propagationPolicy, dryRun } = options;
  const wanted = {
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(preconditions && { preconditions }),
    ...(propagationPolicy && { propagationPolicy }),
    ...(dryRun && { dryRun: ['All'] }),
  };
  if (Object.keys(wanted).length === 0) return undefined;
  return { kind: 'DeleteOptions', apiVersion: 'v1', ...wanted };
}

function addSelection(query: Query, options: ListOptions | WatchOptions): void {
  if (options.labelSelector) query['labelSelector'] = options.labelSelector;
  if (options.fieldSelector) query['fieldSelector'] = options.fieldSelector;
}
