/**
 * A whole cluster under a virtual clock: API server, controllers, scheduler and nodes, from one seed, without sockets or real time. The
 * same seed and the same commands give the same history, byte for byte.
 */
import { crc32 } from 'node:zlib';
import type { Client } from '@navarch/client/client';
import { type ControlPlane, startControlPlane } from '@navarch/cluster/start-control-plane';
import { defaultSettings } from '@navarch/cluster/settings';
import { createVirtualRuntime, type VirtualRuntime } from '@navarch/runtime/testing';
import { createMemoryStore } from '@navarch/store/memory';
import { type Change, prefixRange, type Store } from '@navarch/store/store';

export interface WorldOptions {
  readonly seed: number;
  readonly nodes: number;
}

export interface World {
  readonly runtime: VirtualRuntime;
  readonly controlPlane: ControlPlane;
  /** An administrator's client. */
  readonly client: Client;
  /** Everything that was ever written: when, what, and a checksum of its bytes. */
  readonly history: readonly string[];
  /** Waits for calls into the cluster: lets time pass until `work` is done. */
  perform<T>(work: Promise<T>): Promise<T>;
  /** Lets time pass until nothing but heartbeats happened for a while; gives up after `limitMs`. Says whether it got quiet. */
  untilQuiet(limitMs: number): Promise<boolean>;
  stop(): Promise<void>;
}

const quietMs = 5000;
const stepMs = 250;

export async function startWorld({ seed, nodes }: WorldOptions): Promise<World> {
  const runtime = createVirtualRuntime(seed);
  const store = createMemoryStore(runtime);
  const history: string[] = [];
  const lastChange = recordHistory(store, runtime, history);
  const names = Array.from({ length: nodes }, (_, index) => `node-${index + 1}`);
  const controlPlane = await drive(
    runtime,
    startControlPlane({ runtime, store, settings: defaultSettings, parts: 'all', nodes: names }),
  );
  const client = controlPlane.clientFor(
    { username: 'admin', groups: ['system:masters', 'system:authenticated'] },
    'simulator',
  );
  return {
    runtime,
    controlPlane,
    client,
    history,
    perform: (work) => drive(runtime, work),
    untilQuiet: (limitMs) => {
      const { clock } = runtime;
      const isQuiet = (): boolean => clock.monotonicMs() - lastChange() >= quietMs;
      return clock.advanceUntil(isQuiet, limitMs, stepMs);
    },
    stop: async () => {
      await drive(runtime, controlPlane.stop());
      await store.close();
    },
  };
}

/** Returns when something other than a heartbeat last changed. */
function recordHistory(store: Store, { clock }: VirtualRuntime, history: string[]): () => number {
  let lastMs = 0;
  const record = ({ kind, key, entry }: Change): void => {
    const sum = kind === 'put' ? crc32(entry.value).toString(16) : '-';
    history.push(`${clock.monotonicMs()} ${entry.modRevision} ${kind} ${key} ${sum}`);
    if (!key.startsWith('/registry/leases/')) lastMs = clock.monotonicMs();
  };
  store.watch(prefixRange('/registry/'), store.revision(), {
    onChanges: (changes) => changes.forEach(record),
    onEnd: () => undefined,
  });
  return () => lastMs;
}

/** Lets the virtual world run until `work` settles. Time moves only when nothing else can. */
async function drive<T>(runtime: VirtualRuntime, work: Promise<T>): Promise<T> {
  let settled = false;
  const done = work.finally(() => (settled = true));
  done.catch(() => undefined); // Whoever awaits the result below hears of it.
  await runtime.clock.advanceUntil(() => settled, 600_000, 10);
  if (!settled) throw new Error('the cluster did not answer within ten virtual minutes');
  return done;
}
