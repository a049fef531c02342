/** Random histories: the engine and the model agree on every answer, every old state and every change. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  Compacted,
  type Operation,
  type Outcome,
  type Revision,
  type Store,
  type Transaction,
} from '../store.ts';
import {
  bytes,
  eventually,
  everything,
  line,
  pairs,
  recordWatch,
  type StoreFixture,
} from './fixture.ts';
import { StoreModel } from './model.ts';

type ModelFixture = StoreFixture & { readonly reopen?: () => Promise<Store> };

type Step =
  | { readonly kind: 'transact'; readonly burst: readonly Draft[] }
  | { readonly kind: 'range'; readonly ago: number; readonly limit: number; readonly start: string }
  | { readonly kind: 'watch'; readonly ago: number }
  | { readonly kind: 'compact'; readonly ago: number }
  | { readonly kind: 'reopen' };

/** A transaction whose conditions are on the model's revisions: right, or off by `off`. */
interface Draft {
  readonly operations: readonly Operation[];
  readonly conditions: readonly { readonly key: string; readonly off: number }[];
}

const key = fc.constantFrom('/a', '/b', '/b/c', '/d', '/é');
const value = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.nat({ max: 6_000 }).map((length) => 'x'.repeat(length)),
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, value: value.map(bytes) }),
  fc.record({ kind: fc.constant('delete' as const), key }),
);
const draft: fc.Arbitrary<Draft> = fc.record({
  operations: fc.uniqueArray(operation, { maxLength: 4, selector: (one) => one.key }),
  conditions: fc.array(fc.record({ key, off: fc.constantFrom(0, 0, 0, 1) }), { maxLength: 2 }),
});
const ago = fc.nat({ max: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('transact' as const),
      burst: fc.array(draft, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('range' as const),
      ago,
      limit: fc.integer({ min: 1, max: 6 }),
      start: fc.constantFrom('/', '/b', '/b/', '/c', '/z'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('watch' as const), ago }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('compact' as const), ago }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
);

export function modelContract(create: () => Promise<ModelFixture>, runs: number): void {
  void test('random histories', async () => {
    const history = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const fixture = await create();
      try {
        await new Comparison(fixture).run(steps);
      } finally {
        await fixture.dispose();
      }
    });
    await fc.assert(history, { numRuns: runs });
  });
}

class Comparison {
  readonly #model = new StoreModel();
  readonly #fixture: ModelFixture;
  #store: Store;

  constructor(fixture: ModelFixture) {
    this.#fixture = fixture;
    this.#store = fixture.store;
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.#step(step);
    await this.#watch(this.#model.compacted);
  }

  #step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'transact':
        return this.#transact(step.burst);
      case 'range':
        return this.#range(this.#revision(step.ago), step.limit, step.start);
      case 'watch':
        return this.#watch(this.#revision(step.ago));
      case 'compact':
        return this.#compact(this.#revision(step.ago));
      case 'reopen':
        return this.#reopen();
    }
  }

  async #transact(burst: readonly Draft[]): Promise<void> {
    const expected: Outcome[] = [];
    const outcomes: Promise<Outcome>[] = [];
    for (const draft of burst) {
      const transaction = this.#transaction(draft);
      outcomes.push(this.#store.transact(transaction));
      expected.push(this.#model.transact(transaction));
    }
    for (const [index, outcome] of (await Promise.all(outcomes)).entries()) {
      const model = expected[index];
      assert.equal(outcome.succeeded, model?.succeeded);
      if (outcome.succeeded) assert.ok(outcome.revision <= (model?.revision ?? 0));
      else if (model && !model.succeeded)
        assert.deepEqual(show(outcome.current), show(model.current));
    }
    assert.equal(this.#store.revision(), this.#model.revision);
  }

  #transaction({ operations, conditions }: Draft): Transaction {
    const held = new Map(
      this.#model.entries('/', '0', this.#model.revision).map((entry) => [entry.key, entry]),
    );
    return {
      operations,
      conditions: conditions.map(({ key, off }) => ({
        key,
        modRevision: ((held.get(key)?.modRevision ?? 0) + off) as Revision,
      })),
    };
  }

  async #range(revision: Revision, limit: number, start: string): Promise<void> {
    const reading = this.#store.range({ start, end: '0' }, { revision, limit });
    if (revision < this.#model.compacted) return assert.rejects(reading, Compacted);
    const expected = this.#model.entries(start, '0', revision);
    const { entries, more } = await reading;
    assert.deepEqual(show(entries), show(expected.slice(0, limit)));
    assert.equal(more, expected.length > limit);
  }

  async #watch(after: Revision): Promise<void> {
    const watch = recordWatch(this.#store, everything, after);
    if (after < this.#model.compacted) {
      await eventually(() => watch.ends.length > 0, 'the end of the watch');
      assert.ok(watch.ends[0] instanceof Compacted);
      return;
    }
    const expected = this.#model.changesAfter(after).map(line);
    await eventually(() => watch.lines.length >= expected.length, 'all changes');
    assert.deepEqual(watch.lines, expected);
    watch.stop();
  }

  async #compact(revision: Revision): Promise<void> {
    const compacting = this.#store.compact(revision);
    if (revision <= this.#model.compacted) return assert.rejects(compacting, Compacted);
    await compacting;
    this.#model.compacted = revision;
  }

  async #reopen(): Promise<void> {
    if (this.#fixture.reopen) this.#store = await this.#fixture.reopen();
    assert.equal(this.#store.revision(), this.#model.revision);
  }

  #revision(ago: number): Revision {
    return Math.max(this.#model.revision - ago, 0) as Revision;
  }
}

function show(entries: readonly (Parameters<typeof pairs>[0][number] | undefined)[]): unknown[] {
  return entries.map(
    (entry) =>
      entry && [...pairs([entry]), entry.createRevision, entry.modRevision, entry.lease ?? 0],
  );
}
