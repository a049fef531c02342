/**
 * Makes sure that lmdb never meets a full disk: the data file is given its space before lmdb writes into it.
 *
 * lmdb 3.5.6 overruns a buffer while it words the error of a failed write, which can take the process down. Zeros that we wrote before
 * cannot run out of space when lmdb writes over them; and when there is no space for the zeros, that is an ordinary error. It is
 * quicker too: syncing a file that does not grow leaves its metadata alone.
 *
 * Needs are upper bounds. Invariants: R1 lmdb is given a batch only if it fits between lmdb's last page and the end of the file, or,
 * on a full disk, into pages that were freed at least three transactions ago, which lmdb may use again by then. R2 the last
 * `reservePages` are kept for batches that free pages, so that a full disk can be compacted.
 */
import { closeSync, fstatSync, openSync, write } from 'node:fs';
import { promisify } from 'node:util';
import type { PageCounts } from './database-node.ts';
import { pageBytes, type PageNeed } from './page-need.ts';

/** How much the file grows at a time: 1 MiB. */
const growPages = 256;
const reservePages = 256;

/** After how many transactions lmdb uses a freed page again, for sure. */
export const transactionsToReuse = 3;

const writeAt = promisify(write);

export class Room {
  readonly #fd: number;
  readonly #count: () => PageCounts;
  #usage: PageCounts;
  #endPages: number;
  /** At least so many pages follow lmdb's last one. */
  #freshPages = 0;
  #isFull = false;
  /** Free pages after each of the latest commits, kept while the disk is full. */
  #freeHistory: number[] = [];

  constructor(file: string, count: () => PageCounts) {
    this.#fd = openSync(file, 'r+');
    this.#count = count;
    this.#usage = count();
    this.#endPages = Math.floor(fstatSync(this.#fd).size / pageBytes);
  }

  /** As it was when it was last counted, at most one growth ago. */
  get usage(): PageCounts {
    return this.#usage;
  }

  /** Where the space that lmdb may use ends. */
  get endBytes(): number {
    return this.#endPages * pageBytes;
  }

  /** Whether the last `make` found the disk full. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Finds room for one batch. Rejects with the disk's error. */
  async make(need: PageNeed): Promise<void> {
    if (this.#freshPages < need.pages + reservePages) {
      this.#usage = this.#count();
      this.#freshPages = this.#endPages - this.#usage.lastPage - 1;
      const error = await this.#grow(need.pages + reservePages);
      this.#isFull = error !== undefined;
      if (error && !this.#fits(need)) throw error; // R1
    }
    this.#freshPages = Math.max(this.#freshPages - need.pages, 0);
  }

  /** To be called after each commit. */
  committed(): void {
    const free = this.#isFull ? [...this.#freeHistory, this.#count().freePages] : [];
    this.#freeHistory = free.slice(-transactionsToReuse);
  }

  close(): void {
    closeSync(this.#fd);
  }

  async #grow(wantedPages: number): Promise<Error | undefined> {
    try {
      while (this.#freshPages < wantedPages) await this.#append(wantedPages - this.#freshPages);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }

  /** A full disk may take a part: what it took is ours. */
  async #append(pages: number): Promise<void> {
    const zeros = Buffer.alloc(Math.max(pages, growPages) * pageBytes);
    const { bytesWritten } = await writeAt(this.#fd, zeros, 0, zeros.length, this.endBytes);
    const grown = Math.floor(bytesWritten / pageBytes);
    this.#endPages += grown;
    this.#freshPages += grown;
  }

  #fits({ pages, adjacent, frees }: PageNeed): boolean {
    const fresh = this.#freshPages - (frees ? 0 : reservePages); // R2
    if (fresh >= pages) return true;
    const isKnown = this.#freeHistory.length === transactionsToReuse;
    const reusable = isKnown ? Math.min(...this.#freeHistory) : 0;
    return fresh >= adjacent && reusable >= (transactionsToReuse + 1) * pages;
  }
}
