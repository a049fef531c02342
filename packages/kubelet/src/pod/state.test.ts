import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Event, expected, next, type State } from './state.ts';

const states: Record<State['kind'], State> = {
  preparing: { kind: 'preparing', readyAtMs: 5 },
  initialising: { kind: 'initialising' },
  running: { kind: 'running' },
  ended: { kind: 'ended' },
  stopping: { kind: 'stopping', deadlineMs: 100 },
  gone: { kind: 'gone' },
};
const events: Record<Event['kind'], Event> = {
  prepared: { kind: 'prepared' },
  initialised: { kind: 'initialised' },
  finished: { kind: 'finished' },
  deleted: { kind: 'deleted', deadlineMs: 200 },
  stopped: { kind: 'stopped' },
};

for (const [from, row] of Object.entries(expected)) {
  for (const [event, to] of Object.entries(row)) {
    test(`${from} + ${event} = ${to}`, () => {
      assert.equal(next(states[from as State['kind']], events[event as Event['kind']]).kind, to);
    });
  }
}

test('a second deletion shortens the grace, never lengthens it', () => {
  const stopping = states.stopping;
  assert.deepEqual(next(stopping, { kind: 'deleted', deadlineMs: 50 }), {
    kind: 'stopping',
    deadlineMs: 50,
  });
  assert.deepEqual(next(stopping, { kind: 'deleted', deadlineMs: 150 }), stopping);
});
