/** What an embedded engine decides at once, and what becomes of it while the disk is slow or fails. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '@navarch/runtime/limits';
import {
  LeaseNotFound,
  noRevision,
  type Outcome,
  type Store,
  StoreFailed,
  type Transaction,
} from '../store.ts';
import {
  bytes,
  contents,
  createStoreRuntime,
  eventually,
  everything,
  pairs,
  put,
  putIf,
  recordWatch,
  remove,
  revisionOf,
  write,
} from '../testing/fixture.ts';
import { EmbeddedStore, firstRevision } from './embedded-store.ts';
import type { Batch, Journal } from './journal.ts';

/** A journal whose commits end when the test says so. */
class ManualJournal implements Journal {
  readonly keepsValues = false;
  readonly batches: Batch[] = [];
  #settle: ((error: Error | undefined) => void)[] = [];

  commit(batch: Batch): Promise<void> {
    this.batches.push(batch);
    return new Promise((resolve, reject) => {
      this.#settle.push((error) => (error ? reject(error) : resolve()));
    });
  }

  get isBusy(): boolean {
    return this.#settle.length > 0;
  }

  /** Ends the commit under way, once there is one. */
  async finish(error?: Error): Promise<void> {
    await eventually(() => this.isBusy, 'a commit');
    assert.equal(this.#settle.length, 1, 'one commit at a time');
    this.#settle.shift()?.(error);
  }

  read(): Uint8Array {
    throw new Error('nothing is kept here');
  }

  sizeBytes(): number {
    return 0;
  }

  async close(): Promise<void> {}
}

function create(): { readonly store: Store; readonly journal: ManualJournal } {
  const journal = new ManualJournal();
  const store = new EmbeddedStore(createStoreRuntime(), journal, {
    revision: firstRevision,
    compacted: noRevision,
    leases: [],
    versions: [],
  });
  return { store, journal };
}

const full = new StoreFailed('disk full');

/** Decides without waiting; what was decided, and the promise of the outcome. */
function decide(
  store: Store,
  transaction: Transaction,
): { readonly decided: Outcome; readonly outcome: Promise<Outcome> } {
  const decided: Outcome[] = [];
  const outcome = store.transact(transaction, (early) => decided.push(early));
  outcome.catch(() => undefined); // The test looks later.
  const [first] = decided;
  assert.ok(first, 'decided before transact returned');
  return { decided: first, outcome };
}

const createA: Transaction = {
  conditions: [{ key: '/a', modRevision: noRevision }],
  operations: [put('/a', '1')],
};

test('decides at once, upon what is not durable yet', async () => {
  const { store, journal } = create();
  const first = decide(store, createA);
  const second = decide(store, createA);
  assert.deepEqual(first.decided, { succeeded: true, revision: 2 });
  assert.ok(!second.decided.succeeded);
  assert.equal(second.decided.current[0]?.modRevision, 2);
  assert.equal(store.revision(), 1);
  assert.deepEqual(await contents(store), []);
  await journal.finish();
  assert.deepEqual(await first.outcome, first.decided);
  assert.deepEqual(await second.outcome, second.decided);
  assert.deepEqual(await contents(store), ['/a=1']);
});

test('what waits for a commit shares the next one', async () => {
  const { store, journal } = create();
  const first = write(store, put('/first', ''));
  await eventually(() => journal.isBusy, 'the first commit');
  const rest = Array.from({ length: 50 }, (_, index) => write(store, put(`/${index}`, '')));
  await journal.finish();
  await first;
  await journal.finish();
  await Promise.all(rest);
  assert.deepEqual(
    journal.batches.map((batch) => batch.writes.length),
    [1, 50],
  );
});

test('a commit takes only so much', async () => {
  const { store, journal } = create();
  const value = new Uint8Array(limits.storeValueMaxBytes);
  const writes = Array.from({ length: 12 }, (_, index) =>
    store.transact({ conditions: [], operations: [{ kind: 'put', key: `/${index}`, value }] }),
  );
  await journal.finish();
  await journal.finish();
  await Promise.all(writes);
  assert.deepEqual(
    journal.batches.map((batch) => batch.writes.length),
    [10, 2],
  );
});

test('watchers hear nothing before it is durable, and then before the caller', async () => {
  const { store, journal } = create();
  const watch = recordWatch(store, everything, store.revision());
  const { outcome } = decide(store, createA);
  await eventually(() => journal.isBusy, 'the commit');
  assert.deepEqual(watch.lines, []);
  await journal.finish();
  await outcome;
  assert.deepEqual(watch.lines, ['2 put /a=1']);
});

test('a failed commit undoes all that was decided since', async () => {
  const { store, journal } = create();
  const kept = write(store, put('/a', 'kept'), put('/b', 'kept'));
  await journal.finish();
  await kept;
  const watch = recordWatch(store, everything, store.revision());
  const lost = [
    decide(store, { conditions: [], operations: [put('/a', 'lost'), remove('/b')] }),
    decide(store, { conditions: [], operations: [put('/c', 'lost')] }),
  ];
  await eventually(() => journal.isBusy, 'the commit');
  lost.push(
    decide(store, { conditions: [], operations: [remove('/a'), put('/b', 'lost')] }),
    decide(store, createA),
  );
  await journal.finish(full);
  for (const { outcome } of lost) await assert.rejects(outcome, StoreFailed);
  assert.deepEqual(await contents(store), ['/a=kept', '/b=kept']);
  assert.deepEqual(watch.lines, []);
  const stale = decide(store, createA);
  assert.ok(!stale.decided.succeeded);
  assert.deepEqual(pairs(stale.decided.current.filter((entry) => entry !== undefined)), [
    '/a=kept',
  ]);
  assert.equal((await stale.outcome).revision, 2);
});

test('a revision that failed is not used again', async () => {
  const { store, journal } = create();
  const lost = decide(store, createA);
  await journal.finish(full);
  await assert.rejects(lost.outcome, StoreFailed);
  const kept = decide(store, createA);
  await journal.finish();
  assert.deepEqual(await kept.outcome, { succeeded: true, revision: 3 });
  assert.equal(store.revision(), 3);
});

test('an answer that rests on nothing pending does not wait', async () => {
  const { store, journal } = create();
  const durable = write(store, put('/a', '1'));
  await journal.finish();
  await durable;
  const pending = decide(store, { conditions: [], operations: [put('/b', '1')] });
  const outcome = await putIf(store, '/a', '2');
  assert.ok(!outcome.succeeded);
  assert.equal(outcome.revision, 2);
  const waiting = decide(store, {
    conditions: [{ key: '/b', modRevision: revisionOf(9) }],
    operations: [],
  });
  let answered = false;
  void waiting.outcome.then(() => (answered = true));
  await eventually(() => journal.isBusy, 'the commit');
  assert.equal(answered, false);
  await journal.finish();
  await Promise.all([pending.outcome, waiting.outcome]);
  assert.equal((await waiting.outcome).revision, 3);
});

test('too much that waits for the disk is refused', async () => {
  const { store, journal } = create();
  const value = new Uint8Array(limits.storeValueMaxBytes);
  const writes: Promise<unknown>[] = [];
  const push = (): Promise<unknown> => {
    const key = `/${writes.length}`;
    return store.transact({ conditions: [], operations: [{ kind: 'put', key, value }] });
  };
  const fits = Math.ceil(limits.storePendingMaxBytes / (value.length + 512));
  while (writes.length < fits) writes.push(push());
  await assert.rejects(push(), /does not keep up/);
  for (let commit = 0; commit < Math.ceil(fits / 10); commit++) await journal.finish();
  await Promise.all(writes);
  const again = push();
  await journal.finish();
  await again;
});

test('a lease that could not be granted is not there', async () => {
  const { store, journal } = create();
  const granting = store.grantLease(10);
  granting.catch(() => undefined);
  await journal.finish(full);
  await assert.rejects(granting, StoreFailed);
  const lease = journal.batches[0]?.leases[0]?.lease;
  assert.ok(lease);
  await assert.rejects(store.keepLeaseAlive(lease), LeaseNotFound);
});

test('a lease that could not be ended is ended later', async () => {
  const runtime = createStoreRuntime();
  const journal = new ManualJournal();
  const recovered = { revision: firstRevision, compacted: noRevision, leases: [], versions: [] };
  const store = new EmbeddedStore(runtime, journal, recovered);
  const granting = store.grantLease(10);
  await journal.finish();
  const lease = await granting;
  const writing = store.transact({
    conditions: [],
    operations: [{ kind: 'put', key: '/a', value: bytes('1'), lease }],
  });
  await journal.finish();
  await writing;
  await runtime.clock.advance(10_000);
  await journal.finish(full);
  await eventually(() => runtime.lines.length > 1, 'two lines');
  assert.deepEqual(
    runtime.lines.map(({ level, message }) => `${level} ${message}`),
    ['error writes fail', 'warn expired leases could not be ended'],
  );
  assert.deepEqual(await contents(store), ['/a=1']);
  await runtime.clock.advance(1_000);
  await journal.finish();
  await eventually(() => store.revision() > 2, 'the deletion');
  assert.deepEqual(await contents(store), []);
});
