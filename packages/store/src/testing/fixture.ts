/** What the contract needs of an engine, and short ways to say what its tests do. */
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { createVirtualRuntime, VirtualClock, type VirtualRuntime } from '@navarch/runtime/testing';
import {
  type Change,
  type Entry,
  type KeyRange,
  noRevision,
  type Operation,
  type Outcome,
  prefixRange,
  type Revision,
  type Store,
  type Subscription,
} from '../store.ts';

export interface StoreFixture {
  readonly store: Store;
  /** Lets `ms` pass for the store. */
  readonly advance: (ms: number) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export interface DurableFixture extends StoreFixture {
  /** Closes the store and opens it again. */
  readonly reopen: () => Promise<Store>;
}

export type CreateFixture = () => Promise<StoreFixture>;

/** A test with a store of its own. */
export function storeTest<Fixture extends StoreFixture>(
  create: () => Promise<Fixture>,
  name: string,
  body: (fixture: Fixture) => Promise<void>,
): void {
  void test(name, async () => {
    const fixture = await create();
    try {
      await body(fixture);
    } finally {
      await fixture.dispose();
    }
  });
}

/** Timers wait to be advanced; the turns of the event loop come by themselves, so that I/O works. */
class TurningClock extends VirtualClock {
  override soon(run: () => void): void {
    setImmediate(run);
  }
}

export function createStoreRuntime(seed = 1): VirtualRuntime {
  return { ...createVirtualRuntime(seed), clock: new TurningClock() };
}

export const everything: KeyRange = prefixRange('/');
export const revisionOf = (value: number): Revision => value as Revision;

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function text(value: Uint8Array): string {
  return new TextDecoder().decode(value);
}

export function put(key: string, value: string): Operation {
  return { kind: 'put', key, value: bytes(value) };
}

export function remove(key: string): Operation {
  return { kind: 'delete', key };
}

/** Does `operations` unconditionally; the new revision. */
export async function write(store: Store, ...operations: Operation[]): Promise<Revision> {
  const outcome = await store.transact({ conditions: [], operations });
  if (!outcome.succeeded) throw new Error('an unconditional write failed');
  return outcome.revision;
}

/** Writes `value` if the key's latest modification is `modRevision`. */
export function putIf(
  store: Store,
  key: string,
  value: string,
  modRevision: Revision = noRevision,
): Promise<Outcome> {
  return store.transact({ conditions: [{ key, modRevision }], operations: [put(key, value)] });
}

/** `key=value` of each entry, in order. */
export function pairs(entries: readonly Entry[]): string[] {
  return entries.map((entry) => `${entry.key}=${text(entry.value)}`);
}

/** What the store holds at a revision, as pairs. */
export async function contents(store: Store, revision?: Revision): Promise<string[]> {
  const options = revision === undefined ? {} : { revision };
  return pairs((await store.range(everything, options)).entries);
}

/** A change in one line: `3 put /a=2 (was 1)`. */
export function line(change: Change): string {
  const previous = change.previous ? ` (was ${text(change.previous.value)})` : '';
  return `${change.revision} ${change.kind} ${change.key}=${text(change.entry.value)}${previous}`;
}

export interface RecordedWatch extends Subscription {
  readonly changes: Change[];
  readonly lines: string[];
  /** How many changes each call brought. */
  readonly calls: number[];
  readonly progress: Revision[];
  readonly ends: Error[];
}

/** A watch that remembers what it was told. */
export function recordWatch(store: Store, range: KeyRange, after: Revision): RecordedWatch {
  const changes: Change[] = [];
  const lines: string[] = [];
  const calls: number[] = [];
  const progress: Revision[] = [];
  const ends: Error[] = [];
  const subscription = store.watch(range, after, {
    onChanges: (delivered) => {
      calls.push(delivered.length);
      for (const change of delivered) {
        changes.push(change);
        lines.push(line(change));
      }
    },
    onProgress: (revision) => void progress.push(revision),
    onEnd: (error) => void ends.push(error),
  });
  return { changes, lines, calls, progress, ends, stop: () => subscription.stop() };
}

/** Turns the event loop until `condition` holds; fails when it does not within many turns. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  for (let turns = 0; turns < 100_000; turns++) {
    if (condition()) return;
    await turn();
  }
  throw new Error(`never happened: ${what}`);
}
