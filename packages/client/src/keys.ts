/** Keys: how queues and caches name an object of a known kind. `namespace/name`, or only `name` for cluster scope. */

interface Named {
  readonly metadata: { readonly name?: string; readonly namespace?: string };
}

export interface NamespacedName {
  /** '' for cluster scope. */
  readonly namespace: string;
  readonly name: string;
}

/** The key of an object that has a name. */
export function keyOf(object: Named): string {
  return key(object.metadata.namespace ?? '', object.metadata.name ?? '');
}

export function key(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** The inverse of `key`. */
export function parseKey(text: string): NamespacedName {
  const slash = text.indexOf('/');
  if (slash < 0) return { namespace: '', name: text };
  return { namespace: text.slice(0, slash), name: text.slice(slash + 1) };
}
