/** The embedded default engine: one lmdb file in a directory, used by one process at a time. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { Runtime } from '@navarch/runtime/runtime';
import { EmbeddedStore, firstRevision } from '../embedded/embedded-store.ts';
import type { Recovered } from '../embedded/journal.ts';
import { noRevision, type Store } from '../store.ts';
import { dataFileName, LmdbJournal } from './journal-node.ts';
import { PageFile } from './page-file-node.ts';
import { recover } from './recover.ts';

/** Opens the store in `directory`, or makes one. Throws `StoreLocked` or `CorruptStore`. */
export async function openLmdbStore(directory: string, runtime: Runtime): Promise<Store> {
  mkdirSync(directory, { recursive: true });
  const recovered = readDataFile(path.join(directory, dataFileName));
  const journal = new LmdbJournal(directory, () => undefined);
  if (!recovered) await journal.initialize({ compacted: noRevision });
  const fresh = { revision: firstRevision, compacted: noRevision, leases: [], versions: [] };
  return new EmbeddedStore(runtime, journal, recovered ?? fresh);
}

/** Checks the whole file before lmdb maps it. */
function readDataFile(file: string): Recovered | undefined {
  if (!existsSync(file) || statSync(file).size === 0) return undefined;
  const source = new PageFile(file);
  try {
    return recover(source, crc32, firstRevision);
  } finally {
    source.close();
  }
}
