/** Leases: keys that go when nobody keeps them alive. */
import assert from 'node:assert/strict';
import { type LeaseId, LeaseNotFound, type Operation, type Store } from '../store.ts';
import {
  bytes,
  contents,
  type CreateFixture,
  eventually,
  everything,
  put,
  recordWatch,
  storeTest,
  write,
} from './fixture.ts';

export function leaseContract(create: CreateFixture): void {
  storeTest(create, 'keys go when their lease expires', async ({ store, advance }) => {
    const lease = await store.grantLease(10);
    await write(store, putWith(lease, '/a'), put('/b', 'stays'));
    const [entry] = (await store.range(everything)).entries;
    assert.equal(entry?.lease, lease);
    await advance(9_000);
    assert.equal((await contents(store)).length, 2);
    const watch = recordWatch(store, everything, store.revision());
    await advance(3_000);
    await eventually(() => watch.changes.length > 0, 'the deletion');
    assert.deepEqual(watch.lines, ['3 delete /a=leased']);
    assert.deepEqual(await contents(store), ['/b=stays']);
    await eventuallyGone(store, lease);
  });

  storeTest(create, 'a lease that is kept alive lives on', async ({ store, advance }) => {
    const lease = await store.grantLease(10);
    await write(store, putWith(lease, '/a'));
    for (let i = 0; i < 5; i++) {
      await advance(6_000);
      await store.keepLeaseAlive(lease);
    }
    assert.deepEqual(await contents(store), ['/a=leased']);
    const watch = recordWatch(store, everything, store.revision());
    await advance(12_000);
    await eventually(() => watch.changes.length > 0, 'the deletion');
    assert.deepEqual(await contents(store), []);
  });

  storeTest(create, 'revoking a lease deletes its keys at once', async ({ store }) => {
    const lease = await store.grantLease(1_000);
    await write(store, putWith(lease, '/a'), putWith(lease, '/b'), put('/c', '1'));
    await store.revokeLease(lease);
    assert.deepEqual(await contents(store), ['/c=1']);
    await assert.rejects(store.revokeLease(lease), LeaseNotFound);
    await assert.rejects(write(store, putWith(lease, '/d')), LeaseNotFound);
  });

  storeTest(create, 'a key leaves its lease when written without it', async ({ store }) => {
    const lease = await store.grantLease(1_000);
    const other = await store.grantLease(1_000);
    await write(store, putWith(lease, '/a'), putWith(lease, '/b'), putWith(lease, '/c'));
    await write(store, put('/a', 'free'), putWith(other, '/b'), { kind: 'delete', key: '/c' });
    await store.revokeLease(lease);
    assert.deepEqual(await contents(store), ['/a=free', '/b=leased']);
    await store.revokeLease(other);
    assert.deepEqual(await contents(store), ['/a=free']);
  });

  storeTest(create, 'a lease may hold more keys than a transaction', async ({ store }) => {
    const lease = await store.grantLease(1_000);
    for (let part = 0; part < 3; part++) {
      const keys = Array.from({ length: 500 }, (_, index) => `/${part}/${index}`);
      await write(store, ...keys.map((key) => putWith(lease, key)));
    }
    await store.revokeLease(lease);
    assert.deepEqual(await contents(store), []);
  });

  storeTest(create, 'many leases expire together', async ({ store, advance }) => {
    const leases = await Promise.all(Array.from({ length: 200 }, () => store.grantLease(5)));
    assert.equal(new Set(leases).size, 200);
    await Promise.all(leases.map((lease, index) => write(store, putWith(lease, `/${index}`))));
    const watch = recordWatch(store, everything, store.revision());
    for (let i = 0; i < 5_000 && watch.changes.length < 200; i++) await advance(1_000);
    assert.equal(watch.changes.length, 200);
    assert.deepEqual(await contents(store), []);
  });
}

function putWith(lease: LeaseId, key: string): Operation {
  return { kind: 'put', key, value: bytes('leased'), lease };
}

/** An expired lease is gone with the last of its keys, or just after. */
async function eventuallyGone(store: Store, lease: LeaseId): Promise<void> {
  while (!(await isGone(store, lease)));
}

async function isGone(store: Store, lease: LeaseId): Promise<boolean> {
  try {
    await write(store, putWith(lease, '/probe'));
    return false;
  } catch (error) {
    assert.ok(error instanceof LeaseNotFound);
    return true;
  }
}
