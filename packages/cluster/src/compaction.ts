/** Forgets history: what was the newest revision one interval ago is what is kept from. */
import type { Lifetime } from '@navarch/runtime/lifetime';
import { limits } from '@navarch/runtime/limits';
import { errorText } from '@navarch/runtime/log';
import type { Runtime } from '@navarch/runtime/runtime';
import { Compacted, type Store } from '@navarch/store/store';

export function startCompaction(store: Store, { clock, log }: Runtime, lifetime: Lifetime): void {
  lifetime.run('compaction', async (signal) => {
    let before = store.revision();
    for (;;) {
      try {
        await clock.sleep(limits.storeCompactionIntervalMs, signal);
      } catch {
        return; // The server stops.
      }
      const target = before;
      before = store.revision();
      if (target === before) continue; // Nothing was written: nothing to forget.
      await store.compact(target).catch((error: unknown) => {
        // Another server of the same store was quicker.
        if (!(error instanceof Compacted))
          log.warn('compaction failed', { error: errorText(error) });
      });
    }
  });
}
