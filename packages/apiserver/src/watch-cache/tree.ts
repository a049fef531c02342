/** The sorted map that caches are made of: cloning is O(1), clones share what they have in common. */
import sortedBTree from 'sorted-btree';
import type { Entry } from './entry.ts';

// The package is CommonJS, so that its class is a property of what a default import gives.
const { default: BTree } = sortedBTree;

/** Relative keys (`namespace/name`, or `name`) to entries, in the order of the keys. */
export type EntryTree = InstanceType<typeof BTree<string, Entry>>;

export function createTree(): EntryTree {
  return new BTree<string, Entry>(undefined, compareKeys);
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first key past all that begin with `namespace/`: '0' is what follows '/'. */
export function namespaceEnd(namespace: string): string {
  return `${namespace}0`;
}

export function namespaceStart(namespace: string): string {
  return `${namespace}/`;
}

/** Past every key there can be. */
export const endOfKeys = '\u{10FFFF}';

export function objectKey(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

export function namespaceOf(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? '' : key.slice(0, slash);
}

export function nameOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
