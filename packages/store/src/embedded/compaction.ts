/**
 * Forgets history, in steps small enough that writers hardly notice.
 *
 * Walking the history from its oldest version, each version makes the one it replaced unreadable; a deletion is itself forgotten.
 * What remains of a key is its latest value. Invariants: C1 the compacted revision is durable before anything is dropped, so a
 * process that dies half-way leaves only what the next compaction drops. C2 memory forgets what the journal has dropped, never before.
 */
import { limits } from '@navarch/runtime/limits';
import { type Revision, StoreFailed } from '../store.ts';
import type { History } from './history.ts';
import type { KeyIndex } from './key-index.ts';
import { isDeletion, type Version } from './version.ts';

export interface CompactionSteps {
  readonly history: History;
  readonly index: KeyIndex;
  /** Makes the drop durable. Rejects when it could not, or when the store is closing. */
  drop(removals: readonly Version[]): Promise<void>;
  /** Lets other work run. */
  pause(): Promise<void>;
}

/** A step that a disk with next to no space has room for. */
const changesMin = 8;

/** Drops what nobody can read any more at or after `revision`. */
export async function forgetUpTo(revision: Revision, steps: CompactionSteps): Promise<void> {
  const { history, index } = steps;
  let changes: number = limits.storeCompactionChangesMax;
  for (;;) {
    const oldest = history.oldest(revision, changes);
    if (oldest.length === 0) return;
    try {
      const removals = forgettable(oldest);
      if (removals.length > 0) await steps.drop(removals); // C1
    } catch (error) {
      if (!(error instanceof StoreFailed) || changes === changesMin) throw error;
      changes = changesMin;
      continue;
    }
    for (const version of oldest) forget(version, index); // C2
    history.forget(oldest.length);
    await steps.pause();
  }
}

/** What the journal drops when `oldest`, the next versions of the history, are forgotten. */
export function forgettable(oldest: readonly Version[]): readonly Version[] {
  const dropped: Version[] = [];
  for (const version of oldest) {
    const { previous } = version;
    if (previous && !isDeletion(previous)) dropped.push(previous); // A deletion was dropped in its own turn.
    if (isDeletion(version)) dropped.push(version);
  }
  return dropped;
}

function forget(version: Version, index: KeyIndex): void {
  version.previous = undefined;
  if (isDeletion(version) && version.slot.latest === version) index.remove(version.slot);
}
