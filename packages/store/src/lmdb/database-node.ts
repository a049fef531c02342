/**
 * lmdb, as far as the journal needs it: synced transactions, reads, and whether anybody else is there.
 *
 * Invariants: J1 a transaction resolves after lmdb has synced the data and then the meta page; never lmdb's overlapping sync, where
 * visible comes before durable. J2 after a failure lmdb's write thread is not trusted (it may wait for ever): transactions run on this
 * thread, where every error is an exception, until one succeeds; and lmdb is opened anew when it says that it cannot go on.
 */
import { readFileSync } from 'node:fs';
import { errorText } from '@navarch/runtime/log';
import { open, type RootDatabase } from 'lmdb';
import { pageBytes } from './page-need.ts';

/** Address space, not memory or disk: larger than any cluster's state, so that nobody has to think of it. */
const mapBytes = 64 * 2 ** 30;
/** Where address space is rationed (`ulimit -v`), less has to do: lmdb crashes when it gets none. */
const smallMapBytes = 4 * 2 ** 30;

const metaPages = 2;

export interface RecordWriter {
  put(key: Buffer, record: Buffer): void;
  remove(key: Buffer): void;
}

/** How many pages of the file are in use, and for what. */
export interface PageCounts {
  readonly lastPage: number;
  readonly freePages: number;
  /** Branch and leaf pages of the records. */
  readonly treePages: number;
  /** Pages that list the free ones. */
  readonly listPages: number;
}

type Lmdb = RootDatabase<Buffer, Buffer>;

export class RecordDatabase {
  readonly #directory: string;
  #lmdb: Lmdb;
  #isTrusted = true; // J2
  readonly #writer: RecordWriter = {
    put: (key, record) => void this.#lmdb.put(key, record),
    remove: (key) => void this.#lmdb.remove(key),
  };

  constructor(directory: string) {
    this.#directory = directory;
    this.#lmdb = openLmdb(directory);
  }

  /** Does all that `write` does, or nothing. What is put must not change before this resolves. Rejects with lmdb's error. */
  async transact(write: (writer: RecordWriter) => void): Promise<void> {
    try {
      const run = (): void => write(this.#writer);
      if (this.#isTrusted) await this.#lmdb.batch(run); // J1
      else this.#lmdb.transactionSync(run);
      this.#isTrusted = true;
    } catch (error) {
      const cause = await causeOf(error);
      await this.#distrust(cause);
      throw cause;
    }
  }

  /** The record, valid until the next call. */
  get(key: Buffer): Buffer | undefined {
    const found = this.#lmdb.getBinaryFast(key);
    return found?.subarray(0, found.length); // lmdb's buffer is longer than it says.
  }

  /**
   * The pid of another process that has the file open, if there is one. Processes of other pid namespaces count: the kernel keeps
   * lmdb's locks for all.
   */
  otherProcess(): number | undefined {
    this.#lmdb.useReadTransaction().done(); // Registers us with lmdb before we look: see D1 in lock-node.ts.
    this.#lmdb.readerCheck();
    const pids = this.#lmdb.readerList().matchAll(/^\s*(\d+) /gm);
    return [...pids].map(([, pid]) => Number(pid)).find((pid) => pid !== process.pid);
  }

  pageCounts(): PageCounts {
    const stats = this.#lmdb.getStats() as LmdbStats;
    const lastPage = stats.lastPageNumber;
    const treePages = stats.treeBranchPageCount + stats.treeLeafPageCount;
    const listPages = allPagesOf(stats.free);
    const freePages = lastPage + 1 - metaPages - allPagesOf(stats) - listPages;
    return { lastPage, freePages, treePages, listPages };
  }

  async close(): Promise<void> {
    await this.#lmdb.close();
  }

  async #distrust(cause: unknown): Promise<void> {
    this.#isTrusted = false;
    if (!/MDB_PANIC|MDB_BAD_TXN/.test(errorText(cause))) return;
    await this.#lmdb.close();
    this.#lmdb = openLmdb(this.#directory);
  }
}

interface TreeStats {
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

interface LmdbStats extends TreeStats {
  readonly lastPageNumber: number;
  readonly free: TreeStats;
}

function allPagesOf(tree: TreeStats): number {
  return tree.treeBranchPageCount + tree.treeLeafPageCount + tree.overflowPages;
}

function openLmdb(directory: string): Lmdb {
  return open<Buffer, Buffer>({
    path: directory,
    noSubdir: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    mapSize: isAddressSpaceLimited() ? smallMapBytes : mapBytes,
    pageSize: pageBytes,
    maxDbs: 1,
    overlappingSync: false, // J1
  });
}

function isAddressSpaceLimited(): boolean {
  try {
    return !/^Max address space +unlimited/m.test(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return false; // Not Linux.
  }
}

/** lmdb rejects a failed commit with a general error, and that error's `commitError` with the cause. */
async function causeOf(error: unknown): Promise<unknown> {
  const commitError = (error as { commitError?: Promise<never> }).commitError;
  if (!commitError) return error;
  return commitError.catch((cause: unknown) => cause);
}
