/** One process at a time, whatever became of the last one. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { test } from 'node:test';
import { StoreLocked } from '../store.ts';
import { withFastDirectory } from '../testing/directories.ts';
import { contents, createStoreRuntime, put, write } from '../testing/fixture.ts';
import { openLmdbStore } from './node.ts';

const runtime = createStoreRuntime();
const holder = path.join(import.meta.dirname, '../testing/hold-store.ts');

interface Holder {
  readonly process: ChildProcess;
  /** `open`, or the name of the error with which opening failed. */
  readonly outcome: string;
}

/** A process that opens the store and keeps it open. */
async function startHolder(directory: string, prefix: readonly string[] = []): Promise<Holder> {
  const [command, ...args] = [...prefix, process.execPath, holder, directory];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [outcome] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, outcome: outcome.toString().trim() };
}

async function kill({ process: child }: Holder): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function assertLocked(directory: string, pid?: number): Promise<void> {
  await assert.rejects(openLmdbStore(directory, runtime), (error) => {
    assert.ok(error instanceof StoreLocked, String(error));
    if (pid !== undefined) assert.equal(error.pid, pid);
    assert.match(error.message, new RegExp(`in use by process ${error.pid} `));
    return true;
  });
}

test('a second process is refused, and told who is there', () =>
  withFastDirectory(async (directory) => {
    const first = await startHolder(directory);
    assert.equal(first.outcome, 'open');
    await assertLocked(directory, first.process.pid);
    await kill(first);
  }));

test('the same process is refused too, until it has closed', () =>
  withFastDirectory(async (directory) => {
    const store = await openLmdbStore(directory, runtime);
    await assertLocked(directory, process.pid);
    await store.close();
    const again = await openLmdbStore(directory, runtime);
    await again.close();
    assert.deepEqual(
      readdirSync(directory).filter((file) => file.startsWith('lock-')),
      [],
    );
  }));

test('after kill -9 the next process takes over', () =>
  withFastDirectory(async (directory) => {
    await kill(await startHolder(directory));
    const store = await openLmdbStore(directory, runtime);
    await write(store, put('/a', '1'));
    await store.close();
  }));

test('files of the dead do not matter, whoever has their pid now', () =>
  withFastDirectory(async (directory) => {
    for (const name of [`lock-${process.pid}-1-deadbeef-1`, 'lock-1-1-deadbeef-1', 'lock-x'])
      for (const suffix of ['.starting', '.held'])
        writeFileSync(path.join(directory, name + suffix), '');
    const store = await openLmdbStore(directory, runtime);
    await store.close();
  }));

test('of many that start at once, one wins', () =>
  withFastDirectory(async (directory) => {
    const holders = await Promise.all(Array.from({ length: 4 }, () => startHolder(directory)));
    const outcomes = holders.map(({ outcome }) => outcome).toSorted();
    await Promise.all(holders.map(kill));
    assert.deepEqual(outcomes, [...Array<string>(3).fill('StoreLocked'), 'open'].toSorted());
  }));

test('a process in another pid namespace is refused too', (context) =>
  withFastDirectory(async (directory) => {
    const unshare = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
    try {
      execFileSync(unshare[0] ?? '', [...unshare.slice(1), 'true'], { stdio: 'ignore' });
    } catch {
      context.skip('this machine does not let us make a pid namespace');
      return;
    }
    const store = await openLmdbStore(directory, runtime);
    await write(store, put('/a', '1'));
    const inside = await startHolder(directory, unshare);
    await kill(inside);
    assert.equal(inside.outcome, 'StoreLocked');
    assert.deepEqual(await contents(store), ['/a=1']);
    await store.close();
    const next = await startHolder(directory, unshare);
    assert.equal(next.outcome, 'open');
    await assertLocked(directory);
    await kill(next);
  }));
