import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FieldSelector, parseFieldSelector } from './field-selectors.ts';
import { compileSelector, formatSelector, parseSelector, Selector } from './selectors.ts';

const matching: [selector: string, labels: Record<string, string>, matches: boolean][] = [
  ['', {}, true],
  ['app=web', { app: 'web' }, true],
  ['app==web', { app: 'web' }, true],
  ['app!=web', {}, true],
  ['app=', { app: '' }, true],
  ['app', {}, false],
  ['!app', {}, true],
  ['app in (a,b)', { app: 'b' }, true],
  ['app notin (a, b)', { app: 'b' }, false],
  ['x in (foo,,baz)', { x: '' }, true],
  ['n>3', { n: '10' }, true],
  ['n>3', { n: 'x' }, false],
  ['n<3', { n: '2' }, true],
  ['in', { in: 'x' }, true],
  ['in in (in,notin)', { in: 'notin' }, true],
  ['constructor', {}, false],
];

test('what matches what', () => {
  for (const [selector, labels, matches] of matching) {
    assert.equal(parseSelector(selector).matches(labels), matches, selector);
  }
});

const unreadable: [string, string][] = [
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a===b', "unable to parse requirement: found '=', expected: identifier"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  ['=a', "found '=', expected: !, identifier, or 'end of string'"],
  ['!', "unable to parse requirement: found '', expected: identifier"],
  ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['a in b', "unable to parse requirement: found 'b' expected: '('"],
  ['a)', "unable to parse requirement: found ')', expected: in, notin, =, ==, !=, gt, lt"],
  ['!a=b', "found '=', expected: ',' or 'end of string'"],
  ['a IN (b)', "unable to parse requirement: found 'IN', expected: in, notin, =, ==, !=, gt, lt"],
  ['a,,b', "found ',', expected: identifier after ','"],
  [
    'a>b',
    "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer",
  ],
  [
    'k'.repeat(64),
    `unable to parse requirement: <nil>: Invalid value: "${'k'.repeat(64)}": name part must be no more than 63 bytes`,
  ],
  [
    `a=${'v'.repeat(64)}`,
    `unable to parse requirement: values[0][a]: Invalid value: "${'v'.repeat(64)}": must be no more than 63 bytes`,
  ],
];

test('selectors that cannot be read', () => {
  for (const [selector, message] of unreadable) {
    assert.throws(() => parseSelector(selector), { name: 'SelectorError', message });
  }
});

test('objects', () => {
  const object = {
    matchLabels: { b: '1' },
    matchExpressions: [{ key: 'a', operator: 'In', values: ['y', 'x'] }],
  };
  assert.equal(formatSelector(object), 'a in (x,y),b=1');
  assert.equal(formatSelector({}), '<none>');
  assert.equal(compileSelector(undefined).matches({}), false);
  assert.deepEqual(compileSelector(object).exactValues('a'), ['y', 'x']);
});

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const requirement = fc.oneof(
  fc.record({
    key: word,
    operator: fc.constantFrom('=' as const, '!=' as const),
    values: fc.array(word, { minLength: 1, maxLength: 1 }),
  }),
  fc.record({
    key: word,
    operator: fc.constantFrom('in' as const, 'notin' as const),
    values: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }).map((values) => values.toSorted()),
  }),
  fc.record({
    key: word,
    operator: fc.constantFrom('exists' as const, '!' as const),
    values: fc.constant([]),
  }),
);

test('the text form parses back to the same selector', () => {
  const unique = fc.uniqueArray(requirement, { maxLength: 5, selector: (item) => item.key });
  fc.assert(
    fc.property(unique, (items) => {
      const sorted = items.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      assert.deepEqual(
        parseSelector(new Selector(items).toString()).requirements,
        sorted.map((r) => ({ ...r })),
      );
    }),
  );
});

test('field selectors', () => {
  const selector = parseFieldSelector('metadata.name==a,status.phase!=Run\\,ning');
  assert.equal(selector.toString(), 'metadata.name=a,status.phase!=Run\\,ning');
  assert.equal(selector.exactValue('metadata.name'), 'a');
  assert.equal(
    selector.matches((field) => (field === 'metadata.name' ? 'a' : undefined)),
    true,
  );
  assert.equal(
    selector.matches(() => undefined),
    false,
  );
});

const unreadableFields: [string, string][] = [
  ['metadata.name', "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
  ['a=\\b', 'invalid field selector: invalid escape sequence: \\b'],
  ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
  ['a=b\\', 'invalid field selector: invalid escape sequence: \\'],
];

test('field selectors that cannot be read', () => {
  for (const [selector, message] of unreadableFields) {
    assert.throws(() => parseFieldSelector(selector), { name: 'SelectorError', message });
  }
});

test('field values of any text survive the round trip', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const selector = new FieldSelector([{ field: 'a', operator: '=', value }]);
      assert.deepEqual(parseFieldSelector(selector.toString()).terms, selector.terms);
    }),
  );
});
