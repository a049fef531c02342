import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Taint, Toleration } from '@navarch/api/types/core/v1/scheduling';
import { staySeconds } from './plan.ts';

const taint = (key: string): Taint => ({ key, value: 'v', effect: 'NoExecute' });

const cases: {
  name: string;
  taints: string[];
  tolerations: Toleration[];
  stays: number | undefined;
}[] = [
  { name: 'nothing is wrong', taints: [], tolerations: [], stays: undefined },
  { name: 'it tolerates nothing', taints: ['a'], tolerations: [], stays: 0 },
  {
    name: 'it tolerates that for ever',
    taints: ['a'],
    tolerations: [{ key: 'a', operator: 'Exists' }],
    stays: undefined,
  },
  {
    name: 'it tolerates that for a while',
    taints: ['a'],
    tolerations: [{ key: 'a', operator: 'Exists', tolerationSeconds: 300 }],
    stays: 300,
  },
  {
    name: 'the shortest counts',
    taints: ['a', 'b'],
    tolerations: [
      { key: 'a', operator: 'Exists', tolerationSeconds: 300 },
      { key: 'b', value: 'v', effect: 'NoExecute', tolerationSeconds: 10 },
    ],
    stays: 10,
  },
  {
    name: 'it tolerates only one',
    taints: ['a', 'b'],
    tolerations: [{ key: 'a', operator: 'Exists' }],
    stays: 0,
  },
  {
    name: 'it tolerates everything',
    taints: ['a', 'b'],
    tolerations: [{ operator: 'Exists' }],
    stays: undefined,
  },
  { name: 'another value', taints: ['a'], tolerations: [{ key: 'a', value: 'w' }], stays: 0 },
  {
    name: 'another effect',
    taints: ['a'],
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }],
    stays: 0,
  },
];

for (const { name, taints, tolerations, stays } of cases) {
  test(`a pod stays: ${name}`, () => {
    assert.equal(staySeconds(taints.map(taint), tolerations), stays);
  });
}
