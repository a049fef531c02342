/**
 * How fast the stores are: durable transactions of one 2.6 KB value from 1 and from 64 callers, and how long opening takes.
 *
 *     node --expose-gc bench/store.ts [seconds per figure]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLmdbStore } from '@navarch/store/lmdb/node';
import { createMemoryStore } from '@navarch/store/memory';
import { createNodeRuntime } from '@navarch/runtime/node';
import { prefixRange, type Revision, type Store } from '@navarch/store/store';

const seconds = Number(process.argv[2] ?? 3);
const valueBytes = 2_600;
/** One for all: a store never changes what it is given. */
const value = Buffer.alloc(valueBytes, 'x');
const keyCount = 10_000;
const runtime = createNodeRuntime({
  format: 'text',
  level: 'warn',
  write: (line) => void process.stderr.write(line),
});

interface Row {
  readonly store: string;
  readonly what: string;
  readonly 'per second'?: number;
  readonly 'p50 ms'?: string;
  readonly 'p99 ms'?: string;
  readonly ms?: string;
  readonly note?: string;
}

const rows: Row[] = [];

/** Callers that create, each the next key as soon as its last one is durable. */
async function measureCreates(name: string, store: Store, callers: number): Promise<void> {
  const latencies: number[] = [];
  const end = performance.now() + seconds * 1000;
  const prefix = `/registry/pods/${name}-${callers}`;
  const started = performance.now();
  let next = 0;
  const call = async (): Promise<void> => {
    while (performance.now() < end) {
      const before = performance.now();
      await create(store, `${prefix}/${next++}`);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const perSecond = (1000 * latencies.length) / (performance.now() - started);
  rows.push({ store: name, what: `create, ${callers} callers`, ...summary(latencies, perSecond) });
}

/** Callers that update keys of their own, with somebody watching. */
async function measureUpdates(name: string, store: Store, callers: number): Promise<void> {
  const latencies: number[] = [];
  let changes = 0;
  const subscription = store.watch(prefixRange('/registry/'), store.revision(), {
    onChanges: (delivered) => void (changes += delivered.length),
    onEnd: (error) => {
      throw error;
    },
  });
  const started = performance.now();
  const call = async (_: unknown, caller: number): Promise<void> => {
    const key = `/registry/leases/${caller}`;
    let modRevision = await create(store, key);
    for (const end = started + seconds * 1000; performance.now() < end;) {
      const before = performance.now();
      const outcome = await store.transact({
        conditions: [{ key, modRevision }],
        operations: [{ kind: 'put', key, value: value }],
      });
      if (!outcome.succeeded) throw new Error('an update failed');
      modRevision = outcome.revision;
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const perSecond = (1000 * latencies.length) / (performance.now() - started);
  subscription.stop();
  if (changes !== latencies.length + callers) throw new Error('the watch missed a change');
  const what = `update, ${callers} callers, watched`;
  rows.push({ store: name, what, ...summary(latencies, perSecond) });
}

async function create(store: Store, key: string): Promise<Revision> {
  const outcome = await store.transact({
    conditions: [{ key, modRevision: 0 as Revision }],
    operations: [{ kind: 'put', key, value: value }],
  });
  if (!outcome.succeeded) throw new Error(`${key} was there`);
  return outcome.revision;
}

async function measureOpen(directory: string): Promise<void> {
  const store = await openLmdbStore(directory, runtime);
  for (let i = 0; i < keyCount; i += 500) {
    await Promise.all(
      Array.from({ length: 500 }, (_, j) => create(store, `/registry/pods/default/pod-${i + j}`)),
    );
  }
  await store.close();
  globalThis.gc?.();
  const memory = process.memoryUsage();
  const opening = await timed('open, 10,000 keys', () => openLmdbStore(directory, runtime));
  globalThis.gc?.();
  const grown = process.memoryUsage();
  const kilobytes = Math.round(
    (grown.heapUsed + grown.external - memory.heapUsed - memory.external) / 1024,
  );
  rows.push({ store: 'lmdb', what: 'memory for 10,000 keys', note: `${kilobytes} KiB` });
  const all = await timed('read 10,000 keys', () => opening.range(prefixRange('/registry/pods/')));
  if (all.entries.length !== keyCount) throw new Error('keys are missing');
  await timed('compact 10,000 revisions', () => opening.compact(opening.revision()));
  rows.push({ store: 'lmdb', what: 'size', note: `${opening.sizeBytes() >> 20} MiB` });
  await opening.close();
}

async function timed<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await run();
  rows.push({ store: 'lmdb', what, ms: (performance.now() - started).toFixed(1) });
  return result;
}

function summary(latencies: number[], perSecond: number): Partial<Row> {
  latencies.sort((a, b) => a - b);
  const at = (share: number): string =>
    (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(2);
  return { 'per second': Math.round(perSecond), 'p50 ms': at(0.5), 'p99 ms': at(0.99) };
}

async function withDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'navarch-bench-'));
  try {
    await run(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

await withDirectory(measureOpen);
await withDirectory(async (directory) => {
  const store = await openLmdbStore(directory, runtime);
  for (const callers of [1, 64]) await measureCreates('lmdb', store, callers);
  await measureUpdates('lmdb', store, 64);
  await store.close();
});
const memory = createMemoryStore(runtime);
for (const callers of [1, 64]) await measureCreates('memory', memory, callers);
await memory.close();
console.table(rows);
