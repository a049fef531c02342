/** The embedded default engine: one lmdb file in a directory, used by one process at a time. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { Runtime } from '@navarch/runtime/runtime';
import { EmbeddedStore, firstRevision } from '../embedded/embedded-store.ts';
import { CorruptStore, noRevision, type Store } from '../store.ts';
import { dataFileName, LmdbJournal } from './journal-node.ts';
import { type DirectoryLock, lockDirectory } from './lock-node.ts';
import { readMetas } from './meta-pages.ts';
import { PageFile } from './page-file-node.ts';
import { recover } from './recover.ts';

const markerFileName = 'navarch-store.txt';
const markerText =
  'The state of a Navarch cluster is in data.mdb: every object, and recent history.\n';

/** Opens the store in `directory`, or makes one. Throws `StoreLocked` or `CorruptStore`. */
export async function openLmdbStore(directory: string, runtime: Runtime): Promise<Store> {
  mkdirSync(directory, { recursive: true });
  const lock = await lockDirectory(directory, runtime.clock);
  try {
    return await openLocked(directory, runtime, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(
  directory: string,
  runtime: Runtime,
  lock: DirectoryLock,
): Promise<Store> {
  const source = openDataFile(directory);
  try {
    if (source) readMetas(source); // What lmdb trusts blindly when it opens the file.
    const journal = new LmdbJournal(directory, () => lock.release());
    const store = await openStore(runtime, journal, source);
    markUsed(directory);
    return store;
  } finally {
    source?.close();
  }
}

/** undefined when nothing was ever written; a file that was there and is gone, or empty, is damage. */
function openDataFile(directory: string): PageFile | undefined {
  const file = path.join(directory, dataFileName);
  const isThere = existsSync(file);
  if (isThere && statSync(file).size > 0) return new PageFile(file);
  if (!existsSync(path.join(directory, markerFileName))) return undefined;
  throw new CorruptStore(file, isThere ? 'it is empty' : 'it is missing');
}

/** Remembers, outside the data file, that there is data. */
function markUsed(directory: string): void {
  const marker = path.join(directory, markerFileName);
  if (!existsSync(marker)) writeFileSync(marker, markerText, { flush: true });
}

async function openStore(
  runtime: Runtime,
  journal: LmdbJournal,
  source: PageFile | undefined,
): Promise<Store> {
  try {
    journal.checkAlone();
    const recovered = source && recover(source, crc32, firstRevision); // Before lmdb reads a record.
    await journal.start(recovered);
    return new EmbeddedStore(runtime, journal, recovered ?? emptyStore);
  } catch (error) {
    await journal.close();
    throw error;
  }
}

const emptyStore = { revision: firstRevision, compacted: noRevision, leases: [], versions: [] };
