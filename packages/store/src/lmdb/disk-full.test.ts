/** A full disk: writes fail and are undone, reads go on, and writes work again when there is room. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { type Store, StoreFailed } from '../store.ts';
import { withDiskDirectory } from '../testing/directories.ts';
import {
  contents,
  createStoreRuntime,
  everything,
  put,
  recordWatch,
  write,
} from '../testing/fixture.ts';
import { openLmdbStore } from './node.ts';

const runtime = createStoreRuntime();

/** Runs `run` in a file system of its own, of `size`; skips when this machine does not let us make one. */
async function withSmallDisk(
  context: TestContext,
  size: string,
  run: (directory: string, open: () => Promise<Store>) => Promise<void>,
): Promise<void> {
  await withDiskDirectory(async (directory) => {
    const stores: Store[] = [];
    const open = async (): Promise<Store> => {
      const store = await openLmdbStore(directory, runtime);
      stores.push(store);
      return store;
    };
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory]);
    } catch {
      context.skip('this machine does not let us mount a small file system');
      return;
    }
    try {
      await run(directory, open);
    } finally {
      for (const store of stores) await store.close();
      execFileSync('umount', [directory]);
    }
  });
}

/** Writes from 8 callers until all have failed; the keys that were acknowledged. */
async function fill(store: Store, prefix: string): Promise<string[]> {
  const acknowledged: string[] = [];
  const call = async (_: unknown, caller: number): Promise<void> => {
    for (let number = 0; ; number++) {
      const key = `/${prefix}/${caller}/${number}`;
      await write(store, put(key, 'x'.repeat(3_000)));
      acknowledged.push(key);
    }
  };
  const calls = await Promise.allSettled(Array.from({ length: 8 }, call));
  for (const result of calls) {
    assert.ok(result.status === 'rejected' && result.reason instanceof StoreFailed);
    assert.match(result.reason.message, /no space left/);
  }
  return acknowledged;
}

async function keysOf(store: Store): Promise<string[]> {
  return (await store.range(everything)).entries.map((entry) => entry.key);
}

test('nothing acknowledged is lost, and writes work again', (context) =>
  withSmallDisk(context, '4m', async (directory, open) => {
    const ballast = path.join(directory, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1024 * 1024));
    const store = await open();
    const watch = recordWatch(store, everything, store.revision());
    const first = await fill(store, 'first');
    assert.deepEqual(await keysOf(store), first.toSorted());
    assert.equal(watch.changes.length, first.length);

    for (let i = 0; i < 20; i++)
      await assert.rejects(write(store, put(`/again/${i}`, 'x'.repeat(500_000))), StoreFailed);
    assert.deepEqual(await keysOf(store), first.toSorted());

    rmSync(ballast);
    const second = await fill(store, 'second');
    assert.ok(second.length > 50, `${second.length} more`);
    const all = [...first, ...second].toSorted();
    assert.deepEqual(await keysOf(store), all);
    assert.equal(watch.changes.length, all.length);
    const revisions = watch.changes.map((change) => change.revision);
    assert.deepEqual(
      revisions,
      [...new Set(revisions)].toSorted((a, b) => a - b),
    );
    await store.close();

    const again = await open();
    assert.deepEqual(await keysOf(again), all);
  }));

test('a full disk can be compacted', (context) =>
  withSmallDisk(context, '2m', async (_, open) => {
    const store = await open();
    const value = 'x'.repeat(3_000);
    const writeUntilFull = async (): Promise<void> => {
      for (;;) await write(store, put('/a', value));
    };
    await assert.rejects(writeUntilFull(), StoreFailed);
    await store.compact(store.revision());
    for (let i = 0; i < 100; i++) await write(store, put('/a', `${i}`));
    assert.deepEqual(await contents(store), ['/a=99']);
  }));
