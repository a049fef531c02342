/** Functions of texts, but for `format`: what they give, and their errors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { evaluateText } from '../testing.ts';
import { dynType } from '../types.ts';
import { kubernetesLibraries } from './kubernetes.ts';

const environment = createEnvironment({
  libraries: kubernetesLibraries,
  variables: { any: dynType },
});

const largest = '9223372036854775807';

const cases: Readonly<Record<string, string>> = {
  // Indexes are of characters.
  "'tacocat'.charAt(3)": "'o'",
  "'tacocat'.charAt(7)": "''",
  "'©α😀'.charAt(2)": "'😀'",
  "'tacocat'.charAt(30)": 'error: index out of range: 30',
  "'tacocat'.charAt(-1)": 'error: index out of range: -1',
  [`'tacocat'.charAt(${largest})`]: `error: index out of range: ${largest}`,
  "'tacocat'.indexOf('ac')": '1',
  "'tacocat'.indexOf('none')": '-1',
  "'tacocat'.indexOf('a', 3)": '5',
  "'tacocat'.indexOf('a', 30)": '-1',
  "'tacocat'.indexOf('tacocats')": '-1',
  "'ta©o©αT'.indexOf('©', 3)": '4',
  "'😀a😀b'.indexOf('b')": '3',
  "'tacocat'.indexOf('a', -1)": 'error: index out of range: -1',
  // Nothing is found where the search begins, wherever that is.
  "'tacocat'.indexOf('')": '0',
  "'tacocat'.indexOf('', 30)": '30',
  "'tacocat'.indexOf('', -1)": '-1',
  [`''.indexOf('', ${largest})`]: largest,
  "'tacocat'.lastIndexOf('at')": '5',
  "'tacocat'.lastIndexOf('none')": '-1',
  "'tacocat'.lastIndexOf('a', 3)": '1',
  "'tacocat'.lastIndexOf('a', 7)": '-1',
  "'tacocat'.lastIndexOf('a', -1)": 'error: index out of range: -1',
  "'ta©o©αT'.lastIndexOf('©', 3)": '2',
  "'bananananana'.lastIndexOf('nana', 7)": '6',
  "''.lastIndexOf('@@')": '-1',
  "'tacocat'.lastIndexOf('')": '7',
  "'tacocat'.lastIndexOf('', 30)": '30',
  "'tacocat'.lastIndexOf('', -1)": '-1',
  "'tacocat'.substring(4)": "'cat'",
  "'tacocat'.substring(7)": "''",
  "'ta©o©αT'.substring(2, 6)": "'©o©α'",
  "'tacocat'.substring(4, 4)": "''",
  "'tacocat'.substring(40)": 'error: index out of range: 40',
  "'tacocat'.substring(-1)": 'error: index out of range: -1',
  "'tacocat'.substring(1, 50)": 'error: index out of range: 50',
  "'tacocat'.substring(49, 50)": 'error: index out of range: 49',
  "'tacocat'.substring(4, 3)": 'error: invalid substring range. start: 4, end: 3',
  // Only ASCII letters change.
  "'TacoCÆt Xii'.lowerAscii()": "'tacocÆt xii'",
  "'tacoCαt'.upperAscii()": "'TACOCαT'",
  // White space in the sense of Unicode.
  "' \\f\\n\\r\\t\\vtext  '.trim()": "'text'",
  "'\\u0085\\u00a0\\u1680text\\u2000\\u200a'.trim()": "'text'",
  "'\\u2028\\u2029\\u202F\\u205F\\u3000text'.trim()": "'text'",
  "'\\u180etext\\u200b\\ufeff'.trim() == '\\u180etext\\u200b\\ufeff'": 'true',
  "'12 days'.replace('{0}', '2')": "'12 days'",
  "'{0} days {0} hours'.replace('{0}', '2')": "'2 days 2 hours'",
  "'{0} days {0} hours'.replace('{0}', '2', 1)": "'2 days {0} hours'",
  "'{0} days {0} hours'.replace('{0}', '2', 0)": "'{0} days {0} hours'",
  "'{0} days {0} hours'.replace('{0}', '2', -1)": "'2 days 2 hours'",
  "'h😀i'.replace('', '_')": "'_h_😀_i_'",
  "'h😀i'.replace('', '_', 2)": "'_h_😀i'",
  "'h😀i'.replace('', '_', 9)": "'_h_😀_i_'",
  "'aaa'.replace('aa', 'b')": "'ba'",
  "'hello hello'.replace('h', '$&')": "'$&ello $&ello'",
  "'hello world'.split(' ')": "['hello', 'world']",
  "'a b c'.split(' ', 0)": '[]',
  "'a b c'.split(' ', 1)": "['a b c']",
  "'a b c'.split(' ', 2)": "['a', 'b c']",
  "'a b c'.split(' ', -1)": "['a', 'b', 'c']",
  "'a😀c'.split('')": "['a', '😀', 'c']",
  "'a😀c'.split('', 2)": "['a', '😀c']",
  "''.split('')": '[]',
  "''.split(',')": "['']",
  "['x', 'y'].join()": "'xy'",
  "['x', 'y'].join('-')": "'x-y'",
  "[].join('-')": "''",
  // The first element tells whether it is a list of texts.
  "any.join('-')": 'error: no such overload: join(list, string)',
  "[dyn(1)].join('-')": 'error: no such overload: join(list, string)',
  "[dyn('a'), dyn(true)].join('-')": 'error: join: invalid input: true',
  'strings.quote("first\\nsecond")': String.raw`'"first\nsecond"'`,
  'strings.quote("\\a\\b\\f\\r\\t\\v")': String.raw`'"\a\b\f\r\t\v"'`,
  'strings.quote("a \\" and a \\\\")': String.raw`'"a \" and a \\"'`,
  'strings.quote("\\u200b😀")': '\'"\u200b😀"\'',
  "dyn(42).charAt(2) == ''": 'error: no such overload: charAt(int, int)',
  "dyn(42).indexOf('4') == 0": 'error: no such overload: indexOf(int, string)',
  "'42'.split(dyn(2))": 'error: no such overload: split(string, int)',
};

test('texts', () => {
  for (const [text, value] of Object.entries(cases)) {
    assert.equal(evaluateText(text, environment), value, text);
  }
});

test('functions of later versions are not there', () => {
  const compiled = environment.compile("'a'.reverse()");
  assert.ok(!compiled.ok);
  assert.match(compiled.message, /no matching overload for 'reverse' applied to 'string.\(\)'/);
});
