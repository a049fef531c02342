/** For tests of whatever uses the client: a small API server in memory under a virtual clock. */
import { Lifetime } from '@navarch/runtime/lifetime';
import { createVirtualRuntime, type VirtualRuntime } from '@navarch/runtime/testing';
import { type Client, createClient } from './client.ts';
import { createInformers, type Informers } from './informer.ts';
import { FakeServer } from './testing/fake-server.ts';

export { FakeServer, type Interceptor } from './testing/fake-server.ts';

export interface TestClient {
  readonly runtime: VirtualRuntime;
  readonly lifetime: Lifetime;
  readonly server: FakeServer;
  readonly client: Client;
  readonly informers: Informers;
  /** Resolves when all informers asked for have synced; time does not move. */
  readonly sync: () => Promise<void>;
}

export function startTestClient(seed = 1): TestClient {
  const runtime = createVirtualRuntime(seed);
  const lifetime = new Lifetime(runtime.log);
  const server = new FakeServer(runtime);
  const client = createClient(server, { userAgent: 'test' });
  const informers = createInformers(client, runtime, lifetime);
  const sync = async (): Promise<void> => {
    await runtime.clock.settle();
    await informers.waitForSync(lifetime.signal);
    await runtime.clock.settle();
  };
  return { runtime, lifetime, server, client, informers, sync };
}
