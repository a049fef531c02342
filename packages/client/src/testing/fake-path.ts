/** Reads the URL paths of the resource API. */

export interface FakePath {
  /** Such as `apps/replicasets`; the group is empty for the core group: `/pods`. */
  readonly resource: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace: string;
  /** '' for the collection. */
  readonly name: string;
  readonly subresource: string;
}

export function parsePath(path: string): FakePath | undefined {
  const parts = path.split('/').slice(1).map(decodeURIComponent);
  const root = parts.shift();
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'apis' ? (parts.shift() ?? '') : '';
  const version = parts.shift() ?? '';
  const isNamespaced = parts[0] === 'namespaces' && parts.length > 2 && !isOfNamespace(parts);
  const namespace = isNamespaced ? (parts.splice(0, 2)[1] ?? '') : '';
  const [plural = '', name = '', subresource = ''] = parts;
  if (plural === '') return undefined;
  return { resource: `${group}/${plural}`, group, version, plural, namespace, name, subresource };
}

/** `namespaces/web/status` is a subresource of a namespace, not a resource in it. */
function isOfNamespace(parts: readonly string[]): boolean {
  return parts.length === 3 && (parts[2] === 'status' || parts[2] === 'finalize');
}
