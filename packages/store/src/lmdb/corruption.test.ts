/** A damaged file is refused at the start, in one line that names it. What is opened is what was written. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { seededRandom } from '@navarch/runtime/testing';
import { integer } from '@navarch/runtime/random';
import { open } from 'lmdb';
import { CorruptStore } from '../store.ts';
import { withFastDirectory } from '../testing/directories.ts';
import { contents, createStoreRuntime, put, write } from '../testing/fixture.ts';
import { openLmdbStore } from './node.ts';

const runtime = createStoreRuntime();

/** A store with small and large values, history and reused pages; what it holds, and its data file. */
async function makeStore(
  directory: string,
): Promise<{ readonly file: string; readonly intact: Buffer; readonly held: string[] }> {
  const store = await openLmdbStore(directory, runtime);
  for (let round = 0; round < 3; round++) {
    const sizes = Array.from({ length: 100 }, (_, index) => (index % 7) * 900);
    await Promise.all(
      sizes.map((size, index) => write(store, put(`/${index}`, `${round}`.repeat(size)))),
    );
    if (round === 1) await store.compact(store.revision());
  }
  const held = await contents(store);
  await store.close();
  const file = path.join(directory, 'data.mdb');
  return { file, intact: readFileSync(file), held };
}

/** What opening says: the message of the refusal, or what is held. */
async function tryToOpen(directory: string): Promise<string | readonly string[]> {
  try {
    const store = await openLmdbStore(directory, runtime);
    const held = await contents(store);
    await store.close();
    return held;
  } catch (error) {
    assert.ok(error instanceof CorruptStore, String(error));
    assert.ok(error.message.startsWith(`${path.join(directory, 'data.mdb')} cannot be used: `));
    assert.ok(!error.message.includes('\n'));
    return error.message;
  }
}

test('a file that is cut short is refused', () =>
  withFastDirectory(async (directory) => {
    const { file, intact } = await makeStore(directory);
    const random = seededRandom(1);
    const lengths = Array.from({ length: 30 }, () => integer(random, intact.length));
    for (const length of [1, 100, 4_096, 8_192, intact.length - 4_096, ...lengths]) {
      writeFileSync(file, intact.subarray(0, length));
      assert.match(String(await tryToOpen(directory)), /cut short/, `${length} bytes`);
    }
  }));

test('a file that is empty, or gone, is refused', () =>
  withFastDirectory(async (directory) => {
    const { file } = await makeStore(directory);
    truncateSync(file, 0);
    assert.match(String(await tryToOpen(directory)), /it is empty/);
    rmSync(file);
    assert.match(String(await tryToOpen(directory)), /it is missing/);
  }));

test('a bit that has flipped is found, or did not matter', () =>
  withFastDirectory(async (directory) => {
    const { file, intact, held } = await makeStore(directory);
    const random = seededRandom(2);
    const used = intact.findLastIndex((byte) => byte !== 0); // What follows is room to grow into.
    let refused = 0;
    for (let i = 0; i < 120; i++) {
      const damaged = Buffer.from(intact);
      const offset = integer(random, used);
      damaged[offset] = (damaged[offset] ?? 0) ^ (1 << integer(random, 8));
      writeFileSync(file, damaged);
      const outcome = await tryToOpen(directory);
      if (typeof outcome === 'string') refused++;
      else assert.deepEqual(outcome, held, `bit at ${offset}`);
    }
    assert.ok(refused > 40, `${refused} refused`);
  }));

test('a page of zeros is found, or was free', () =>
  withFastDirectory(async (directory) => {
    const { file, intact, held } = await makeStore(directory);
    for (let page = 0; page < intact.length / 4_096; page += 7) {
      const damaged = Buffer.from(intact).fill(0, page * 4_096, (page + 1) * 4_096);
      writeFileSync(file, damaged);
      const outcome = await tryToOpen(directory);
      if (typeof outcome !== 'string') assert.deepEqual(outcome, held, `page ${page}`);
    }
  }));

test('what another program wrote is refused', () =>
  withFastDirectory(async (directory) => {
    const database = open({
      path: directory,
      noSubdir: false,
      encoding: 'binary',
      overlappingSync: false,
    });
    await database.put('key', Buffer.from('value'));
    await database.close();
    assert.match(String(await tryToOpen(directory)), /a node that makes no sense/);
    writeFileSync(path.join(directory, 'data.mdb'), 'not a database'.repeat(1_000));
    assert.match(String(await tryToOpen(directory)), /not a meta page/);
  }));
