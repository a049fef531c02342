/** Whether two JSON values say the same. Pure; allocates nothing. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameValue(item, b[index]))
    );
  }
  let members = 0;
  for (const key in a) {
    members++;
    if (!(key in b) || !sameValue(memberOf(a, key), memberOf(b, key))) return false;
  }
  for (const _ in b) members--;
  return members === 0;
}

function memberOf(object: object, key: string): unknown {
  return (object as Readonly<Record<string, unknown>>)[key];
}
