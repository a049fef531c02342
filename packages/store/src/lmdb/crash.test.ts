/** kill -9 at any moment loses nothing that was acknowledged. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { prefixRange, type Revision, type Store } from '../store.ts';
import { withDiskDirectory } from '../testing/directories.ts';
import { createStoreRuntime, recordWatch, text, everything } from '../testing/fixture.ts';
import { openLmdbStore } from './node.ts';

const runtime = createStoreRuntime();
const crashWriter = path.join(import.meta.dirname, '../testing/crash-writer.ts');
const rounds = 5;
/** Far more than a writer writes in a round, so that rounds never write the same number. */
const numbersPerRound = 1_000_000;

interface Acknowledged {
  readonly writer: number;
  readonly number: number;
  readonly revision: number;
}

/** Lets writers write until `count` writes were acknowledged, then kills them. */
async function writeAndKill(
  directory: string,
  first: number,
  count: number,
): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [crashWriter, directory, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface(child.stdout)) {
    const [writer = 0, number = 0, revision = Number.NaN] = line.split(' ').map(Number);
    if (!Number.isNaN(revision)) acknowledged.push({ writer, number, revision });
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return acknowledged;
}

async function assertNothingLost(store: Store, acknowledged: Acknowledged[]): Promise<void> {
  const { entries } = await store.range(prefixRange('/'));
  const held = new Map(entries.map((entry) => [entry.key, entry]));
  for (const { writer, number, revision } of acknowledged) {
    assert.ok(revision <= store.revision(), `revision ${revision} is gone`);
    const own = held.get(`/writes/${writer}/${number}`);
    assert.equal(own?.modRevision, revision, `write ${number} of writer ${writer}`);
    assert.equal(parseInt(text(own.value), 10), number);
    const latest = held.get(`/writers/${writer}`);
    assert.ok(latest && latest.modRevision >= revision);
    assert.ok(parseInt(text(latest.value), 10) >= number);
  }
}

/** Both keys of a transaction are there, or neither. */
function assertWhole(store: Store, since: Revision): void {
  const watch = recordWatch(store, everything, since);
  assert.deepEqual(watch.ends, []);
  const revisions = watch.changes.map((change) => change.revision);
  assert.deepEqual(
    revisions,
    revisions.map((_, index) => since + 1 + Math.floor(index / 2)),
  );
}

test('what was acknowledged is there after kill -9', () =>
  withDiskDirectory(async (directory) => {
    const acknowledged: Acknowledged[] = [];
    let last = 1;
    for (let round = 0; round < rounds; round++) {
      const count = 200 + 700 * round;
      acknowledged.push(...(await writeAndKill(directory, round * numbersPerRound, count)));
      const store = await openLmdbStore(directory, runtime);
      assert.ok(store.revision() >= last, 'revisions never go back');
      last = store.revision();
      await assertNothingLost(store, acknowledged);
      assertWhole(store, (last - 50) as Revision);
      await store.close();
    }
    assert.ok(acknowledged.length >= 8_000);
  }));
