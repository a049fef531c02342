/** The two pages with which an lmdb data file begins: where its trees are. See data-file.ts. */
import { CorruptStore } from '../store.ts';
import type { PageSource } from './data-file.ts';
import { pageBytes } from './page-need.ts';
import { readU64 } from './record.ts';

export interface Tree {
  /** Levels of pages; 0 when there is no root. */
  readonly depth: number;
  readonly flags: number;
  readonly branchPages: number;
  readonly leafPages: number;
  readonly overflowPages: number;
  readonly entries: number;
  readonly root: number;
}

export interface Meta {
  readonly lastPage: number;
  readonly transaction: number;
  readonly free: Tree;
  readonly main: Tree;
}

const headerBytes = 24;
const metaBytes = 144;
const kindMeta = 8;
const magic = 0xbeefc0de;
const dataVersion = 2;
/** No tree is that deep, whatever it says. */
const depthMax = 32;
/** The list of free pages has integers for keys. */
const freeTreeFlags = 8;

/** The newer of the two meta pages, once both make sense. Throws `CorruptStore`. */
export function readMetas(source: PageSource): Meta {
  const first = readMeta(source, 0, 0);
  const second = readMeta(source, 1, pageBytes);
  const newest = second.transaction > first.transaction ? second : first;
  if (!alternate(first.transaction, second.transaction))
    throw new CorruptStore(source.file, 'its two meta pages contradict each other');
  return newest;
}

/** Transaction n writes meta page n % 2, so their numbers are one apart: all but in a file that was never written to. */
function alternate(even: number, odd: number): boolean {
  const isFresh = even === 0 && odd === 0;
  return isFresh || (even % 2 === 0 && odd % 2 === 1 && Math.abs(even - odd) === 1);
}

function readMeta(source: PageSource, page: number, offset: number): Meta {
  if (source.sizeBytes < offset + headerBytes + metaBytes)
    throw new CorruptStore(source.file, `it is cut short at ${source.sizeBytes} bytes`);
  const bytes = Buffer.alloc(headerBytes + metaBytes);
  source.fill(bytes, offset);
  const meta = bytes.subarray(headerBytes);
  const isMeta =
    readU64(bytes, 0) === page &&
    bytes.readUInt16LE(18) === kindMeta &&
    meta.readUInt32LE(0) === magic &&
    meta.readUInt32LE(4) === dataVersion;
  const lastPage = readU64(meta, 120);
  const free = readTree(meta, 24);
  const main = readTree(meta, 72);
  const isSane =
    meta.readUInt32LE(24) === pageBytes &&
    isTree(free) &&
    isTree(main) &&
    free.flags === freeTreeFlags &&
    main.flags === 0;
  if (!isMeta || !isSane)
    throw new CorruptStore(source.file, `page ${page} is not a meta page as the store writes it`);
  if ((lastPage + 1) * pageBytes > source.sizeBytes)
    throw new CorruptStore(source.file, `it is cut short at ${source.sizeBytes} bytes`);
  return { lastPage, transaction: readU64(meta, 128), free, main };
}

function readTree(meta: Buffer, offset: number): Tree {
  return {
    depth: meta.readUInt16LE(offset + 6),
    flags: meta.readUInt16LE(offset + 4),
    branchPages: readU64(meta, offset + 8),
    leafPages: readU64(meta, offset + 16),
    overflowPages: readU64(meta, offset + 24),
    entries: readU64(meta, offset + 32),
    root: readU64(meta, offset + 40),
  };
}

function isTree({ depth, root }: Tree): boolean {
  return depth <= depthMax && (depth === 0) === (root === 2 ** 64);
}
