/** Whether two JSON values are equal, whatever the order of their properties. Stops early at what they share. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && areListsEqual(a, b);
  if (Array.isArray(b)) return false;
  return areObjectsEqual(a as Record<string, unknown>, b as Record<string, unknown>);
}

function areListsEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!isEqual(a[index], b[index])) return false;
  }
  return true;
}

function areObjectsEqual(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let members = 0;
  for (const key in a) {
    members++;
    if (!isEqual(a[key], b[key])) return false;
  }
  for (const key in b) {
    members--;
    if (!(key in a)) return false;
  }
  return members === 0;
}
