/** Limit ranges: the cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LimitRange, LimitRangeItem } from '@navarch/api/types/core/v1/quota';
import type { Draft } from '@navarch/api/types/scalars';
import { messages } from '../../testing.ts';
import { setLimitRangeDefaults } from './defaults.ts';
import { validateLimitRange } from './validate.ts';

function range(...limits: readonly LimitRangeItem[]): LimitRange {
  const draft = structuredClone({ metadata: { name: 'l' }, spec: { limits } }) as Draft<LimitRange>;
  setLimitRangeDefaults(draft);
  return draft;
}

test('bounds of containers become defaults', () => {
  const item = {
    type: 'Container',
    max: { cpu: '2' },
    min: { cpu: '100m', memory: '1Mi' },
    default: { memory: '64Mi' },
  };
  assert.deepEqual(range(item).spec.limits, [
    {
      ...item,
      default: { cpu: '2', memory: '64Mi' },
      defaultRequest: { cpu: '2', memory: '64Mi' },
    },
  ]);
  const pod = { type: 'Pod', max: { cpu: '2' } };
  assert.deepEqual(range(pod).spec.limits, [pod]);
});

const cases: readonly (readonly [items: readonly LimitRangeItem[], says: readonly string[]])[] = [
  [[{ type: 'Pod', max: { cpu: '1' } }], []],
  [
    [{ type: 'Container', min: { cpu: '2' }, max: { cpu: '1' } }],
    [
      'spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1',
      'spec.limits[0].defaultRequest[cpu]: Invalid value: "1": min value 2 is greater than default request value 1',
      'spec.limits[0].default[cpu]: Invalid value: "2": min value 2 is greater than default value 1',
    ],
  ],
  [
    [{ type: 'Thing', max: { cpu: '1' } }],
    [
      'spec.limits[0].type: Invalid value: "Thing": must be a standard limit type or fully qualified',
    ],
  ],
  [
    [
      { type: 'Pod', max: { cpu: '1' } },
      { type: 'Pod', max: { cpu: '2' } },
    ],
    ['spec.limits[1].type: Duplicate value: "Pod"'],
  ],
  [
    [{ type: 'Container', maxLimitRequestRatio: { cpu: '500m' } }],
    ['spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "500m": ratio 500m is less than 1'],
  ],
  [
    [{ type: 'Pod', min: { cpu: '500m' }, max: { cpu: '2' }, maxLimitRequestRatio: { cpu: '10' } }],
    [
      'spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "10": ratio 10 is greater than max/min = 4.000000',
    ],
  ],
  [
    [{ type: 'Pod', min: { cpu: '2' }, default: { cpu: '1' } }],
    ["spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'"],
  ],
  [
    [
      {
        type: 'Container',
        default: { 'example.com/gpu': '2' },
        defaultRequest: { 'example.com/gpu': '1' },
      },
    ],
    [
      'spec.limits[0].defaultRequest[example.com/gpu]: Invalid value: "1": default value 2 must equal to defaultRequest value 1 in example.com/gpu',
    ],
  ],
  [
    [{ type: 'Container', max: { 'requests.example.com/gpu': '1' } }],
    [
      'spec.limits[0].max[requests.example.com/gpu]: Invalid value: "requests.example.com/gpu": doesn\'t follow extended resource name standard',
      'spec.limits[0].default[requests.example.com/gpu]: Invalid value: "requests.example.com/gpu": doesn\'t follow extended resource name standard',
      'spec.limits[0].defaultRequest[requests.example.com/gpu]: Invalid value: "requests.example.com/gpu": doesn\'t follow extended resource name standard',
    ],
  ],
  [
    [{ type: 'PersistentVolumeClaim', max: { cpu: '1' } }],
    [
      'spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided',
    ],
  ],
];

test('limit ranges are checked', () => {
  for (const [items, says] of cases) {
    assert.deepEqual(messages(validateLimitRange(range(...items))), says);
  }
});
