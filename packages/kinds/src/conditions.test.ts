import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Path } from '@navarch/api/field-error';
import type { Condition } from '@navarch/api/types/meta/v1/condition';
import { validateConditions } from './conditions.ts';

const fine: Condition = {
  type: 'Ready',
  status: 'True',
  lastTransitionTime: '2026-01-01T00:00:00Z',
  reason: 'Ok',
  message: '',
};

const cases: { name: string; conditions: object[]; errors: string[] }[] = [
  { name: 'complete', conditions: [fine], errors: [] },
  { name: 'twice', conditions: [fine, fine], errors: ['c[1].type Duplicate'] },
  {
    name: 'no type',
    conditions: [{ ...fine, type: '' }],
    errors: ['c[0].type Invalid', 'c[0].type Invalid'],
  },
  {
    name: 'no status',
    conditions: [{ ...fine, status: '' }],
    errors: ['c[0].status NotSupported'],
  },
  { name: 'no reason', conditions: [{ ...fine, reason: '' }], errors: ['c[0].reason Required'] },
  {
    name: 'reason of words',
    conditions: [{ ...fine, reason: 'a b' }],
    errors: ['c[0].reason Invalid'],
  },
  {
    name: 'no time',
    conditions: [{ ...fine, lastTransitionTime: null }],
    errors: ['c[0].lastTransitionTime Required'],
  },
  {
    name: 'a generation below zero',
    conditions: [{ ...fine, observedGeneration: -1 }],
    errors: ['c[0].observedGeneration Invalid'],
  },
  {
    name: 'long message',
    conditions: [{ ...fine, message: 'x'.repeat(32_769) }],
    errors: ['c[0].message TooLong'],
  },
];

for (const { name, conditions, errors } of cases) {
  test(`conditions: ${name}`, () => {
    // Built by clients, as loosely as they may.
    const found = validateConditions(conditions as unknown as Condition[], Path.of('c'));
    assert.deepEqual(
      found.map(({ field, type }) => `${field} ${type}`),
      errors,
    );
  });
}
