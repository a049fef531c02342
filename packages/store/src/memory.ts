/** The engine for tests and simulations: everything is durable at the end of the turn, and gone with the process. */
import type { Runtime } from '@navarch/runtime/runtime';
import { EmbeddedStore, firstRevision } from './embedded/embedded-store.ts';
import type { Batch, Journal } from './embedded/journal.ts';
import type { Version } from './embedded/version.ts';
import { noRevision, type Store } from './store.ts';

export function createMemoryStore(runtime: Runtime): Store {
  return new EmbeddedStore(runtime, new MemoryJournal(), {
    revision: firstRevision,
    compacted: noRevision,
    leases: [],
    versions: [],
  });
}

/** Versions hold their own bytes; the journal only counts them. */
class MemoryJournal implements Journal {
  readonly keepsValues = false;
  #sizeBytes = 0;

  async commit({ writes, removals }: Batch): Promise<void> {
    for (const version of writes) this.#sizeBytes += sizeOf(version);
    for (const version of removals) this.#sizeBytes -= sizeOf(version);
  }

  read(): Uint8Array {
    throw new Error('a version of the memory store has lost its bytes');
  }

  sizeBytes(): number {
    return this.#sizeBytes;
  }

  async close(): Promise<void> {}
}

function sizeOf({ slot, value }: Version): number {
  return slot.key.length + (value?.length ?? 0);
}
