/** Hands a new watch what happened before it came. */
import { limits } from '@navarch/runtime/limits';
import type { Change, KeyRange, Revision, WatchListener } from '../store.ts';
import type { History } from './history.ts';
import { sortable } from './key-index.ts';
import type { Version } from './version.ts';

/** Delivers what `history` holds after `after`, in pieces that end with a revision, all before it returns. */
export function catchUp(
  history: History,
  range: KeyRange,
  after: Revision,
  listener: WatchListener,
  describe: (version: Version) => Change,
): void {
  const start = sortable(range.start);
  const end = sortable(range.end);
  let changes: Change[] = [];
  let position = history.positionAfter(after);
  for (let version = history.at(position); version; version = history.at(++position)) {
    const isLong = changes.length >= limits.storeWatchCatchUpChangesMax;
    if (isLong && changes.at(-1)?.revision !== version.revision) {
      listener.onChanges(changes);
      changes = [];
    }
    const key = sortable(version.slot.key);
    if (key >= start && key < end) changes.push(describe(version));
  }
  if (changes.length > 0) listener.onChanges(changes);
}
