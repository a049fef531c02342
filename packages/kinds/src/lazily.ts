/** Constants that are expensive to make, made when they are first needed. */

/** `make` must be pure: the value is a constant, only late. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
