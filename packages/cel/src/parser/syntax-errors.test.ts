import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardMacros } from '../macros/standard.ts';
import { parse } from './parser.ts';
import { describeIssues } from './source.ts';

const operand =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
const item = operand
  .replace("'{', '('", "'{', '}', '(', '.', ','")
  .replace("'.', ',', '.'", "'.', ','");
const mapItem = item.replace("'!',", "'!', '?',");

/** What one sees as `position: message`, the position being line:column. */
const cases: readonly { readonly text: string; readonly errors: readonly string[] }[] = [
  { text: '', errors: [`1:1: Syntax error: mismatched input '<EOF>' expecting ${operand}`] },
  { text: 'a.', errors: ["1:3: Syntax error: no viable alternative at input '.'"] },
  { text: 'a. == 1', errors: ["1:4: Syntax error: no viable alternative at input '.=='"] },
  { text: 'a +', errors: [`1:4: Syntax error: mismatched input '<EOF>' expecting ${operand}`] },
  { text: 'a + + 2', errors: [`1:5: Syntax error: extraneous input '+' expecting ${operand}`] },
  { text: 'a b', errors: ["1:3: Syntax error: extraneous input 'b' expecting <EOF>"] },
  { text: 'a b c', errors: ["1:3: Syntax error: mismatched input 'b' expecting <EOF>"] },
  { text: '(a', errors: ["1:3: Syntax error: missing ')' at '<EOF>'"] },
  { text: 'f(a, b', errors: ["1:7: Syntax error: missing ')' at '<EOF>'"] },
  { text: 'f(a b)', errors: ["1:5: Syntax error: extraneous input 'b' expecting ')'"] },
  { text: '[1, 2', errors: ["1:6: Syntax error: mismatched input '<EOF>' expecting {']', ','}"] },
  { text: '[1,', errors: ["1:4: Syntax error: missing ']' at '<EOF>'"] },
  { text: '{', errors: [`1:2: Syntax error: mismatched input '<EOF>' expecting ${mapItem}`] },
  { text: "{'a'}", errors: ["1:5: Syntax error: mismatched input '}' expecting ':'"] },
  { text: 'a ? b', errors: ["1:6: Syntax error: mismatched input '<EOF>' expecting ':'"] },
  { text: 'a.true', errors: ["1:3: Syntax error: mismatched input 'true' expecting IDENTIFIER"] },
  {
    text: 'a.?',
    errors: ["1:4: Syntax error: mismatched input '<EOF>' expecting {IDENTIFIER, ESC_IDENTIFIER}"],
  },
  {
    text: 'a = b',
    errors: [
      "1:3: Syntax error: token recognition error at: '= '",
      "1:5: Syntax error: extraneous input 'b' expecting <EOF>",
    ],
  },
  {
    text: "'abc",
    errors: [
      "1:1: Syntax error: token recognition error at: ''abc'",
      `1:5: Syntax error: mismatched input '<EOF>' expecting ${operand}`,
    ],
  },
  {
    text: 'a &&\n& b',
    errors: ["2:1: Syntax error: token recognition error at: '& '"],
  },
  {
    text: '--',
    errors: [
      "1:3: Syntax error: no viable alternative at input '-'",
      `1:3: Syntax error: mismatched input '<EOF>' expecting ${operand}`,
    ],
  },
  { text: 'for', errors: ['1:1: reserved identifier: for'] },
  { text: '0xFFFFFFFFFFFFFFFFF', errors: ['1:1: invalid int literal'] },
  { text: '18446744073709551616u', errors: ['1:1: invalid uint literal'] },
  { text: "'\\udead'", errors: ['1:1: invalid unicode code point'] },
  { text: 'has(a)', errors: ['1:5: invalid argument to has() macro'] },
  { text: 'a.all(1, true)', errors: ['1:7: argument must be a simple name'] },
  { text: 'a.map(b.c, true)', errors: ['1:8: argument is not an identifier'] },
  {
    text: 'a.all(__result__, true)',
    errors: ['1:7: iteration variable overwrites accumulator variable'],
  },
  { text: 'a.?b', errors: ["1:2: unsupported syntax '.?'"] },
  {
    text: `${'('.repeat(251)}1${')'.repeat(251)}`,
    errors: ['-1:0: expression recursion limit exceeded: 250'],
  },
  { text: `1${' + 1'.repeat(251)}`, errors: ['-1:0: max recursion depth exceeded'] },
  { text: `a${'.a'.repeat(251)}`, errors: ['-1:0: max recursion depth exceeded'] },
  {
    text: `'${'x'.repeat(100_000)}'`,
    errors: ['-1:0: expression code point size exceeds limit: size: 100002, limit 100000'],
  },
];

for (const { text, errors } of cases) {
  test(`what is wrong with ${JSON.stringify(text.slice(0, 40))}`, () => {
    const options = { macros: standardMacros, optionalSyntax: false, escapedFields: false };
    const shown = describeIssues(text, parse(text, options).issues);
    const found = shown.split('\n').filter((line) => line.startsWith('ERROR: <input>:'));
    assert.deepEqual(
      found.map((line) => line.slice('ERROR: <input>:'.length)),
      errors,
    );
  });
}

test('an error shows its line and points at the place, wide characters with wide dots', () => {
  const text = "'é' +\n'日本' + x y";
  const { issues } = parse(text, { macros: [], optionalSyntax: false, escapedFields: false });
  assert.equal(
    describeIssues(text, issues),
    "ERROR: <input>:2:10: Syntax error: extraneous input 'y' expecting <EOF>\n" +
      " | '日本' + x y\n | .．．......^",
  );
});

const deepButFine = [
  `${'('.repeat(120)}1${')'.repeat(120)}`,
  `1${' + 1'.repeat(249)}`,
  `true${' || true'.repeat(2000)}`,
  `${'!'.repeat(5000)}true`,
];

for (const text of deepButFine) {
  test(`${text.slice(0, 12)}... of ${text.length} characters is an expression`, () => {
    const { issues } = parse(text, { macros: [], optionalSyntax: false, escapedFields: false });
    assert.deepEqual(issues, []);
  });
}
