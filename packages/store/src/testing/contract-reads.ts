/** Ranges: their order, limits and revisions. */
import assert from 'node:assert/strict';
import { FutureRevision, keyRange, prefixRange } from '../store.ts';
import {
  contents,
  type CreateFixture,
  everything,
  pairs,
  put,
  remove,
  revisionOf,
  storeTest,
  write,
} from './fixture.ts';

export function readContract(create: CreateFixture): void {
  storeTest(create, 'an empty store has nothing, at revision 1', async ({ store }) => {
    const result = await store.range(everything);
    assert.deepEqual(result, { entries: [], revision: 1, more: false });
  });

  storeTest(create, 'a range has its start and not its end', async ({ store }) => {
    await write(store, ...['/a', '/b', '/c', '/d'].map((key) => put(key, key)));
    const { entries } = await store.range({ start: '/b', end: '/d' });
    assert.deepEqual(pairs(entries), ['/b=/b', '/c=/c']);
    assert.deepEqual((await store.range({ start: '/d', end: '/b' })).entries, []);
  });

  storeTest(create, 'one key, and not those it begins', async ({ store }) => {
    await write(store, put('/a', '1'), put('/a\u0001', '2'), put('/ab', '3'));
    assert.deepEqual(pairs((await store.range(keyRange('/a'))).entries), ['/a=1']);
    const all = pairs((await store.range(prefixRange('/a'))).entries);
    assert.deepEqual(all, ['/a=1', '/a\u0001=2', '/ab=3']);
  });

  storeTest(create, 'keys are in the order of their UTF-8 bytes', async ({ store }) => {
    const keys = ['/A', '/a', '/z', '/é', '/\uffee', '/😀', '/', '/a/b', '/a-b'];
    await write(store, ...keys.map((key) => put(key, '')));
    const { entries } = await store.range(everything);
    const expected = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    assert.deepEqual(
      entries.map((entry) => entry.key),
      expected,
    );
  });

  storeTest(create, 'a limit cuts, and says that more remain', async ({ store }) => {
    await write(store, put('/a', '1'), put('/b', '2'), put('/c', '3'));
    const two = await store.range(everything, { limit: 2 });
    assert.deepEqual([pairs(two.entries), two.more], [['/a=1', '/b=2'], true]);
    const three = await store.range(everything, { limit: 3 });
    assert.deepEqual([three.entries.length, three.more], [3, false]);
  });

  storeTest(create, 'an old revision reads as it was', async ({ store }) => {
    await write(store, put('/a', '1'));
    await write(store, put('/a', '2'), put('/b', '1'));
    await write(store, remove('/a'));
    await write(store, put('/a', '3'));
    const states = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((revision) => contents(store, revisionOf(revision))),
    );
    assert.deepEqual(states, [[], [], ['/a=1'], ['/a=2', '/b=1'], ['/b=1'], ['/a=3', '/b=1']]);
  });

  storeTest(create, 'an old read reports the revision it read', async ({ store }) => {
    await write(store, put('/a', '1'));
    await write(store, put('/b', '1'));
    const old = await store.range(everything, { revision: revisionOf(2), limit: 1 });
    assert.deepEqual([old.revision, old.more], [2, false]);
  });

  storeTest(create, 'the future cannot be read', async ({ store }) => {
    const reading = store.range(everything, { revision: revisionOf(2) });
    await assert.rejects(reading, (error) => {
      assert.ok(error instanceof FutureRevision);
      assert.equal(error.current, 1);
      return true;
    });
  });

  storeTest(create, 'create revisions survive updates', async ({ store }) => {
    await write(store, put('/a', '1'));
    await write(store, put('/a', '2'));
    const [entry] = (await store.range(everything)).entries;
    assert.deepEqual([entry?.createRevision, entry?.modRevision], [2, 3]);
    assert.equal(entry && 'lease' in entry, false);
  });

  storeTest(create, 'many keys, page by page', async ({ store }) => {
    const keys = Array.from({ length: 1_000 }, (_, index) => `/${String(index).padStart(4, '0')}`);
    for (let start = 0; start < keys.length; start += 500)
      await write(store, ...keys.slice(start, start + 500).map((key) => put(key, key)));
    const seen: string[] = [];
    for (let start = '/', more = true; more;) {
      const page = await store.range({ start, end: everything.end }, { limit: 300 });
      seen.push(...page.entries.map((entry) => entry.key));
      start = `${seen.at(-1)}\0`;
      more = page.more;
    }
    assert.deepEqual(seen, keys);
  });
}
