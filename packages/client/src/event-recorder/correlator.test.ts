import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@navarch/api/types/core/v1/event';
import { VirtualClock } from '@navarch/runtime/testing';
import { Correlator } from './correlator.ts';

let serial = 0;
const event = (message: string, name = 'web', reason = 'Failed'): Event => ({
  metadata: { namespace: 'd', name: `${name}.${++serial}` },
  involvedObject: { kind: 'Pod', namespace: 'd', name, uid: name },
  reason,
  message,
  type: 'Warning',
  firstTimestamp: `t${serial}`,
  lastTimestamp: `t${serial}`,
  count: 1,
  reportingComponent: 'test',
  reportingInstance: '',
});

/** `new a`, `2x a`, `skip`, with `*` for combined. */
function say(correlator: Correlator, recorded: Event): string {
  const decision = correlator.decide(recorded);
  if (decision.kind === 'skip') return 'skip';
  const { count, message = '' } = decision.event;
  const text = message.replace('(combined from similar events): ', '*');
  return decision.kind === 'count' ? `${count}x ${text}` : `new ${text}`;
}

test('a repeated event counts up the first one', () => {
  const correlator = new Correlator(new VirtualClock());
  const first = correlator.decide(event('a'));
  assert.equal(first.kind, 'create');
  const second = correlator.decide(event('a'));
  assert.ok(first.kind === 'create' && second.kind === 'count');
  assert.equal(second.event.metadata.name, first.event.metadata.name);
  assert.equal(second.event.firstTimestamp, first.event.firstTimestamp);
  assert.notEqual(second.event.lastTimestamp, first.event.lastTimestamp);
  assert.equal(second.event.count, 2);
});

test('another object, reason, type or message is another event', () => {
  const correlator = new Correlator(new VirtualClock());
  const said = [
    event('a'),
    event('b'),
    event('a', 'api'),
    event('a', 'web', 'Killing'),
    { ...event('a'), type: 'Normal' },
  ].map((recorded) => say(correlator, recorded));
  assert.deepEqual(said, ['new a', 'new b', 'new a', 'new a', 'new a']);
});

test('from the tenth message on, events that differ only by it are combined', async () => {
  const clock = new VirtualClock();
  const correlator = new Correlator(clock);
  const said = Array.from({ length: 12 }, (_, i) => say(correlator, event(`m${i}`)));
  assert.deepEqual(said.slice(7), ['new m7', 'new m8', 'new *m9', '2x *m10', '3x *m11']);
  await clock.advance(600_001);
  assert.equal(say(correlator, event('m20')), 'new m20', 'ten minutes later they are news again');
});

test('an object gets 25 events, then one every five minutes', async () => {
  const clock = new VirtualClock();
  const correlator = new Correlator(clock);
  const said = Array.from({ length: 27 }, () => say(correlator, event('a')));
  assert.deepEqual(said.slice(23), ['24x a', '25x a', 'skip', 'skip']);
  assert.equal(say(correlator, event('a', 'api')), 'new a');
  await clock.advance(300_000);
  assert.equal(say(correlator, event('a')), '28x a');
  assert.equal(say(correlator, event('a')), 'skip');
});
