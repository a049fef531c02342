/** Compaction: what it forgets, what it keeps, and what it says afterwards. */
import assert from 'node:assert/strict';
import { Compacted, FutureRevision, type Store } from '../store.ts';
import {
  contents,
  type CreateFixture,
  eventually,
  everything,
  put,
  recordWatch,
  remove,
  revisionOf,
  storeTest,
  write,
} from './fixture.ts';

export function compactionContract(create: CreateFixture): void {
  storeTest(create, 'keeps each key as it was at the revision, and after', async ({ store }) => {
    await writeHistory(store);
    await store.compact(revisionOf(5));
    assert.deepEqual(await contents(store, revisionOf(5)), ['/b=1', '/c=1']);
    assert.deepEqual(await contents(store, revisionOf(6)), ['/a=3', '/b=1', '/c=1']);
    assert.deepEqual(await contents(store), ['/a=3', '/b=2', '/c=1']);
    const [created] = (await store.range(everything)).entries;
    assert.equal(created?.createRevision, 6);
  });

  storeTest(create, 'what is before cannot be read or watched', async ({ store }) => {
    await writeHistory(store);
    await store.compact(revisionOf(5));
    const isCompacted = (error: unknown): boolean => {
      assert.ok(error instanceof Compacted);
      assert.equal(error.compacted, 5);
      return true;
    };
    await assert.rejects(store.range(everything, { revision: revisionOf(4) }), isCompacted);
    const watch = recordWatch(store, everything, revisionOf(4));
    await eventually(() => watch.ends.length > 0, 'the end of the watch');
    isCompacted(watch.ends[0]);
    assert.deepEqual(watch.changes, []);
  });

  storeTest(create, 'what is after can be watched, with what it replaced', async ({ store }) => {
    await writeHistory(store);
    await store.compact(revisionOf(5));
    const watch = recordWatch(store, everything, revisionOf(5));
    await eventually(() => watch.changes.length >= 2, 'two changes');
    assert.deepEqual(watch.lines, ['6 put /a=3', '7 put /b=2 (was 1)']);
  });

  storeTest(
    create,
    'a revision is compacted once, and not before it happened',
    async ({ store }) => {
      await writeHistory(store);
      await store.compact(revisionOf(5));
      await assert.rejects(store.compact(revisionOf(5)), Compacted);
      await assert.rejects(store.compact(revisionOf(3)), Compacted);
      await assert.rejects(store.compact(revisionOf(8)), FutureRevision);
      await store.compact(store.revision());
      assert.deepEqual(await contents(store), ['/a=3', '/b=2', '/c=1']);
    },
  );

  storeTest(create, 'deleted keys leave nothing behind', async ({ store }) => {
    await write(store, put('/a', '1'));
    await write(store, remove('/a'));
    await store.compact(store.revision());
    assert.deepEqual(await contents(store), []);
    const revision = await write(store, put('/a', '2'));
    const [entry] = (await store.range(everything)).entries;
    assert.equal(entry?.createRevision, revision);
  });

  storeTest(create, 'writers and watchers go on meanwhile', async ({ store }) => {
    for (let i = 0; i < 3_000; i += 500) await writeMany(store, 500);
    const watch = recordWatch(store, everything, store.revision());
    const after = store.revision();
    await Promise.all([
      store.compact(after),
      ...Array.from({ length: 200 }, (_, i) =>
        i % 3 === 0 ? write(store, remove(`/${i}`)) : write(store, put(`/${i}`, `new ${i}`)),
      ),
    ]);
    await eventually(() => watch.changes.length === 200, 'all changes');
    assert.ok(watch.changes.every((change, index) => change.revision === after + 1 + index));
    assert.equal((await contents(store)).length, 500 - 67);
    assert.equal((await contents(store, after)).length, 500);
  });
}

/** 2 a=1 b=1, 3 a=2, 4 c=1, 5 a deleted, 6 a=3, 7 b=2. */
async function writeHistory(store: Store): Promise<void> {
  await write(store, put('/a', '1'), put('/b', '1'));
  await write(store, put('/a', '2'));
  await write(store, put('/c', '1'));
  await write(store, remove('/a'));
  await write(store, put('/a', '3'));
  await write(store, put('/b', '2'));
}

async function writeMany(store: Store, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) => write(store, put(`/${index}`, `${index}`))),
  );
}
