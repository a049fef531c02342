/** How many pages of the data file a batch may write, at most. Pure. */
import type { Batch } from '../embedded/journal.ts';
import { versionBytes } from './record.ts';

export const pageBytes = 4096;

const pageHeaderBytes = 24;
/** Smaller records lie in the leaf pages; larger ones have pages of their own, next to each other. */
const recordInLeafMaxBytes = 2_000;
/** Pages from the root of a tree to a leaf: enough for any tree, and each may split. */
const treeDepth = 6;
/** New records go to the end of the tree, where one leaf takes far more of them than this. */
const newRecordsPerLeaf = 32;

export interface PageNeed {
  readonly pages: number;
  /** Those of them that must lie next to each other. */
  readonly adjacent: number;
  readonly frees: boolean;
}

export interface TreePages {
  /** Branch and leaf pages of the records. */
  readonly treePages: number;
  /** Pages that list the free ones. */
  readonly listPages: number;
}

export function pagesNeeded(
  { writes, removals, leases }: Batch,
  { treePages, listPages }: TreePages,
): PageNeed {
  let pages = 4 * treeDepth + 2 * listPages; // The state, the end of the tree, the free pages, and splits.
  let adjacent = 0;
  for (const { slot, value } of writes) {
    const own = recordPages(versionBytes(slot.key, value));
    pages += own;
    if (own > 1) adjacent += own;
  }
  pages += Math.ceil(writes.length / newRecordsPerLeaf);
  // What lies anywhere in the tree may change a page on each level, but no page twice.
  pages += Math.min((removals.length + leases.length) * treeDepth, 2 * treePages);
  return { pages, adjacent, frees: removals.length > 0 };
}

function recordPages(bytes: number): number {
  if (bytes <= recordInLeafMaxBytes) return 1;
  return Math.floor((pageHeaderBytes - 1 + bytes) / pageBytes) + 1;
}
