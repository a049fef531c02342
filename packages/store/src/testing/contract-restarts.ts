/** What outlives the process, for engines that keep anything. */
import assert from 'node:assert/strict';
import { Compacted, type LeaseId, type Operation } from '../store.ts';
import {
  bytes,
  contents,
  type DurableFixture,
  everything,
  put,
  putIf,
  recordWatch,
  remove,
  revisionOf,
  storeTest,
  write,
} from './fixture.ts';

export function restartsContract(create: () => Promise<DurableFixture>): void {
  storeTest(create, 'an empty store comes back empty', async ({ store, reopen }) => {
    await store.close();
    const again = await reopen();
    assert.deepEqual([again.revision(), await contents(again)], [1, []]);
  });

  storeTest(create, 'all keys, revisions and history come back', async ({ store, reopen }) => {
    await write(store, put('/a', '1'), put('/b', '1'));
    await write(store, put('/a', '2'));
    await write(store, remove('/b'));
    await write(store, put('/c', 'ä😀'));
    const before = await store.range(everything);
    const again = await reopen();
    assert.deepEqual(await again.range(everything), before);
    assert.deepEqual(await contents(again, revisionOf(3)), ['/a=2', '/b=1']);
    const outcome = await putIf(again, '/a', '3', revisionOf(3));
    assert.deepEqual(outcome, { succeeded: true, revision: 6 });
  });

  storeTest(create, 'a watch goes on where it was', async ({ store, reopen }) => {
    await write(store, put('/a', '1'));
    await write(store, put('/a', '2'));
    await write(store, remove('/a'));
    const again = await reopen();
    const watch = recordWatch(again, everything, revisionOf(2));
    await write(again, put('/a', '3'));
    assert.deepEqual(watch.lines, ['3 put /a=2 (was 1)', '4 delete /a=2', '5 put /a=3']);
  });

  storeTest(create, 'what was compacted stays so', async ({ store, reopen }) => {
    for (let i = 1; i <= 5; i++) await write(store, put('/a', `${i}`));
    await write(store, put('/gone', '1'));
    await write(store, remove('/gone'));
    await store.compact(store.revision());
    const again = await reopen();
    assert.equal(again.revision(), 8);
    assert.deepEqual(await contents(again), ['/a=5']);
    await assert.rejects(again.range(everything, { revision: revisionOf(7) }), Compacted);
    await assert.rejects(again.compact(revisionOf(8)), Compacted);
    const watch = recordWatch(again, everything, revisionOf(7));
    assert.ok(watch.ends[0] instanceof Compacted);
    assert.equal(await write(again, put('/b', '1')), 9);
  });

  storeTest(create, 'leases and what they hold come back', async ({ store, reopen, advance }) => {
    const lease = await store.grantLease(10);
    const revoked = await store.grantLease(10);
    await write(store, putWith(lease, '/a'), putWith(revoked, '/b'), put('/c', 'stays'));
    await store.revokeLease(revoked);
    await advance(9_000);
    const again = await reopen();
    await advance(9_000); // Time counts anew.
    assert.deepEqual(await contents(again), ['/a=leased', '/c=stays']);
    await again.keepLeaseAlive(lease);
    await advance(12_000);
    while ((await contents(again)).length > 1) await advance(500);
    assert.deepEqual(await contents(again), ['/c=stays']);
  });

  storeTest(create, 'again and again, nothing goes back', async ({ store, reopen }) => {
    let current = store;
    for (let round = 0; round < 5; round++) {
      const last = current.revision();
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => write(current, put(`/${index}`, `${round}`))),
      );
      await current.compact(revisionOf(last + 10));
      current = await reopen();
      assert.equal(current.revision(), last + 20);
      assert.equal((await contents(current)).length, 20);
    }
  });
}

function putWith(lease: LeaseId, key: string): Operation {
  return { kind: 'put', key, value: bytes('leased'), lease };
}
