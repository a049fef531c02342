import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Path } from '@navarch/api/field-error';
import type { CapacityRequestPolicy } from '@navarch/api/types/resource/v1/slice';
import { messages } from '../testing.ts';
import { validateRequestPolicy } from './validate-capacity.ts';

const eleven = Array.from({ length: 11 }, (_, i) => `${i + 1}`);
const unfit = 'default value is not valid according to the requestPolicy';

/** Of 10 units; each with what is wrong, below `p`. */
const cases: [name: string, policy: Partial<CapacityRequestPolicy>, errors: string[]][] = [
  ['nothing', {}, []],
  ['a default alone', { default: '20' }, []],
  ['amounts', { default: '2', validValues: ['1', '2', '10'] }, []],
  ['a range', { default: '2', validRange: { min: '2', max: '8', step: '3' } }, []],
  [
    'both',
    { default: '1', validValues: ['1'], validRange: { min: '1' } },
    [
      'p: Forbidden: exactly one policy can be specified, cannot specify "validValues" and "validRange" at the same time',
    ],
  ],
  [
    'amounts without a default',
    { validValues: ['1'] },
    ['p.default: Required value: required when validValues is defined'],
  ],
  [
    'a range without a default',
    { validRange: { min: '1' } },
    ['p.default: Required value: required when validRange is defined'],
  ],
  [
    'amounts out of order, too large and twice',
    { default: '3', validValues: ['2', '1', '12', '12'] },
    [
      'p.validValues[1]: Invalid value: "1": values must be sorted in ascending order',
      'p.validValues[2]: Invalid value: "12": option is larger than capacity value: 10',
      'p.validValues[3]: Invalid value: "12": option is larger than capacity value: 10',
      'p.validValues[3]: Duplicate value: "12"',
      `p.validValues: Invalid value: "3": ${unfit}`,
    ],
  ],
  [
    'too many amounts',
    { default: '3', validValues: eleven },
    [
      'p.validValues: Too many: 11: must have at most 10 items',
      `p.validValues: Invalid value: "3": ${unfit}`,
    ],
  ],
  [
    'a range without a beginning',
    { default: '1', validRange: { max: '2' } },
    ['p.validRange.min: Required value: required when validRange is defined'],
  ],
  [
    'a range that is turned round',
    { default: '1', validRange: { min: '11', max: '4' } },
    [
      'p.validRange.min: Invalid value: "11": min is larger than capacity value: 10',
      'p.validRange.min: Invalid value: "1": default is less than min: 11',
      'p.validRange.max: Invalid value: "11": min is larger than max: 4',
    ],
  ],
  [
    'a range beyond what there is',
    { default: '13', validRange: { min: '1', max: '12' } },
    [
      'p.validRange.max: Invalid value: "12": max is larger than capacity value: 10',
      'p.validRange.max: Invalid value: "13": default is more than max: 12',
    ],
  ],
  [
    'steps that miss',
    { default: '2', validRange: { min: '1', max: '6', step: '2' } },
    [
      'p.validRange.step: Invalid value: "2": value is not a multiple of a given step (2) from (1)',
      'p.validRange.step: Invalid value: "6": value is not a multiple of a given step (2) from (1)',
    ],
  ],
  [
    'a step too large',
    { default: '1', validRange: { min: '1', step: '10' } },
    ['p.validRange.step: Invalid value: "10": one step 11 is larger than capacity value: 10'],
  ],
  [
    'no step at all',
    { default: '1', validRange: { min: '1', step: '0' } },
    ['p.validRange.step: Invalid value: "0": must be greater than zero'],
  ],
];

for (const [name, policy, errors] of cases) {
  test(`a policy with ${name}`, () => {
    // Clients may leave the default out.
    const found = validateRequestPolicy(policy as CapacityRequestPolicy, '10', Path.of('p'));
    assert.deepEqual(messages(found), errors);
  });
}
