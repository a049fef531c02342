/**
 * Reads an lmdb data file without lmdb, and trusts nothing in it. Pure but for its `PageSource`.
 *
 * lmdb maps its file and follows page numbers wherever they lead: in a damaged file that is a crash without a message. So before lmdb
 * is let near the file, this walks all of it: both meta pages, then every page of the two trees that the newer one names. The layout
 * is that of the lmdb release that package.json pins: data version 2, 64 bits, little-endian.
 */
import { CorruptStore } from '../store.ts';
import { readMetas, type Tree } from './meta-pages.ts';
import { readU64 } from './record.ts';

export interface PageSource {
  readonly file: string;
  readonly sizeBytes: number;
  /** `length` bytes at `offset`, within the file; valid until the next read. */
  read(offset: number, length: number): Buffer;
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
  const { pageBytes, lastPage, free, main } = readMetas(source);
  const seen = new Uint8Array(lastPage + 1);
  new TreeWalk({ source, pageBytes, seen, compare: compareNumbers, visit: () => undefined }).run(
    free,
  );
  new TreeWalk({ source, pageBytes, seen, compare: compareBytes, visit }).run(main);
}

interface WalkOptions {
  readonly source: PageSource;
  readonly pageBytes: number;
  /** Pages met so far, by either tree: a page that is met twice is damage. */
  readonly seen: Uint8Array;
  readonly compare: (a: Buffer, b: Buffer) => number;
  readonly visit: VisitEntry;
}

class TreeWalk {
  readonly #source: PageSource;
  readonly #pageBytes: number;
  readonly #seen: Uint8Array;
  readonly #compare: (a: Buffer, b: Buffer) => number;
  readonly #visit: VisitEntry;
  /** One page for each level: a parent is still needed after its children were read. */
  readonly #levels: Buffer[] = [];
  #entries = 0;
  readonly #lastKey: Buffer;
  #lastKeyBytes = 0;

  constructor({ source, pageBytes, seen, compare, visit }: WalkOptions) {
    this.#source = source;
    this.#pageBytes = pageBytes;
    this.#seen = seen;
    this.#compare = compare;
    this.#visit = visit;
    this.#lastKey = Buffer.alloc(pageBytes);
  }

  run(tree: Tree): void {
    if (tree.root !== noPage) this.#page(tree.root, tree.depth - 1, undefined);
    if (this.#entries !== tree.entries)
      throw this.#damage(`${tree.entries} entries were written, ${this.#entries} are there`);
  }

  /** Walks what is under one page, `height` levels above the leaves. No key under it is less than `least`. */
  #page(number: number, height: number, least: Buffer | undefined): void {
    const page = this.#readTreePage(number, height);
    const lower = page.readUInt16LE(20);
    const upper = page.readUInt16LE(22);
    if (lower > upper || upper > this.#pageBytes - headerBytes || lower % 2 !== 0)
      throw this.#damage(`page ${number} has impossible bounds`);
    for (let i = 0; i < lower / 2; i++) {
      const offset = page.readUInt16LE(headerBytes + 2 * i) + headerBytes;
      const node = page.subarray(offset, this.#pageBytes);
      if (node.length < nodeHeaderBytes || nodeHeaderBytes + node.readUInt16LE(6) > node.length)
        throw this.#damage(`page ${number} has a node that leaves it`);
      if (height === 0) this.#leafNode(number, node, i === 0 ? least : undefined);
      else if (i === 0) this.#page(childOf(node), height - 1, least); // Its key says nothing.
      else this.#branchNode(number, node, height);
    }
  }

  #branchNode(number: number, node: Buffer, height: number): void {
    const key = keyOf(node);
    if (this.#entries > 0 && this.#compare(this.#previousKey(), key) >= 0)
      throw this.#damage(`page ${number} has keys out of order`);
    this.#page(childOf(node), height - 1, key);
  }

  #leafNode(number: number, node: Buffer, least: Buffer | undefined): void {
    const key = keyOf(node);
    const isOrdered = this.#entries === 0 || this.#compare(this.#previousKey(), key) < 0;
    if (!isOrdered || (least && this.#compare(least, key) > 0))
      throw this.#damage(`page ${number} has keys out of order`);
    this.#lastKeyBytes = key.copy(this.#lastKey);
    this.#entries++;
    this.#visit(this.#previousKey(), this.#valueOf(number, node));
  }

  #valueOf(number: number, node: Buffer): Buffer {
    const size = node.readUInt32LE(0);
    const flags = node.readUInt16LE(4);
    const data = node.subarray(nodeHeaderBytes + node.readUInt16LE(6));
    const isElsewhere = (flags & nodeIsElsewhere) !== 0;
    if (flags > nodeIsElsewhere || data.length < (isElsewhere ? referenceBytes : size))
      throw this.#damage(`page ${number} has a node that makes no sense`);
    return isElsewhere ? this.#readOverflow(data, size) : data.subarray(0, size);
  }

  #readOverflow(reference: Buffer, size: number): Buffer {
    const number = readU64(reference, 0);
    const pages = Math.floor((headerBytes - 1 + size) / this.#pageBytes) + 1;
    if (readU64(reference, 16) !== pages)
      throw this.#damage(`a reference to page ${number} has a wrong size`);
    for (let i = 0; i < pages; i++) this.#meet(number + i);
    const bytes = this.#read(number, headerBytes + size);
    this.#checkHeader(bytes, number, pageKind.overflow);
    if (bytes.readUInt32LE(20) !== pages) throw this.#damage(`page ${number} has a wrong size`);
    return bytes.subarray(headerBytes);
  }

  #readTreePage(number: number, height: number): Buffer {
    this.#meet(number);
    this.#levels[height] ??= Buffer.alloc(this.#pageBytes);
    const page = this.#levels[height];
    this.#read(number, this.#pageBytes).copy(page);
    this.#checkHeader(page, number, height === 0 ? pageKind.leaf : pageKind.branch);
    return page;
  }

  #meet(number: number): void {
    if (number < 2 || number >= this.#seen.length)
      throw this.#damage(`it refers to page ${number} of ${this.#seen.length}`);
    if (this.#seen[number]) throw this.#damage(`page ${number} is used twice`);
    this.#seen[number] = 1;
  }

  #read(number: number, length: number): Buffer {
    const offset = number * this.#pageBytes;
    if (offset + length > this.#source.sizeBytes)
      throw this.#damage(
        `it is cut short: ${this.#source.sizeBytes} bytes, page ${number} is missing`,
      );
    return this.#source.read(offset, length);
  }

  #checkHeader(page: Buffer, number: number, kind: number): void {
    if (readU64(page, 0) !== number || (page.readUInt16LE(18) & pageKinds) !== kind)
      throw this.#damage(`page ${number} is not what it should be`);
  }

  #previousKey(): Buffer {
    return this.#lastKey.subarray(0, this.#lastKeyBytes);
  }

  #damage(problem: string): CorruptStore {
    return new CorruptStore(this.#source.file, problem);
  }
}

function keyOf(node: Buffer): Buffer {
  return node.subarray(nodeHeaderBytes, nodeHeaderBytes + node.readUInt16LE(6));
}

function childOf(node: Buffer): number {
  return node.readUInt32LE(0) + node.readUInt16LE(4) * 2 ** 32;
}

function compareBytes(a: Buffer, b: Buffer): number {
  return Buffer.compare(a, b);
}

/** The list of free pages has transaction numbers for keys, in the machine's order of bytes. */
function compareNumbers(a: Buffer, b: Buffer): number {
  return a.length === 8 && b.length === 8 ? readU64(a, 0) - readU64(b, 0) : b.length - a.length;
}
