/**
 * A process that writes from 32 callers until it is killed, and prints each write once it is acknowledged: `writer number revision`.
 * Started by the crash tests.
 */
import { createNodeRuntime } from '@navarch/runtime/node';
import { openLmdbStore } from '../lmdb/node.ts';
import type { Revision, Store } from '../store.ts';

const runtime = createNodeRuntime({
  format: 'text',
  level: 'warn',
  write: (line) => void process.stderr.write(line),
});
const store = await openLmdbStore(process.argv[2] ?? '', runtime);
const first = Number(process.argv[3]);

/** Each write is a transaction of two keys: the writer's own, and one for this write alone. */
async function writeForever(store: Store, writer: number): Promise<never> {
  for (let number = first; ; number++) {
    const value = Buffer.from(`${number} `.padEnd(500 + 40 * writer, '.'));
    const outcome = await store.transact({
      conditions: [],
      operations: [
        { kind: 'put', key: `/writers/${writer}`, value },
        { kind: 'put', key: `/writes/${writer}/${number}`, value },
      ],
    });
    process.stdout.write(`${writer} ${number} ${outcome.revision}\n`);
  }
}

/** Compaction goes on meanwhile, so that it is interrupted too. */
async function compactForever(store: Store): Promise<never> {
  for (let compacted = store.revision(); ;) {
    const revision = Math.max(store.revision() - 100, compacted) as Revision;
    if (revision > compacted) await store.compact(revision);
    compacted = revision;
    await new Promise<void>((resolve) => runtime.clock.soon(resolve));
  }
}

await Promise.all([
  compactForever(store),
  ...Array.from({ length: 32 }, (_, writer) => writeForever(store, writer)),
]);
