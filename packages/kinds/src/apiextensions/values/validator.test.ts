import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { messages } from '../../testing.ts';
import { compileValidator } from './validator.ts';

const object = (properties: Record<string, JSONSchemaProps>): JSONSchemaProps => ({
  type: 'object',
  properties,
});

function found(schema: JSONSchemaProps, value: unknown): readonly string[] {
  return messages(compileValidator(object({ f: schema })).validate({ f: value }));
}

describe('values', () => {
  const table: readonly (readonly [string, JSONSchemaProps, unknown, readonly string[]])[] = [
    ['whole numbers are numbers', { type: 'number' }, 5, []],
    [
      'fractions are no integers',
      { type: 'integer' },
      5.5,
      ['f: Invalid value: "number": f in body must be of type integer: "number"'],
    ],
    [
      'formats of numbers are not checked',
      { type: 'integer', format: 'int32' },
      true,
      ['f: Invalid value: "boolean": f in body must be of type integer: "boolean"'],
    ],
    [
      'formats of text are named instead of the type',
      { type: 'string', format: 'date' },
      5,
      ['f: Invalid value: "int64": f in body must be of type date: "int64"'],
    ],
    ['lengths are in characters', { type: 'string', maxLength: 2 }, '😀😀', []],
    [
      'the longest of texts that are too long',
      { type: 'string', maxLength: 1, pattern: '^x' },
      'abc',
      ['f: Too long: may not be more than 1 byte'],
    ],
    ['limits of integers are integers', { type: 'number', minimum: 0.5 }, 0, []],
    [
      'items come before their number',
      { type: 'array', items: { type: 'string', minLength: 1 }, maxItems: 1 },
      ['', 'a'],
      [
        'f[0]: Invalid value: "": f[0] in body should be at least 1 chars long',
        'f: Too many: 2: must have at most 1 item',
      ],
    ],
    [
      'null is in no enum',
      { type: 'string', nullable: true, enum: ['a'] },
      null,
      ['f: Unsupported value: null: supported values: "a"'],
    ],
    [
      'members that are forbidden',
      { type: 'object', additionalProperties: false },
      { a: 1 },
      ['f: Invalid value: "a": f.a in body is a forbidden property'],
    ],
  ];
  for (const [name, schema, value, expected] of table) {
    test(name, () => assert.deepEqual(found(schema, value), expected));
  }
});

describe('alternatives', () => {
  const text: JSONSchemaProps = { type: 'string' };
  const table: readonly (readonly [string, JSONSchemaProps, readonly string[]])[] = [
    ['anyOf', { ...text, anyOf: [{ pattern: 'x' }, { minLength: 1 }] }, []],
    [
      'anyOf without any',
      { ...text, anyOf: [{ pattern: 'x' }, { minLength: 3 }] },
      [
        '<nil>: Invalid value: "": "f" must validate at least one schema (anyOf)',
        `f: Invalid value: "ab": f in body should match 'x'`,
      ],
    ],
    [
      'oneOf with two',
      { ...text, oneOf: [{ minLength: 1 }, { maxLength: 3 }] },
      [
        '<nil>: Invalid value: "": "f" must validate one and only one schema (oneOf). Found 2 valid alternatives',
      ],
    ],
    [
      'allOf with one of two',
      { ...text, allOf: [{ minLength: 1 }, { minLength: 3 }] },
      [
        'f: Invalid value: "ab": f in body should be at least 3 chars long',
        '<nil>: Invalid value: "": "f" must validate all the schemas (allOf)',
      ],
    ],
    [
      'not',
      { ...text, not: { minLength: 1 } },
      ['<nil>: Invalid value: "": "f" must not validate the schema (not)'],
    ],
  ];
  for (const [name, schema, expected] of table) {
    test(name, () => assert.deepEqual(found(schema, 'ab'), expected));
  }
});

describe('updates', () => {
  const list: JSONSchemaProps = {
    type: 'array',
    items: { ...object({ k: { type: 'string' }, v: { type: 'integer', maximum: 5 } }) },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  };
  const validator = compileValidator(
    object({
      list,
      set: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    }),
  );
  const update = (value: unknown, old: unknown): readonly string[] =>
    messages(validator.validateUpdate(value, old));

  test('may leave what is wrong, also when it moves', () => {
    const old = {
      list: [
        { k: 'a', v: 9 },
        { k: 'b', v: 1 },
      ],
    };
    assert.deepEqual(
      update(
        {
          list: [
            { k: 'b', v: 2 },
            { k: 'a', v: 9 },
          ],
        },
        old,
      ),
      [],
    );
    assert.deepEqual(update({ list: [{ k: 'a', v: 8 }] }, old), [
      'list[0].v: Invalid value: 8: list[0].v in body should be less than or equal to 5',
    ]);
  });

  test('may repeat what was repeated before', () => {
    const repeated = { set: ['a', 'a', 'b', 'b', 'b'] };
    assert.deepEqual(update({ set: ['x', 'x'] }, repeated), []);
    assert.deepEqual(update(repeated, { set: [] }), [
      'set[1]: Duplicate value: "a"',
      'set[3]: Duplicate value: "b"',
    ]);
  });
});
