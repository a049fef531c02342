/**
 * Reads an lmdb data file without lmdb, and trusts nothing in it. Pure but for its `PageSource`.
 *
 * lmdb maps its file and follows page numbers wherever they lead: in a damaged file that is a crash without a message. So before lmdb
 * is let near the file, this walks all of it: both meta pages, then every page of the two trees that the newer one names. The layout
 * is that of the lmdb release that package.json pins: data version 2, 64 bits, little-endian. In both trees keys have eight bytes.
 */
import { CorruptStore } from '../store.ts';
import { readMetas, type Tree } from './meta-pages.ts';
import { pageBytes } from './page-need.ts';
import { type FoundRecord, readU64 } from './record.ts';

export interface PageSource {
  readonly file: string;
  readonly sizeBytes: number;
  /** Reads `length` bytes at `offset`, within the file, into `buffer`; returns where in it they are. Quick when in order. */
  locate(offset: number, length: number): number;
  /** What `locate` read last. */
  readonly buffer: Buffer;
  /** Fills `target` with what is at `offset`, without disturbing the order in which the rest is read. */
  fill(target: Buffer, offset: number): void;
}

/** What is found is valid only during the call. */
export type VisitRecord = (found: FoundRecord) => void;

const headerBytes = 24;
const pageKinds = 0x6f;
const pageKind = { branch: 1, leaf: 2, overflow: 4 } as const;
const nodeHeaderBytes = 8;
const keyBytes = 8;
/** A leaf node whose data is elsewhere holds a page number, a transaction and a number of pages. */
const nodeIsElsewhere = 1;
const referenceBytes = 24;
const noPage = 2 ** 64;

const noBuffer: Buffer = Buffer.alloc(0);

type ReadWord = (page: Buffer, at: number) => number;

/** Calls `visit` for every entry of the main database, in the order of its keys. Throws `CorruptStore`. */
export function walkDataFile(source: PageSource, visit: VisitRecord): void {
  const { lastPage, free, main } = readMetas(source);
  const seen = new Uint8Array(lastPage + 1);
  new TreeWalk(source, seen, freeTreeKey, () => undefined).run(free);
  new TreeWalk(source, seen, mainTreeKey, visit).run(main);
}

/** How the two halves of a key are read, so that comparing them is comparing keys. */
interface KeyReader {
  readonly high: ReadWord;
  readonly low: ReadWord;
}

const mainTreeKey: KeyReader = { high: bigEndian, low: (page, at) => bigEndian(page, at + 4) };

/** The list of free pages has transaction numbers for keys, in the machine's order of bytes. */
const freeTreeKey: KeyReader = {
  high: (page, at) => page.readUInt32LE(at + 4),
  low: (page, at) => page.readUInt32LE(at),
};

class TreeWalk {
  readonly #source: PageSource;
  /** Pages met so far, by either tree: a page that is met twice is damage. */
  readonly #seen: Uint8Array;
  readonly #key: KeyReader;
  readonly #visit: VisitRecord;
  /** One page for each level: a parent is still needed after its children were read. */
  readonly #levels: Buffer[] = [];
  #entries = 0;
  #branchPages = 0;
  #leafPages = 0;
  #overflowPages = 0;
  /** The last key met, and the record that is being visited. */
  readonly #found = { high: 0, low: 0, buffer: noBuffer, start: 0, end: 0 };

  constructor(source: PageSource, seen: Uint8Array, key: KeyReader, visit: VisitRecord) {
    this.#source = source;
    this.#seen = seen;
    this.#key = key;
    this.#visit = visit;
  }

  run(tree: Tree): void {
    if (tree.root !== noPage) this.#page(tree.root, tree.depth - 1);
    const arePages =
      this.#branchPages === tree.branchPages &&
      this.#leafPages === tree.leafPages &&
      this.#overflowPages === tree.overflowPages;
    if (!arePages) throw this.#damage('it has fewer or more pages than were written');
    if (this.#entries !== tree.entries)
      throw this.#damage(`${tree.entries} entries were written, ${this.#entries} are there`);
  }

  /** Walks what is under one page, `height` levels above the leaves. */
  #page(number: number, height: number): void {
    const page = this.#readTreePage(number, height);
    const lower = page.readUInt16LE(20);
    const upper = page.readUInt16LE(22);
    if (lower > upper || upper > pageBytes - headerBytes || lower % 2 !== 0)
      throw this.#damage(`page ${number} has impossible bounds`);
    for (let i = 0; i < lower / 2; i++) {
      const at = page.readUInt16LE(headerBytes + 2 * i) + headerBytes;
      const isFirst = height > 0 && i === 0; // A branch page's first key says nothing, and may be missing.
      const isInside = at + nodeHeaderBytes + (isFirst ? 0 : keyBytes) <= pageBytes;
      if (!isInside || (!isFirst && page.readUInt16LE(at + 6) !== keyBytes))
        throw this.#damage(`page ${number} has a node that makes no sense`);
      if (height === 0) this.#leafNode(page, at);
      else this.#branchNode(page, at, height, isFirst);
    }
  }

  /** What is under the node has no key below the node's, and what came before has none above it. */
  #branchNode(page: Buffer, at: number, height: number, isFirst: boolean): void {
    const child = page.readUInt32LE(at) + page.readUInt16LE(at + 4) * 2 ** 32;
    if (isFirst) return this.#page(child, height - 1);
    const before = this.#entries;
    const high = this.#key.high(page, at + nodeHeaderBytes);
    const low = this.#key.low(page, at + nodeHeaderBytes);
    if (before > 0 && !this.#isAfterLast(high, low))
      throw this.#damage(`page ${readU64(page, 0)} has keys out of order`);
    // The first entry below has to come after the last key that could be there: the one just before the node's.
    this.#found.high = low === 0 ? high - 1 : high;
    this.#found.low = low === 0 ? 0xffffffff : low - 1;
    this.#page(child, height - 1);
  }

  #leafNode(page: Buffer, at: number): void {
    const found = this.#found;
    const high = this.#key.high(page, at + nodeHeaderBytes);
    const low = this.#key.low(page, at + nodeHeaderBytes);
    if (!this.#isAfterLast(high, low) && this.#entries > 0)
      throw this.#damage(`page ${readU64(page, 0)} has keys out of order`);
    found.high = high;
    found.low = low;
    this.#entries++;
    this.#findValue(page, at);
    this.#visit(found);
  }

  #isAfterLast(high: number, low: number): boolean {
    const { high: lastHigh, low: lastLow } = this.#found;
    return high > lastHigh || (high === lastHigh && low > lastLow);
  }

  #findValue(page: Buffer, at: number): void {
    const size = page.readUInt32LE(at);
    const flags = page.readUInt16LE(at + 4);
    const start = at + nodeHeaderBytes + keyBytes;
    const isElsewhere = (flags & nodeIsElsewhere) !== 0;
    const end = start + (isElsewhere ? referenceBytes : size);
    if (flags > nodeIsElsewhere || end > pageBytes)
      throw this.#damage(`page ${readU64(page, 0)} has a node that makes no sense`);
    this.#found.buffer = page;
    this.#found.start = start;
    this.#found.end = end;
    if (isElsewhere) this.#findOverflow(readU64(page, start), readU64(page, start + 16), size);
  }

  #findOverflow(number: number, pages: number, size: number): void {
    if (pages !== Math.floor((headerBytes - 1 + size) / pageBytes) + 1)
      throw this.#damage(`a reference to page ${number} has a wrong size`);
    for (let i = 0; i < pages; i++) this.#meet(number + i);
    this.#overflowPages += pages;
    const length = headerBytes + size;
    const at = this.#source.locate(this.#offsetOf(number, length), length);
    const { buffer } = this.#source;
    this.#checkHeader(buffer, at, number, pageKind.overflow);
    if (buffer.readUInt32LE(at + 20) !== pages)
      throw this.#damage(`page ${number} has a wrong size`);
    this.#found.buffer = buffer;
    this.#found.start = at + headerBytes;
    this.#found.end = at + length;
  }

  #readTreePage(number: number, height: number): Buffer {
    this.#meet(number);
    if (height === 0) this.#leafPages++;
    else this.#branchPages++;
    this.#levels[height] ??= Buffer.alloc(pageBytes);
    const page = this.#levels[height];
    this.#source.fill(page, this.#offsetOf(number, pageBytes));
    this.#checkHeader(page, 0, number, height === 0 ? pageKind.leaf : pageKind.branch);
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

  #checkHeader(buffer: Buffer, at: number, number: number, kind: number): void {
    const isRight =
      readU64(buffer, at) === number && (buffer.readUInt16LE(at + 18) & pageKinds) === kind;
    if (!isRight) throw this.#damage(`page ${number} is not what it should be`);
  }

  #damage(problem: string): CorruptStore {
    return new CorruptStore(this.#source.file, problem);
  }
}

function bigEndian(page: Buffer, at: number): number {
  return page.readUInt32BE(at);
}
