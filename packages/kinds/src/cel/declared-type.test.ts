import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { typeText } from '@navarch/cel/types';
import { declareType, sizeAt } from './declared-type.ts';
import { escapeProperty } from './property-names.ts';

describe('names of properties', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    ['plain', 'plain'],
    ['namespace', '__namespace__'],
    ['x.y/z-w', 'x__dot__y__slash__z__dash__w'],
    ['a__b', 'a__underscores__b'],
    ['1a', undefined],
    ['a b', undefined],
    ['', undefined],
  ];
  for (const [name, expected] of table) {
    test(JSON.stringify(name), () => assert.equal(escapeProperty(name), expected));
  }
});

describe('types of schemas', () => {
  const text: JSONSchemaProps = { type: 'string' };
  const list = (items: JSONSchemaProps): JSONSchemaProps => ({ type: 'array', items });
  const table: readonly (readonly [string, JSONSchemaProps, string | undefined, number])[] = [
    ['text is measured in bytes', { ...text, maxLength: 3 }, 'string', 12],
    ['bytes are bytes', { ...text, format: 'byte', maxLength: 3 }, 'bytes', 3],
    ['enums are as long as the longest', { ...text, enum: ['a', 'abc'] }, 'string', 3],
    ['times', { ...text, format: 'date-time' }, 'google.protobuf.Timestamp', 32],
    ['as many items as fit a request', list(text), 'list(string)', 1048575],
    ['no more items than said', { ...list(text), maxItems: 4 }, 'list(string)', 4],
    ['int-or-string may be both', { 'x-kubernetes-int-or-string': true }, 'dyn', 3145726],
    [
      'lists of what is not visible',
      list({ 'x-kubernetes-preserve-unknown-fields': true }),
      undefined,
      0,
    ],
  ];
  for (const [name, schema, type, sizeMax] of table) {
    test(name, () => {
      const declared = declareType(schema, { isObject: false, name: 'selfType' });
      assert.equal(declared && typeText(declared.type), type);
      assert.equal(declared?.sizeMax ?? 0, sizeMax);
    });
  }

  test('sizes are found by paths', () => {
    const schema: JSONSchemaProps = {
      type: 'object',
      properties: { m: { type: 'object', additionalProperties: list({ ...text, maxLength: 1 }) } },
    };
    const declared = declareType(schema, { isObject: true, name: 'selfType' });
    assert.ok(declared);
    assert.equal(sizeAt(declared, ['self', 'm', '@values', '@items'])?.max, 4);
    assert.equal(sizeAt(declared, ['self', 'metadata', 'name'])?.max, 3145726);
    assert.equal(sizeAt(declared, ['self', 'nope']), undefined);
  });
});
