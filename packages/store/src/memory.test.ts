import { createMemoryStore } from './memory.ts';
import { storeContract } from './testing/contract.ts';
import { createStoreRuntime } from './testing/fixture.ts';

storeContract('memory', async () => {
  const runtime = createStoreRuntime();
  const store = createMemoryStore(runtime);
  return {
    store,
    advance: (ms) => runtime.clock.advance(ms),
    dispose: () => store.close(),
  };
});
