/**
 * Reads an lmdb data file without lmdb, and trusts nothing in it. Pure but for its `PageSource`.
 *
 * lmdb maps its file and follows page numbers wherever they lead: in a damaged file that is a crash without a message. So before lmdb
 * is let near the file, this walks all of it: both meta pages, then every page of the two trees that the newer one names. The layout
 * is that of the lmdb release that package.json pins: data version 2, 64 bits, little-endian.
 */
import { CorruptStore } from '../store.ts';
import { readMetas, type Tree } from './meta-pages.ts';
import { pageBytes } from './page-need.ts';
import { readU64 } from './record.ts';

export interface PageSource {
  readonly file: string;
  readonly sizeBytes: number;
  /** `length` bytes at `offset`, within the file; valid until the next `read`. Quick when read in order. */
  read(offset: number, length: number): Buffer;
  /** Fills `target` with what is at `offset`, without disturbing the order in which the rest is read. */
  fill(target: Buffer, offset: number): void;
}

export type VisitEntry = (key: Buffer, value: Buffer) => void;

const headerBytes = 24;
const pageKinds = 0x6f;
const pageKind = { branch: 1, leaf: 2, overflow: 4 } as const;
const nodeHeaderBytes = 8;
/** A leaf node whose data is elsewhere holds a page number, a transaction and a number of pages. */
const nodeIsElsewhere = 1;
const referenceBytes = 24;
const noPage = 2 ** 64;

/** Calls `visit` for every entry of the main database, in the order of its keys. Throws `CorruptStore`. */
export function walkDataFile(source: PageSource, visit: VisitEntry): void {
  const { lastPage, free, main } = readMetas(source);
  const seen = new Uint8Array(lastPage + 1);
  new TreeWalk({ source, seen, compare: compareNumbers, visit: () => undefined }).run(free);
  new TreeWalk({ source, seen, compare: compareBytes, visit }).run(main);
}

interface WalkOptions {
  readonly source: PageSource;
  /** Pages met so far, by either tree: a page that is met twice is damage. */
  readonly seen: Uint8Array;
  readonly compare: (a: Buffer, b: Buffer) => number;
  readonly visit: VisitEntry;
}

class TreeWalk {
  readonly #source: PageSource;
  readonly #seen: Uint8Array;
  readonly #compare: (a: Buffer, b: Buffer) => number;
  readonly #visit: VisitEntry;
  /** One page for each level: a parent is still needed after its children were read. */
  readonly #levels: Buffer[] = [];
  #entries = 0;
  #branchPages = 0;
  #leafPages = 0;
  #overflowPages = 0;
  #lastKey: Buffer = Buffer.alloc(0);

  constructor({ source, seen, compare, visit }: WalkOptions) {
    this.#source = source;
    this.#seen = seen;
    this.#compare = compare;
    this.#visit = visit;
  }

  run(tree: Tree): void {
    if (tree.root !== noPage) this.#page(tree.root, tree.depth - 1, undefined);
    const arePages =
      this.#branchPages === tree.branchPages &&
      this.#leafPages === tree.leafPages &&
      this.#overflowPages === tree.overflowPages;
    if (!arePages) throw this.#damage('it has fewer or more pages than were written');
    if (this.#entries !== tree.entries)
      throw this.#damage(`${tree.entries} entries were written, ${this.#entries} are there`);
  }

  /** Walks what is under one page, `height` levels above the leaves. No key under it is less than `least`. */
  #page(number: number, height: number, least: Buffer | undefined): void {
    const page = this.#readTreePage(number, height);
    const lower = page.readUInt16LE(20);
    const upper = page.readUInt16LE(22);
    if (lower > upper || upper > pageBytes - headerBytes || lower % 2 !== 0)
      throw this.#damage(`page ${number} has impossible bounds`);
    for (let i = 0; i < lower / 2; i++) {
      const at = page.readUInt16LE(headerBytes + 2 * i) + headerBytes;
      const isInside =
        at + nodeHeaderBytes <= pageBytes &&
        at + nodeHeaderBytes + page.readUInt16LE(at + 6) <= pageBytes;
      if (!isInside) throw this.#damage(`page ${number} has a node that leaves it`);
      if (height === 0) this.#leafNode(page, at, i === 0 ? least : undefined);
      else if (i === 0) this.#page(childOf(page, at), height - 1, least); // Its key says nothing.
      else this.#branchNode(page, at, height);
    }
  }

  #branchNode(page: Buffer, at: number, height: number): void {
    const key = keyOf(page, at);
    if (this.#entries > 0 && this.#compare(this.#lastKey, key) >= 0)
      throw this.#damage(`page ${readU64(page, 0)} has keys out of order`);
    this.#page(childOf(page, at), height - 1, key);
  }

  #leafNode(page: Buffer, at: number, least: Buffer | undefined): void {
    const key = keyOf(page, at);
    const isOrdered = this.#entries === 0 || this.#compare(this.#lastKey, key) < 0;
    if (!isOrdered || (least && this.#compare(least, key) > 0))
      throw this.#damage(`page ${readU64(page, 0)} has keys out of order`);
    if (this.#lastKey.length !== key.length) this.#lastKey = Buffer.alloc(key.length);
    key.copy(this.#lastKey);
    this.#entries++;
    this.#visit(this.#lastKey, this.#valueOf(page, at));
  }

  #valueOf(page: Buffer, at: number): Buffer {
    const size = page.readUInt32LE(at);
    const flags = page.readUInt16LE(at + 4);
    const start = at + nodeHeaderBytes + page.readUInt16LE(at + 6);
    const isElsewhere = (flags & nodeIsElsewhere) !== 0;
    const end = start + (isElsewhere ? referenceBytes : size);
    if (flags > nodeIsElsewhere || end > pageBytes)
      throw this.#damage(`page ${readU64(page, 0)} has a node that makes no sense`);
    if (!isElsewhere) return page.subarray(start, end);
    return this.#readOverflow(readU64(page, start), readU64(page, start + 16), size);
  }

  #readOverflow(number: number, pages: number, size: number): Buffer {
    if (pages !== Math.floor((headerBytes - 1 + size) / pageBytes) + 1)
      throw this.#damage(`a reference to page ${number} has a wrong size`);
    for (let i = 0; i < pages; i++) this.#meet(number + i);
    this.#overflowPages += pages;
    const length = headerBytes + size;
    const bytes = this.#source.read(this.#offsetOf(number, length), length);
    this.#checkHeader(bytes, number, pageKind.overflow);
    if (bytes.readUInt32LE(20) !== pages) throw this.#damage(`page ${number} has a wrong size`);
    return bytes.subarray(headerBytes);
  }

  #readTreePage(number: number, height: number): Buffer {
    this.#meet(number);
    if (height === 0) this.#leafPages++;
    else this.#branchPages++;
    this.#levels[height] ??= Buffer.alloc(pageBytes);
    const page = this.#levels[height];
    this.#source.fill(page, this.#offsetOf(number, pageBytes));
    this.#checkHeader(page, number, height === 0 ? pageKind.leaf : pageKind.branch);
    return page;
  }

  #meet(number: number): void {
    if (number < 2 || number >= this.#seen.length)
      throw this.#damage(`it refers to page ${number} of ${this.#seen.length}`);
    if (this.#seen[number]) throw this.#damage(`page ${number} is used twice`);
    this.#seen[number] = 1;
  }

  #offsetOf(number: number, length: number): number {
    const offset = number * pageBytes;
    const { sizeBytes } = this.#source;
    if (offset + length > sizeBytes)
      throw this.#damage(`it is cut short: ${sizeBytes} bytes, page ${number} is missing`);
    return offset;
  }

  #checkHeader(page: Buffer, number: number, kind: number): void {
    if (readU64(page, 0) !== number || (page.readUInt16LE(18) & pageKinds) !== kind)
      throw this.#damage(`page ${number} is not what it should be`);
  }

  #damage(problem: string): CorruptStore {
    return new CorruptStore(this.#source.file, problem);
  }
}

function keyOf(page: Buffer, at: number): Buffer {
  const start = at + nodeHeaderBytes;
  return page.subarray(start, start + page.readUInt16LE(at + 6));
}

function childOf(page: Buffer, at: number): number {
  return page.readUInt32LE(at) + page.readUInt16LE(at + 4) * 2 ** 32;
}

function compareBytes(a: Buffer, b: Buffer): number {
  return Buffer.compare(a, b);
}

/** The list of free pages has transaction numbers for keys, in the machine's order of bytes. */
function compareNumbers(a: Buffer, b: Buffer): number {
  return a.length === 8 && b.length === 8 ? readU64(a, 0) - readU64(b, 0) : b.length - a.length;
}
