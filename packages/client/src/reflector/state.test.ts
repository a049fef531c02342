import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, type Event, expected, next, start, type State } from './state.ts';

const states: Record<State['kind'], State> = {
  listing: { kind: 'listing', notOlderThan: '0', attempt: 0 },
  streaming: { kind: 'streaming', attempt: 0 },
  watching: { kind: 'watching', from: '7', attempt: 0 },
  waiting: { kind: 'waiting', plan: { kind: 'watch', from: '7' }, attempt: 1 },
};
const events: Record<Event['kind'], Event> = {
  listed: { kind: 'listed', at: '9' },
  changed: { kind: 'changed', at: '9' },
  ended: { kind: 'ended', livedMs: 60_000 },
  failed: { kind: 'failed', livedMs: 0 },
  expired: { kind: 'expired', livedMs: 0 },
  unsupported: { kind: 'unsupported' },
  retry: { kind: 'retry' },
};

test('the table of states and events is complete and true', () => {
  for (const [state, row] of Object.entries(expected) as [
    State['kind'],
    (typeof expected)['listing'],
  ][]) {
    for (const [event, kind] of Object.entries(row) as [Event['kind'], State['kind']][]) {
      // A list or stream that `ended` is as wrong as one that failed.
      assert.equal(next(states[state], events[event]).kind, kind, `${state} on ${event}`);
    }
  }
});

const journeys: { name: string; from: State; events: Event[]; ends: string }[] = [
  {
    name: 'a watch goes on where the last event was',
    from: start('list'),
    events: [{ kind: 'listed', at: '5' }, { kind: 'changed', at: '6' }, events.ended],
    ends: 'watching from 6',
  },
  {
    name: 'a cut watch waits, then goes on where it was',
    from: start('list'),
    events: [
      { kind: 'listed', at: '5' },
      { kind: 'changed', at: '6' },
      events.failed,
      events.retry,
    ],
    ends: 'watching from 6',
  },
  {
    name: 'a watch that ends at once is a failure',
    from: states.watching,
    events: [{ kind: 'ended', livedMs: 3 }],
    ends: 'waiting after failure 1 to watch from 7',
  },
  {
    name: 'the first expiry lists the latest at once',
    from: states.watching,
    events: [events.expired],
    ends: 'listing the latest',
  },
  {
    name: 'an expiry right after an expiry waits',
    from: states.watching,
    events: [events.expired, { kind: 'listed', at: '8' }, events.expired],
    ends: 'waiting after failure 2 to list',
  },
  {
    name: 'failures in a row count up',
    from: states.watching,
    events: [events.failed, events.retry, events.failed, events.retry, events.failed],
    ends: 'waiting after failure 3 to watch from 7',
  },
  {
    name: 'a watch that lived long starts the count again',
    from: { kind: 'watching', from: '7', attempt: 9 },
    events: [{ kind: 'failed', livedMs: 60_000 }],
    ends: 'waiting after failure 1 to watch from 7',
  },
  {
    name: 'a server that cannot stream the present state is listed',
    from: start('stream'),
    events: [events.unsupported],
    ends: 'listing not older than 0',
  },
  {
    name: 'a failed list is tried again as it was',
    from: start('list'),
    events: [events.failed, events.retry],
    ends: 'listing not older than 0',
  },
];

for (const { name, from, events, ends } of journeys) {
  test(name, () => assert.equal(describe(events.reduce(next, from)), ends));
}
