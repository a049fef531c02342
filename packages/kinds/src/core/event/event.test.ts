/** Events in both of their forms: the cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@navarch/api/types/core/v1/event';
import { fromCore, toCore } from '../../events/convert.ts';
import { messages } from '../../testing.ts';
import { eventTable } from './table.ts';
import { validateEvent, validateStrictEvent, validateStrictEventUpdate } from './validate.ts';

const plain: Event = {
  kind: 'Event',
  apiVersion: 'v1',
  metadata: { name: 'e', namespace: 'n' },
  involvedObject: { kind: 'Pod', namespace: 'n', name: 'p' },
  reason: 'Tested',
  message: 'hello',
  source: {},
  type: 'Normal',
  reportingComponent: '',
  reportingInstance: '',
};
const complete: Event = {
  ...plain,
  eventTime: '2024-01-02T03:04:05.678901Z',
  action: 'Testing',
  reportingComponent: 'example.com/ctl',
  reportingInstance: 'i-1',
};

const strict: readonly (readonly [name: string, event: Event, says: readonly string[]])[] = [
  ['complete', complete, []],
  ['no time', { ...complete, eventTime: '' }, ['eventTime: Required value']],
  [
    'no reason or action',
    { ...complete, reason: '', action: '' },
    ['action: Required value', 'reason: Required value'],
  ],
  ['bad type', { ...complete, type: 'Odd' }, ['type: Invalid value: "": has invalid value: Odd']],
  [
    'a series of one',
    { ...complete, series: { count: 1 } },
    [
      'series.count: Invalid value: "": should be at least 2',
      'series.lastObservedTime: Required value',
    ],
  ],
  [
    'old members',
    { ...complete, count: 1, source: { component: 'x' } },
    ['count: Invalid value: "": needs to be unset', 'source: Invalid value: "": needs to be unset'],
  ],
  [
    'a long note',
    { ...complete, message: 'x'.repeat(1025) },
    ['message: Invalid value: "": can have at most 1024 characters'],
  ],
];

test('events of the newer group are held to its rules', () => {
  for (const [name, event, says] of strict) {
    assert.deepEqual(messages(validateStrictEvent(event)), says, name);
  }
});

test('little is asked of old events', () => {
  assert.deepEqual(validateEvent({ ...plain, type: 'Odd' }), []);
  const elsewhere = { ...plain, involvedObject: { namespace: 'other' } };
  assert.deepEqual(messages(validateEvent(elsewhere)), [
    'involvedObject.namespace: Invalid value: "other": does not match event.namespace',
  ]);
});

test('each group has its own name for who reports', () => {
  const nobody = { ...complete, reportingComponent: '' };
  const [core] = validateEvent(nobody);
  const [strictly] = validateStrictEvent(nobody);
  assert.deepEqual([core?.field, strictly?.field], ['reportingComponent', 'reportingController']);
});

test('only the series of an event changes', () => {
  const series = { count: 2, lastObservedTime: '2024-01-02T03:04:06.000000Z' };
  assert.deepEqual(validateStrictEventUpdate({ ...complete, series }, complete), []);
  const changed = { ...complete, reason: 'Other', reportingComponent: 'example.com/x' };
  assert.deepEqual(messages(validateStrictEventUpdate(changed, complete)), [
    // Twice, as upstream says it.
    'reason: Invalid value: "Other": field is immutable',
    'reason: Invalid value: "Other": field is immutable',
    'reportingController: Invalid value: "example.com/x": field is immutable',
  ]);
});

test('what is taken away is shown as nothing, and references in full', () => {
  const { message: _, ...rest } = complete;
  const bare = { ...rest, involvedObject: { ...complete.involvedObject, name: 'q' } };
  assert.deepEqual(messages(validateStrictEventUpdate(bare, complete)), [
    'involvedObject: Invalid value: {"Kind":"Pod","Namespace":"n","Name":"q","UID":"","APIVersion":"","ResourceVersion":"","FieldPath":""}: field is immutable',
    'message: Invalid value: "": field is immutable',
  ]);
});

test('names of new events are subdomains', () => {
  const named = (name: string) => ({ ...complete, metadata: { ...complete.metadata, name } });
  assert.deepEqual(validateEvent(named('A_b')), []);
  assert.deepEqual(
    validateStrictEvent(named('A_b')).map(({ field }) => field),
    ['metadata.name'],
  );
});

test('both forms say the same', () => {
  const series = { count: 2, lastObservedTime: '2024-01-02T03:04:06.000000Z' };
  for (const event of [complete, { ...complete, series, related: { kind: 'Node', name: 'x' } }]) {
    const there = fromCore(event);
    assert.equal(there.note, 'hello');
    assert.deepEqual(there.regarding, event.involvedObject);
    assert.deepEqual(toCore(there), { ...event, firstTimestamp: null, lastTimestamp: null });
  }
});

const now = Date.parse('2026-01-01T00:00:00Z');
const rows: readonly (readonly [event: Event, cells: readonly unknown[]])[] = [
  [
    {
      ...plain,
      involvedObject: { kind: 'Pod', name: 'p', fieldPath: 'spec.containers{c}' },
      message: '  a message\n',
      source: { component: 'kubelet', host: 'n1' },
      firstTimestamp: '2025-12-31T22:00:00Z',
      lastTimestamp: '2025-12-31T23:59:00Z',
      count: 3,
    },
    [
      '60s',
      'Normal',
      'Tested',
      'pod/p',
      'spec.containers{c}',
      'kubelet, n1',
      'a message',
      '120m',
      3,
      'e',
    ],
  ],
  [
    { ...complete, series: { count: 7, lastObservedTime: '2025-12-31T23:59:59.000000Z' } },
    ['1s', 'Normal', 'Tested', 'pod/p', '', 'example.com/ctl, i-1', 'hello', '729d', 7, 'e'],
  ],
  [
    { metadata: { name: 'e' }, involvedObject: {}, reportingComponent: '', reportingInstance: '' },
    ['<unknown>', '', '', '', '', '', '', '<unknown>', 1, 'e'],
  ],
];

test('events are printed', () => {
  for (const [event, cells] of rows) assert.deepEqual(eventTable.row(event, now), cells);
});
