import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FairQueues, type Waiting } from './fair-queues.ts';
import { dealHand, hashOf } from './shuffle-shard.ts';

interface Request extends Waiting {
  readonly name: string;
}

const request = (name: string, width = 1): Request => ({
  name,
  width,
  flowHash: hashOf(name.charAt(0)),
  turnAway: () => undefined,
});

/** Lets in all that wait, one after another; each takes so long. */
function order(queues: FairQueues<Request>, tookMs: (name: string) => number): string {
  const names: string[] = [];
  for (let next = queues.shift(); next; next = queues.shift()) {
    names.push(next.item.name);
    next.done(tookMs(next.item.name));
  }
  return names.join(' ');
}

const options = { queues: 64, handSize: 4, lengthMax: 3 };

test('flows take turns, and within a flow whoever came first is first', () => {
  const queues = new FairQueues<Request>({ ...options, handSize: 1 });
  for (const name of ['a1', 'a2', 'a3', 'b1', 'b2']) assert.ok(queues.add(request(name)));
  assert.equal(
    order(queues, () => 3),
    'a1 b1 a2 b2 a3',
  );
});

test('a flow whose requests take long waits longer', () => {
  const queues = new FairQueues<Request>({ ...options, handSize: 1 });
  for (const name of ['a1', 'a2', 'b1', 'b2', 'b3']) queues.add(request(name));
  assert.equal(
    order(queues, (name) => (name.startsWith('a') ? 100 : 3)),
    'a1 b1 b2 b3 a2',
  );
});

test('a wide request counts for so many', () => {
  const queues = new FairQueues<Request>({ ...options, handSize: 1 });
  for (const name of ['a1', 'a2', 'b1', 'b2', 'b3']) {
    queues.add(request(name, name.startsWith('a') ? 3 : 1));
  }
  assert.equal(
    order(queues, () => 3),
    'a1 b1 b2 b3 a2',
  );
});

test('a flow fills its own queues only', () => {
  const queues = new FairQueues<Request>({ ...options, handSize: 1 });
  const added = Array.from({ length: 5 }, (_, i) => queues.add(request(`a${i}`)));
  assert.deepEqual(added, [true, true, true, false, false]);
  assert.ok(queues.add(request('b1')));
  assert.equal(queues.size, 4);
});

test('whoever leaves makes room, and is not let in', () => {
  const queues = new FairQueues<Request>({ ...options, handSize: 1 });
  const [first, second] = [request('a1'), request('a2')];
  queues.add(first);
  queues.add(second);
  queues.remove(first);
  assert.equal(queues.first(), second);
  assert.equal(
    order(queues, () => 3),
    'a2',
  );
  assert.equal(queues.size, 0);
});

test('when the queues close, all are turned away', () => {
  const queues = new FairQueues<Request>(options);
  let count = 0;
  for (const name of ['a1', 'b1']) queues.add({ ...request(name), turnAway: () => count++ });
  queues.close();
  assert.deepEqual([count, queues.size, queues.first()], [2, 0, undefined]);
});

test('a hand has different cards, in order, of the deck', () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 12 }),
      (hash, deck, size) => {
        const hand = dealHand(hash, deck, size);
        assert.equal(hand.length, Math.min(deck, size));
        assert.ok(hand.every((card, i) => card >= 0 && card < deck && card > (hand[i - 1] ?? -1)));
      },
    ),
  );
});

test('every hand of a small deck is dealt', () => {
  const hands = new Set(
    Array.from({ length: 6 * 5 * 4 }, (_, hash) => String(dealHand(hash, 6, 3))),
  );
  assert.equal(hands.size, 20);
});
