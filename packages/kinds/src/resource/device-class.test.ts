import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceClass, DeviceClassSpec } from '@navarch/api/types/resource/v1/device-class';
import { messages } from '../testing.ts';
import { validateDeviceClass } from './device-class.ts';

const of = (spec: DeviceClassSpec): DeviceClass => ({ metadata: { name: 'x' }, spec });
const long = { opaque: { driver: 'd.example.com', parameters: { a: 'x'.repeat(10_240) } } };
const wrong = { cel: { expression: 'device.nope' } };

test('an extended resource has a domain that is not the system’s own', () => {
  const errors = (extendedResourceName: string) =>
    messages(validateDeviceClass(of({ extendedResourceName })));
  assert.deepEqual(errors('example.com/gpu'), []);
  for (const name of ['gpu', 'kubernetes.io/gpu', 'requests.example.com/gpu', 'example.com/']) {
    assert.deepEqual(errors(name), [
      `spec.extendedResourceName: Invalid value: "${name}": must be a valid extended resource name`,
    ]);
  }
});

test('what was let through once may stay', () => {
  const stored = of({ selectors: [wrong], config: [long] });
  assert.deepEqual(validateDeviceClass(stored, stored), []);
  const fields = validateDeviceClass(stored).map(({ field }) => field);
  assert.deepEqual(fields, [
    'spec.selectors[0].cel.expression',
    'spec.config[0].opaque.parameters',
  ]);
  const more = of({ selectors: [wrong, wrong], config: [long] });
  assert.equal(validateDeviceClass(more, stored).length, 2);
});
