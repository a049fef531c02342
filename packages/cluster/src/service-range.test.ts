import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstServiceIp } from './service-range.ts';

const cases = [
  ['10.96.0.0/16', '10.96.0.1'],
  ['10.96.5.7/16', '10.96.0.1'],
  ['10.43.0.0/28', '10.43.0.1'],
  ['172.16.0.0/12', '172.16.0.1'],
] as const;
for (const [range, first] of cases) {
  test(`${range} begins with ${first}`, () => assert.equal(firstServiceIp(range), first));
}

for (const range of [
  '',
  '10.96.0.0',
  '10.96.0.0/33',
  '10.96.0.0/30',
  '300.0.0.0/16',
  'fd00::/112',
]) {
  test(`"${range}" is refused`, () =>
    assert.throws(() => firstServiceIp(range), /is not a service range/));
}
