import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { duplicateKeysText, formatYaml, parseYaml } from './yaml.ts';

const read: [text: string, value: unknown][] = [
  ['', null],
  ['# nothing\n', null],
  ['hello', 'hello'],
  ['- a\n- b\n', ['a', 'b']],
  [
    'a: 1\nb: "1"\nc: 1.5\nd: yes\ne: "yes"\nf:\ng: ~\n',
    { a: 1, b: '1', c: 1.5, d: true, e: 'yes', f: null, g: null },
  ],
  [
    'a: 2001-01-01\nb: 12:30\nc: 1e3\nd: 010\ne: 08\nf: 0x10\ng: 1_000\nh: 1e+3',
    { a: '2001-01-01', b: '12:30', c: '1e3', d: 8, e: 8, f: 16, g: 1000, h: 1000 },
  ],
  ['a: |\n  x\n  y\nb: >-\n  x\n  y\n', { a: 'x\ny\n', b: 'x y' }],
  [
    'a: &d\n  k: v\nb: *d\nc:\n  <<: *d\n  l: w\n',
    { a: { k: 'v' }, b: { k: 'v' }, c: { k: 'v', l: 'w' } },
  ],
  ['---\na: 1\n---\nb: 2\n', { a: 1 }],
  ['{"a": [1, {"b": null}]}', { a: [1, { b: null }] }],
  ['1: a\nyes: b\n', { 1: 'a', true: 'b' }],
  ['a: !!str 1\nb: !!binary aGk=\n', { a: '1', b: 'hi' }],
];

test('reading', async () => {
  for (const [text, value] of read) assert.deepEqual((await parseYaml(text)).value, value, text);
});

test('keys that repeat', async () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  k: v\n  k: w\n';
  const { value, problems } = await parseYaml(text);
  assert.deepEqual((value as { data: unknown }).data, { k: 'w' });
  assert.deepEqual(problems, ['line 7: key "k" already set in map']);
  assert.equal(
    duplicateKeysText(problems),
    'yaml: unmarshal errors:\n  line 7: key "k" already set in map',
  );
});

const broken: [text: string, message: string][] = [
  [
    'apiVersion: v1\n kind: ConfigMap\n',
    'yaml: line 2: mapping values are not allowed in this context',
  ],
  [
    'apiVersion: v1\n  kind: ConfigMap\n',
    'yaml: line 2: mapping values are not allowed in this context',
  ],
  [
    'apiVersion: v1\n\tkind: ConfigMap\n',
    'yaml: line 2: found a tab character that violates indentation',
  ],
  ['{"apiVersion":', 'yaml: line 1: did not find expected node content'],
  ['a: b: c', 'yaml: mapping values are not allowed in this context'],
  ['a: *nope', "yaml: unknown anchor 'nope' referenced"],
  ['a: @x', 'yaml: found character that cannot start any token'],
];

test('broken text', async () => {
  for (const [text, message] of broken) {
    await assert.rejects(parseYaml(text), { name: 'YamlSyntaxError', message }, text);
  }
});

test('a bomb of aliases is refused', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  await assert.rejects(parseYaml(lines.join('\n')), {
    message: 'yaml: document contains excessive aliasing',
  });
});

const written: [value: unknown, text: string][] = [
  [
    { colon: 'a: b', empty: '', hash: 'a # b', lead: ' x' },
    "colon: 'a: b'\nempty: \"\"\nhash: 'a # b'\nlead: ' x'\n",
  ],
  [{ multi: 'line one\nline two\n' }, 'multi: |\n  line one\n  line two\n'],
  [
    { nul: 'null', number: '1', yes: 'yes', y: 'n' },
    'nul: "null"\nnumber: "1"\n"y": "n"\n"yes": "yes"\n',
  ],
  [
    { quote: `it's "q"`, tab: 'a\tb', unicode: '✓' },
    'quote: it\'s "q"\ntab: "a\\tb"\nunicode: ✓\n',
  ],
  [{ trailing: 'a\n\n', next: 1 }, 'next: 1\ntrailing: |+\n  a\n\n'],
  [
    { a: {}, b: [], c: null, d: [{ e: 1, f: [2] }, 'x'] },
    'a: {}\nb: []\nc: null\nd:\n- e: 1\n  f:\n  - 2\n- x\n',
  ],
  [{ '.': {}, 'f:a': {}, 'k:{"name":"c"}': {} }, '.: {}\nf:a: {}\nk:{"name":"c"}: {}\n'],
  [{ a10: 1, a9: 2, B: 3, b: 4 }, 'B: 3\na9: 2\na10: 1\nb: 4\n'],
  [
    { time: '2026-01-01T00:00:00Z', version: '1.2.3', float: '1.5' },
    'float: "1.5"\ntime: "2026-01-01T00:00:00Z"\nversion: 1.2.3\n',
  ],
  [
    {
      message: `Invalid value: "Bad": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'`,
    },
    `message: 'Invalid value: "Bad": a lowercase RFC 1123 subdomain must consist of lower\n  case alphanumeric characters, ''-'' or ''.'''\n`,
  ],
];

test('writing', () => {
  for (const [value, text] of written) assert.equal(formatYaml(value), text);
});

test('what was written is read back', async () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('ab :#-?\'"\\\n\t0.[]{},&*!|>%@`~yn')),
  });
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, async (any) => {
      assert.deepEqual((await parseYaml(formatYaml(any))).value, any);
    }),
    { numRuns: 400 },
  );
});
