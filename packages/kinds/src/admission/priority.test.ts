/** How important pods are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import { type FakeRequest } from '../testing.ts';
import { priority } from './priority.ts';
import { container, object, specOf } from './testing.ts';

const classes: FakeRequest = {
  objects: [
    ['priorityclasses', object('PriorityClass', 'high', { value: 9, preemptionPolicy: 'Never' })],
  ],
};
const priorities: readonly (readonly [given: Partial<PodSpec>, want: Partial<PodSpec> | string])[] =
  [
    [{}, { priority: 0, preemptionPolicy: 'PreemptLowerPriority' }],
    [
      { priorityClassName: 'high' },
      { priorityClassName: 'high', priority: 9, preemptionPolicy: 'Never' },
    ],
    [
      { priorityClassName: 'none' },
      'pods "x" is forbidden: no PriorityClass with name none was found',
    ],
    [
      { priority: 5 },
      'pods "x" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
  ];

test('a class decides how important a pod is', async () => {
  for (const [given, want] of priorities) {
    const made = await specOf(priority, given, classes);
    assert.deepEqual(made, typeof want === 'string' ? want : { containers: [container], ...want });
  }
});
