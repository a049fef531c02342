import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { TriggerTimes } from './trigger-times.ts';

const time = (second: string): string => `2026-01-01T00:00:0${second}Z`;

/** `a3`: pod `a` changed its readiness in second 3. */
function parsePods(text: string): Pod[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({
      metadata: { name: word[0] ?? '' },
      spec: { containers: [] },
      status: {
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: time(word[1] ?? '') }],
      },
    }));
}

const steps: { name: string; pods: string; result: string | undefined }[] = [
  { name: 'the service is new', pods: 'a3', result: time('1') },
  { name: 'nothing is', pods: 'a3', result: undefined },
  { name: 'a pod came', pods: 'a3 b4', result: time('4') },
  { name: 'two changed: the first of the changes', pods: 'a6 b5', result: time('5') },
  { name: 'one went', pods: 'a6', result: undefined },
];

test('the time of the change, step by step', () => {
  const times = new TriggerTimes();
  const metadata = { name: 'web', creationTimestamp: time('1') };
  for (const { name, pods, result } of steps)
    assert.equal(times.next('n/web', { metadata, spec: {} }, parsePods(pods)), result, name);
});
