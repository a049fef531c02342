/** Watches: every change once, in order, from any revision that is still known. */
import assert from 'node:assert/strict';
import { keyRange, prefixRange, type Store, StoreClosed, type Subscription } from '../store.ts';
import {
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

export function watchContract(create: CreateFixture): void {
  deliveries(create);
  lifecycles(create);
}

function deliveries(create: CreateFixture): void {
  storeTest(create, 'tells what happened, and to what', async ({ store }) => {
    const watch = recordWatch(store, everything, store.revision());
    await write(store, put('/a', '1'));
    await write(store, put('/a', '2'), put('/b', '1'));
    await write(store, remove('/a'));
    await eventually(() => watch.changes.length >= 4, 'four changes');
    assert.deepEqual(watch.lines, [
      '2 put /a=1',
      '3 put /a=2 (was 1)',
      '3 put /b=1',
      '4 delete /a=2',
    ]);
    const deletion = watch.changes[3];
    assert.deepEqual([deletion?.revision, deletion?.entry.modRevision], [4, 3]);
    assert.equal(deletion?.entry.createRevision, 2);
  });

  storeTest(create, 'starts anywhere in the past', async ({ store }) => {
    for (let i = 1; i <= 5; i++) await write(store, put('/a', `${i}`));
    for (const after of [0, 1, 2, 5, 6]) {
      const watch = recordWatch(store, everything, revisionOf(after));
      const expected = [2, 3, 4, 5, 6].filter((revision) => revision > after);
      await eventually(() => watch.changes.length >= expected.length, 'the past');
      assert.deepEqual(
        watch.changes.map((change) => change.revision),
        expected,
      );
    }
  });

  storeTest(create, 'starts in the future and waits for it', async ({ store }) => {
    const watch = recordWatch(store, everything, revisionOf(3));
    for (let i = 0; i < 4; i++) await write(store, put('/a', `${i}`));
    await eventually(() => watch.changes.length >= 2, 'two changes');
    assert.deepEqual(watch.lines, ['4 put /a=2 (was 1)', '5 put /a=3 (was 2)']);
  });

  storeTest(create, 'tells of its own range only', async ({ store }) => {
    const ranges = [keyRange('/a/1'), prefixRange('/a/'), prefixRange('/b/'), everything];
    const watches = ranges.map((range) => recordWatch(store, range, store.revision()));
    await write(store, put('/a/1', 'x'), put('/a/12', 'x'), put('/b/1', 'x'), put('/c', 'x'));
    await eventually(() => watches.every((watch) => watch.changes.length > 0), 'all told');
    assert.deepEqual(
      watches.map((watch) => watch.changes.map((change) => change.key).join(' ')),
      ['/a/1', '/a/1 /a/12', '/b/1', '/a/1 /a/12 /b/1 /c'],
    );
  });

  storeTest(create, 'a transaction is never split', async ({ store }) => {
    const watch = recordWatch(store, everything, store.revision());
    const keys = Array.from({ length: 7 }, (_, index) => `/${index}`);
    await Promise.all(
      Array.from({ length: 200 }, () => write(store, ...keys.map((key) => put(key, 'x')))),
    );
    const late = recordWatch(store, everything, revisionOf(1));
    for (const { changes, calls } of [watch, late]) {
      await eventually(() => changes.length === 1_400, 'all changes');
      assert.ok(calls.every((count) => count % keys.length === 0));
      assert.ok(changes.every((change, index) => change.revision === 2 + Math.floor(index / 7)));
    }
  });

  storeTest(create, 'no gap and no repeat between the past and the present', async ({ store }) => {
    const stop = new AbortController();
    const writer = (async () => {
      for (let i = 0; !stop.signal.aborted; i++) await write(store, put(`/${i % 10}`, `${i}`));
    })();
    const watches = [];
    for (let i = 0; i < 20; i++) {
      await eventually(() => store.revision() >= 5 * i, 'progress');
      watches.push(recordWatch(store, everything, revisionOf(1)));
    }
    stop.abort();
    await writer;
    const last = store.revision();
    for (const watch of watches) {
      await eventually(() => watch.changes.at(-1)?.revision === last, 'caught up');
      assert.ok(watch.changes.every((change, index) => change.revision === index + 2));
    }
  });

  storeTest(create, 'says how far it has come, also when nothing matched', async ({ store }) => {
    const watch = recordWatch(store, keyRange('/nothing'), store.revision());
    const revision = await write(store, put('/a', '1'));
    await eventually(() => watch.progress.at(-1) === revision, 'progress');
    assert.deepEqual(watch.changes, []);
  });
}

function lifecycles(create: CreateFixture): void {
  storeTest(create, 'a stopped watch hears nothing more', async ({ store }) => {
    const watch = recordWatch(store, everything, store.revision());
    const other = recordWatch(store, everything, store.revision());
    await write(store, put('/a', '1'));
    watch.stop();
    watch.stop();
    await write(store, put('/a', '2'));
    await eventually(() => other.changes.length === 2, 'the other watch');
    assert.deepEqual([watch.changes.length, watch.ends.length], [1, 0]);
  });

  storeTest(create, 'a listener may write, watch and stop', async ({ store }) => {
    const nested: ReturnType<typeof recordWatch>[] = [];
    const writes: Promise<unknown>[] = [];
    const subscription: Subscription = store.watch(everything, store.revision(), {
      onChanges: (changes) => {
        if (changes.some((change) => change.key === '/b')) return subscription.stop();
        nested.push(recordWatch(store, everything, revisionOf(1)));
        writes.push(write(store, put('/b', '1')));
      },
      onEnd: assert.fail,
    });
    await write(store, put('/a', '1'));
    await eventually(() => writes.length > 0, 'the nested write');
    await Promise.all(writes);
    await write(store, put('/c', '1'));
    await eventually(() => nested[0]?.changes.length === 3, 'the nested watch');
    assert.deepEqual(nested[0]?.lines, ['2 put /a=1', '3 put /b=1', '4 put /c=1']);
    assert.equal(nested.length, 1);
  });

  storeTest(create, 'closing ends every watch, once', async ({ store }) => {
    const watch = recordWatch(store, everything, store.revision());
    await closeTwice(store);
    assert.equal(watch.ends.length, 1);
    assert.ok(watch.ends[0] instanceof StoreClosed);
  });
}

async function closeTwice(store: Store): Promise<void> {
  await Promise.all([store.close(), store.close()]);
}
