import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { planEnded } from './plan.ts';

/** `a1` ended, created in second 1; `b2!` was evicted; `c3?` runs. */
function parsePods(text: string): Pod[] {
  return text.split(' ').map((word) => {
    const [, name = '', second = '', mark] = /^([a-z])(\d)([!?]?)$/.exec(word) ?? [];
    return {
      metadata: { name, creationTimestamp: `2026-01-01T00:00:0${second}Z` },
      spec: { containers: [] },
      status: {
        phase: mark === '?' ? 'Running' : mark === '!' ? 'Failed' : 'Succeeded',
        ...(mark === '!' && { reason: 'Evicted' }),
      },
    };
  });
}

const cases: { name: string; pods: string; max: number; removed: string }[] = [
  { name: 'few enough', pods: 'a1 b2', max: 2, removed: '' },
  { name: 'the oldest go', pods: 'c3 a1 b2', max: 1, removed: 'a b' },
  { name: 'the evicted go first', pods: 'a1 b2! c3', max: 1, removed: 'b a' },
];

for (const { name, pods, max, removed } of cases) {
  test(`ended pods: ${name}`, () => {
    const planned = planEnded(parsePods(pods), max);
    assert.equal(planned.map(({ pod }) => pod.metadata.name).join(' '), removed);
  });
}
