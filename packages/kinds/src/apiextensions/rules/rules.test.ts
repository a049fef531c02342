import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorMessage, Path } from '@navarch/api/field-error';
import type {
  JSONSchemaProps,
  ValidationRule,
} from '@navarch/api/types/apiextensions/v1/json-schema';
import { messages } from '../../testing.ts';
import { schemaErrors } from '../definition/schema-errors.ts';
import { compileValidator } from '../values/validator.ts';
import { compileRules } from './rule-validator.ts';

const object = (
  properties: Record<string, JSONSchemaProps>,
  ...rules: readonly ValidationRule[]
): JSONSchemaProps => ({ type: 'object', properties, 'x-kubernetes-validations': rules });

function validator(schema: JSONSchemaProps) {
  return compileValidator(schema, { rules: compileRules(schema) });
}

describe('rules see', () => {
  const texts: JSONSchemaProps = { type: 'array', items: { type: 'string' } };
  const set: JSONSchemaProps = { ...texts, 'x-kubernetes-list-type': 'set' };
  const table: readonly (readonly [string, JSONSchemaProps, unknown])[] = [
    ["self.metadata.name == 'n'", {}, undefined],
    ["self.f == ['b', 'a']", set, ['a', 'b']],
    ["(self.f + ['a', 'c']).size() == 3", set, ['a', 'b']],
    ["self.f != ['b', 'a']", texts, ['a', 'b']],
    ["self.f == 'x' || self.f == 5", { 'x-kubernetes-int-or-string': true }, 5],
    ["self.f == duration('90m')", { type: 'string', format: 'duration' }, '1h30m'],
    ["self.f == b'hello'", { type: 'string', format: 'byte' }, 'aGVsbG8='],
    ['self.f == 2.0', { type: 'number' }, 2],
    ["self.f.a__dash__b == ''", object({ 'a-b': { type: 'string' } }), { 'a-b': '' }],
    [
      'self.f != null && optional.ofNonZeroValue(self.f).hasValue() && size(dyn(self.f)) == 1',
      { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      { unknown: 1 },
    ],
    ['optional.ofNonZeroValue(self.f).hasValue()', texts, []],
    [
      "self.f[dyn(1)] == 1 || self.f['k'] == 1",
      { type: 'object', additionalProperties: { type: 'integer' } },
      { k: 1 },
    ],
    ["self.f['k'] == 1", { type: 'object', additionalProperties: { type: 'integer' } }, { k: 1 }],
    ['!has(self.f)', { type: 'string', nullable: true }, null],
    [
      'type(self.f) == map && self.f == self.f',
      object({ a: { type: 'string', nullable: true } }),
      { a: null },
    ],
    [
      "!('a' in dyn(self.f)) && size(dyn(self.f)) == 1",
      object({ a: { type: 'string', nullable: true } }),
      { a: null },
    ],
  ];
  for (const [rule, schema, value] of table) {
    test(rule, () => {
      const f: Record<string, JSONSchemaProps> =
        Object.keys(schema).length > 0 ? { f: schema } : {};
      const checks = validator(object(f, { rule }));
      const subject = { apiVersion: 'v1', kind: 'K', metadata: { name: 'n' }, f: value };
      assert.deepEqual(messages(checks.validate(subject)), []);
    });
  }
});

describe('rules that fail', () => {
  test('say what they are told to say', () => {
    const schema = object(
      { a: { type: 'integer' } },
      { rule: 'self.a > 1', messageExpression: '"a is " + string(self.a)' },
      { rule: 'self.a > 2', reason: 'FieldValueForbidden', fieldPath: '.a', message: 'no' },
      { rule: '10 / self.a > 0' },
    );
    assert.deepEqual(messages(validator(schema).validate({ a: 0 })), [
      '<nil>: Invalid value: a is 0',
      'a: Forbidden: no',
      '<nil>: Invalid value: "object": division by zero evaluating rule: 10 / self.a > 0',
    ]);
  });

  test('are not evaluated where values have the wrong types', () => {
    const schema = object({ a: { type: 'integer' } }, { rule: 'self.a > 1' });
    assert.deepEqual(messages(validator(schema).validate({ a: 'x' })), [
      'a: Invalid value: "string": a in body must be of type integer: "string"',
      '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
    ]);
  });

  test('are told only, of values that an update left alone', () => {
    const a: JSONSchemaProps = {
      type: 'integer',
      'x-kubernetes-validations': [{ rule: 'self > 5' }, { rule: 'self > oldSelf' }],
    };
    const told: string[] = [];
    const errors = validator(object({ a })).validateUpdate({ a: 1 }, { a: 1 }, (text) =>
      told.push(text),
    );
    assert.deepEqual(told, ['a: Invalid value: 1: failed rule: self > 5']);
    assert.deepEqual(messages(errors), ['a: Invalid value: 1: failed rule: self > oldSelf']);
  });

  test('count for the version and kind of an object, which an update cannot leave alone', () => {
    const kind: JSONSchemaProps = {
      type: 'string',
      pattern: '^A$',
      'x-kubernetes-validations': [{ rule: "self == 'A'" }],
    };
    const told: string[] = [];
    const old = { kind: 'B', a: { kind: 'B' }, b: 1 };
    const errors = validator(
      object({ kind, a: object({ kind }), b: { type: 'integer' } }),
    ).validateUpdate({ ...old, b: 2 }, old, (text) => told.push(text));
    assert.deepEqual(told, ['a.kind: Invalid value: "B": failed rule: self == \'A\'']);
    assert.deepEqual(messages(errors), [
      'kind: Invalid value: "B": kind in body should match \'^A$\'',
      'kind: Invalid value: "B": failed rule: self == \'A\'',
    ]);
  });

  test('stop when the budget is spent', () => {
    const rule = 'self.l.all(x, self.l.all(y, x + y != "-"))';
    const schema = object(
      { l: { type: 'array', items: { type: 'string' } } },
      ...Array.from({ length: 3 }, () => ({ rule })),
    );
    const value = { l: Array.from({ length: 1000 }, (_, i) => String(i)) };
    assert.deepEqual(messages(validator(schema).validate(value)), [
      `<nil>: Invalid value: "object": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: ${rule}`,
    ]);
  });
});

describe('rules are refused', () => {
  const path = Path.of('s');
  const refusals = (schema: JSONSchemaProps): readonly string[] =>
    schemaErrors(schema, path, { hasStatus: false }).map((error) =>
      errorMessage(error).replace(/\{"Rule".*?\}/, '{}'),
    );
  const at = 's.x-kubernetes-validations[0]';
  const table: readonly (readonly [ValidationRule, readonly string[]])[] = [
    [{ rule: 'self.a > 0' }, []],
    [{ rule: ' ' }, [`${at}.rule: Required value: rule is not specified`]],
    [
      { rule: 'true\n', message: 'a\nb' },
      [`${at}.message: Invalid value: "a\\nb": must not contain line breaks`],
    ],
    [
      { rule: 'true &&\ntrue' },
      [`${at}.message: Required value: message must be specified if rule contains line breaks`],
    ],
    [
      { rule: 'true', fieldPath: '.b' },
      [`${at}.fieldPath: Invalid value: ".b": must be a valid path`],
    ],
    [
      { rule: 'true', messageExpression: '1' },
      [`${at}.messageExpression: Invalid value: {}: messageExpression must evaluate to a string`],
    ],
    [
      { rule: 'true', optionalOldSelf: true },
      [`${at}.optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule`],
    ],
  ];
  for (const [rule, expected] of table) {
    test(JSON.stringify(rule), () => {
      assert.deepEqual(refusals(object({ a: { type: 'integer' } }, rule)), expected);
    });
  }
});
