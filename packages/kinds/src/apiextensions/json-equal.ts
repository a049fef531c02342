/** Equality of JSON values, in which the order of members does not matter. */
import { encodeJson } from '@navarch/codec/json';

/** Whether two values are the same; missing members differ from null ones. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => jsonEqual(item, b[i]));
  }
  if (Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const others = b as Readonly<Record<string, unknown>>;
  return Object.entries(a).every(
    ([key, member]) => Object.hasOwn(others, key) && jsonEqual(member, others[key]),
  );
}

/** JSON in which members are in order, so that equal values have equal texts. */
export function sortedJson(value: unknown): string {
  return encodeJson(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, inOrder(member)]));
}
