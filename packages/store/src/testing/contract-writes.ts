/** Compare-and-write transactions, their limits, and when they count. */
import assert from 'node:assert/strict';
import { limits } from '@navarch/runtime/limits';
import {
  keyRange,
  type LeaseId,
  LeaseNotFound,
  LimitExceeded,
  noRevision,
  type Operation,
  type Outcome,
  StoreClosed,
} from '../store.ts';
import {
  bytes,
  contents,
  type CreateFixture,
  pairs,
  put,
  putIf,
  recordWatch,
  everything,
  remove,
  revisionOf,
  storeTest,
  text,
  write,
} from './fixture.ts';

export function writeContract(create: CreateFixture): void {
  outcomes(create);
  refusals(create);
  deciding(create);
}

function outcomes(create: CreateFixture): void {
  storeTest(create, 'the first transaction makes revision 2', async ({ store }) => {
    assert.equal(store.revision(), 1);
    assert.equal(await write(store, put('/a', '1')), 2);
    assert.equal(store.revision(), 2);
  });

  storeTest(create, 'a key is created once', async ({ store }) => {
    assert.deepEqual(await putIf(store, '/a', '1'), { succeeded: true, revision: 2 });
    const again = await putIf(store, '/a', '2');
    assert.ok(!again.succeeded);
    assert.equal(again.revision, 2);
    assert.deepEqual(pairs(again.current.filter((entry) => entry !== undefined)), ['/a=1']);
    assert.deepEqual(await contents(store), ['/a=1']);
  });

  storeTest(create, 'an update needs the latest revision', async ({ store }) => {
    const first = await write(store, put('/a', '1'));
    const second = await putIf(store, '/a', '2', first);
    assert.ok(second.succeeded);
    const stale = await putIf(store, '/a', '3', first);
    assert.ok(!stale.succeeded);
    const [current] = stale.current;
    assert.equal(current?.modRevision, second.revision);
    assert.equal(current?.createRevision, first);
    assert.equal(text(current?.value ?? bytes('')), '2');
  });

  storeTest(create, 'a failed condition names what is there, key by key', async ({ store }) => {
    await write(store, put('/b', '1'));
    const outcome = await store.transact({
      conditions: [
        { key: '/a', modRevision: revisionOf(7) },
        { key: '/b', modRevision: noRevision },
      ],
      operations: [put('/a', 'x'), put('/b', 'x')],
    });
    assert.ok(!outcome.succeeded);
    assert.equal(outcome.current[0], undefined);
    assert.equal(outcome.current[1]?.key, '/b');
    assert.deepEqual(await contents(store), ['/b=1']);
  });

  storeTest(create, 'a transaction is one revision for all its keys', async ({ store }) => {
    await write(store, put('/b', '0'));
    const revision = await write(store, put('/a', '1'), put('/c', '1'), remove('/b'));
    assert.equal(revision, 3);
    const { entries } = await store.range(everything);
    assert.deepEqual(pairs(entries), ['/a=1', '/c=1']);
    assert.deepEqual(
      entries.map((entry) => entry.modRevision),
      [revision, revision],
    );
  });

  storeTest(create, 'a key that was deleted is created anew', async ({ store }) => {
    await write(store, put('/a', '1'));
    await write(store, remove('/a'));
    const outcome = await putIf(store, '/a', '2');
    assert.ok(outcome.succeeded);
    const [entry] = (await store.range(keyRange('/a'))).entries;
    assert.equal(entry?.createRevision, outcome.revision);
  });

  storeTest(create, 'changing nothing takes no revision', async ({ store }) => {
    const revision = await write(store, put('/a', '1'));
    assert.equal(await write(store), revision);
    assert.equal(await write(store, remove('/nothing')), revision);
    assert.equal(store.revision(), revision);
  });

  storeTest(create, 'values of every size come back as they were', async ({ store }) => {
    const sizes = [0, 1, 63, 2_000, 4_097, 70_000, limits.storeValueMaxBytes];
    for (const size of sizes) {
      const value = new Uint8Array(size).map((_, index) => index * 31);
      await store.transact({
        conditions: [],
        operations: [{ kind: 'put', key: `/${size}`, value }],
      });
      const [entry] = (await store.range(keyRange(`/${size}`))).entries;
      assert.equal(Buffer.compare(entry?.value ?? bytes('?'), value), 0, `${size} bytes`);
    }
  });
}

const refused: { name: string; operations: Operation[]; error: RegExp }[] = [
  {
    name: 'a value that is too large',
    operations: [{ kind: 'put', key: '/a', value: new Uint8Array(limits.storeValueMaxBytes + 1) }],
    error: /a value has at most/,
  },
  { name: 'a key that is too long', operations: [put('/'.repeat(1901), '')], error: /a key has/ },
  { name: 'a long key of few characters', operations: [put('ä'.repeat(951), '')], error: /a key/ },
  { name: 'an empty key', operations: [put('', '')], error: /not empty/ },
  { name: 'half a character', operations: [put('/\ud800', '')], error: /well-formed/ },
  {
    name: 'a key named twice',
    operations: [put('/a', '1'), remove('/a')],
    error: /one operation per key/,
  },
  {
    name: 'too many operations',
    operations: Array.from({ length: 513 }, (_, index) => put(`/${index}`, '')),
    error: /at most 512/,
  },
];

function refusals(create: CreateFixture): void {
  for (const { name, operations, error } of refused) {
    storeTest(create, `refuses ${name}`, async ({ store }) => {
      const conditions = [{ key: '/a', modRevision: noRevision }];
      await assert.rejects(store.transact({ conditions, operations }), (thrown: Error) => {
        assert.ok(thrown instanceof LimitExceeded);
        assert.match(thrown.message, error);
        return true;
      });
      assert.equal(store.revision(), 1);
    });
  }

  storeTest(create, 'takes what is just within the limits', async ({ store }) => {
    const long = 'ä'.repeat(limits.storeKeyMaxBytes / 2);
    const many = Array.from({ length: 511 }, (_, index) => put(`/${index}`, ''));
    assert.equal(await write(store, put(long, ''), ...many), 2);
  });

  storeTest(create, 'refuses a lease that it does not know', async ({ store }) => {
    const lease = 12345 as LeaseId;
    const operations: Operation[] = [{ kind: 'put', key: '/a', value: bytes('1'), lease }];
    await assert.rejects(store.transact({ conditions: [], operations }), LeaseNotFound);
    assert.equal(store.revision(), 1);
  });

  storeTest(create, 'refuses everything once closed', async ({ store }) => {
    await store.close();
    await assert.rejects(write(store, put('/a', '1')), StoreClosed);
    await assert.rejects(store.range(everything), StoreClosed);
    await assert.rejects(store.compact(revisionOf(1)), StoreClosed);
    await assert.rejects(store.grantLease(1), StoreClosed);
    const watch = recordWatch(store, everything, revisionOf(1));
    assert.ok(watch.ends[0] instanceof StoreClosed);
  });
}

function deciding(create: CreateFixture): void {
  storeTest(create, 'decides once, and answers what it decided', async ({ store }) => {
    const decided: Outcome[] = [];
    const transaction = { conditions: [], operations: [put('/a', '1')] };
    const outcome = await store.transact(transaction, (early) => decided.push(early));
    assert.deepEqual(decided, [outcome]);
  });

  storeTest(create, 'writes sent together happen in order', async ({ store }) => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => write(store, put('/a', `${index}`))),
    );
    assert.deepEqual(
      outcomes,
      outcomes.map((_, index) => index + 2),
    );
    assert.deepEqual(await contents(store), ['/a=99']);
  });

  storeTest(create, 'of many that create one key, one succeeds', async ({ store }) => {
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => putIf(store, '/a', `${index}`)),
    );
    assert.equal(outcomes.filter((outcome) => outcome.succeeded).length, 1);
    assert.equal(store.revision(), 2);
  });

  storeTest(create, 'watchers hear of a write before its caller does', async ({ store }) => {
    const watch = recordWatch(store, everything, store.revision());
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const revision = await write(store, put(`/${index}`, 'x'));
        assert.ok(watch.changes.some((change) => change.revision === revision));
        assert.ok(store.revision() >= revision);
      }),
    );
  });

  storeTest(create, 'a close makes durable what was decided', async ({ store }) => {
    const writing = write(store, put('/a', '1'));
    await store.close();
    assert.equal(await writing, 2);
  });
}
