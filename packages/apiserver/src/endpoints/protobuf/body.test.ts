/** Bodies in protobuf: what is read, and what is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeProtobuf } from '@navarch/api/protobuf/envelope';
import { decodeObject } from '@navarch/api/schema/decode';
import { structOf } from '@navarch/api/schema/registry';
import { badRequest } from '@navarch/api/status';
import { parseProtobufBody } from './body.ts';

const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', labels: { x: 'y' } },
  data: { k: 'v' },
};

function encode(
  schema: string,
  object: typeof configMap | Record<string, string | number>,
): Uint8Array {
  return encodeProtobuf(structOf(schema), object);
}

test('an object, with the zero values that protobuf always has', () => {
  const value = parseProtobufBody(encode('core/v1.ConfigMap', configMap), badRequest);
  const { value: decoded } = decodeObject(structOf('core/v1.ConfigMap'), value);
  assert.deepEqual(decoded, configMap);
});

test('options, which every group has', () => {
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 5 };
  const value = parseProtobufBody(encode('meta/v1.DeleteOptions', options), badRequest);
  assert.deepEqual(value, options);
});

test('a kind that nobody knows keeps its name', () => {
  const bytes = encode('core/v1.ConfigMap', { ...configMap, kind: 'Thing' });
  assert.deepEqual(parseProtobufBody(bytes, badRequest), { apiVersion: 'v1', kind: 'Thing' });
});

const broken: { name: string; bytes: Uint8Array; message: RegExp }[] = [
  { name: 'JSON', bytes: Buffer.from('{}'), message: /expected prefix \[107 56 115 0\]/ },
  {
    name: 'half an object',
    bytes: encode('core/v1.ConfigMap', configMap).subarray(0, 30),
    message: /unexpected EOF/,
  },
];
for (const { name, bytes, message } of broken) {
  test(`${name} is refused`, () => {
    assert.throws(() => parseProtobufBody(bytes, badRequest), message);
  });
}
