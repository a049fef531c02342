/** Expressions that select devices: which are taken. */
import { Path } from '@navarch/api/field-error';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validateDeviceExpression } from './device-expressions.ts';

const fine = '';
const cases: Readonly<Record<string, string>> = {
  "device.driver == 'gpu.example.com'": fine,
  "device.attributes['a.example.com'].model.startsWith('x')": fine,
  "'a.example.com' in device.attributes && device.attributes['a.example.com'].shared": fine,
  "device.capacity['a.example.com'].memory.compareTo(quantity('1Gi')) >= 0": fine,
  "device.attributes['a.example.com'].version.isGreaterThan(semver('1.0.0'))": fine,
  "cel.bind(a, device.attributes['a.example.com'], a.model == 'x' || a.model == 'y')": fine,
  'device.allowMultipleAllocations': fine,
  "device.attributes['a.example.com'].shared": fine,
  'device.driver': 'must evaluate to bool or the unknown type, not string',
  'device.attributes':
    'must evaluate to bool or the unknown type, not map(string, map(string, dyn))',
  'device.nope':
    "compilation failed: ERROR: <input>:1:7: undefined field 'nope'\n | device.nope\n | ......^",
  'device.attributes.all(a, device.attributes.all(b, device.attributes.all(c, device.attributes.all(d, a == b && c == d))))':
    'too complex, exceeds cost limit',
};

test('an expression gives a boolean, at a price that can be paid', () => {
  for (const [text, expected] of Object.entries(cases)) {
    const errors = validateDeviceExpression(text, Path.of('expression'));
    assert.equal(errors.map(({ detail }) => detail).join(), expected, text);
  }
});
