import { rmSync } from 'node:fs';
import { durableStoreContract } from '../testing/contract.ts';
import { makeFastDirectory } from '../testing/directories.ts';
import { createStoreRuntime } from '../testing/fixture.ts';
import { openLmdbStore } from './node.ts';

durableStoreContract('lmdb', async () => {
  const runtime = createStoreRuntime();
  const directory = makeFastDirectory();
  let store = await openLmdbStore(directory, runtime);
  return {
    store,
    advance: (ms) => runtime.clock.advance(ms),
    reopen: async () => {
      await store.close();
      store = await openLmdbStore(directory, runtime);
      return store;
    },
    dispose: async () => {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
});
