/** Functions of lists: cel-go's, Kubernetes', and lists as sets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { evaluateText } from '../testing.ts';
import { dynType } from '../types.ts';
import { kubernetesLibraries } from './kubernetes.ts';

/** Some lists are of different types to see what dynamic ones do. */
const environment = createEnvironment({
  libraries: kubernetesLibraries,
  variables: { any: dynType },
  mixedLiterals: true,
});

const largest = '9223372036854775807';

const cases: Readonly<Record<string, string>> = {
  // cel-go's
  'lists.range(4)': '[0, 1, 2, 3]',
  'lists.range(0)': '[]',
  'lists.range(-3)': '[]',
  '[5, 1, 2].reverse()': '[2, 1, 5]',
  '[].reverse()': '[]',
  '[1, 2, 3, 4].slice(0, 4)': '[1, 2, 3, 4]',
  '[1, 2, 3, 4].slice(1, 3)': '[2, 3]',
  '[1, 2, 3, 4].slice(4, 4)': '[]',
  '[1, 2, 3, 4].slice(3, 0)':
    'error: cannot slice(3, 0), start index must be less than or equal to end index',
  '[1, 2, 3, 4].slice(0, 10)': 'error: cannot slice(0, 10), list is length 4',
  '[1, 2, 3, 4].slice(-5, 10)': 'error: cannot slice(-5, 10), negative indexes not supported',
  [`[1].slice(0, ${largest})`]: `error: cannot slice(0, ${largest}), list is length 1`,
  '[[1, 2], [], [3]].flatten()': '[1, 2, 3]',
  '[1, [2, [3, 4]]].flatten()': '[1, 2, [3, 4]]',
  '[1, [2, [3, [4]]]].flatten(2)': '[1, 2, 3, [4]]',
  '[1, [2]].flatten(0)': '[1, [2]]',
  'dyn(1).flatten()': 'error: no such overload: int.flatten()',
  "dyn('a').flatten(2)": 'error: no such overload: string.flatten(int)',
  'dyn(1).sort()': 'error: no such overload: sort',
  '[1, [2]].flatten(-1)': 'error: level must be non-negative',
  '[3, 1, 2].sort()': '[1, 2, 3]',
  "['b', 'ab', 'a', 'B']. sort()": "['B', 'a', 'ab', 'b']",
  '[true, false].sort()': '[false, true]',
  "[b'b', b'a'].sort()": '[bytes(97), bytes(98)]',
  "[duration('2s'), duration('1s')].sort()": '[1s, 2s]',
  '[].sort()': '[]',
  "['d', 3, 2].sort()": 'error: list elements must have the same type',
  '[dyn([1])].sort()': 'error: list elements must be comparable',
  '[dyn(null), dyn(null)].sort()': 'error: list elements must be comparable',
  '[-3, 1, -5, -2, 4].sortBy(e, -(e * e))': '[-5, 4, -3, -2, 1]',
  "['a', 'c', 'b', 'first'].sortBy(e, e == 'first' ? '' : e)": "['first', 'a', 'b', 'c']",
  'lists.range(3).sortBy(e, -e)': '[2, 1, 0]',
  "[{'k': 2}, {'k': 1}].sortBy(m, m.k)": "[{'k': 1}, {'k': 2}]",
  '[[3, 1], [2]].sortBy(l, l.sortBy(e, e)[0])': '[[3, 1], [2]]',
  '[].sortBy(e, e)': '[]',
  "[1, 2].sortBy(e, e == 1 ? dyn('a') : dyn(1))": 'error: list elements must have the same type',
  '[1, 2].sortBy(e, 1 / 0)': 'error: division by zero',
  '[-2, 5, -2, 1, 1].distinct()': '[-2, 5, 1]',
  '[1, 1.0, 2u, 2].distinct()': '[1, 2u]',
  '[[1], [1], [2]].distinct()': '[[1], [2]]',
  '[].distinct()': '[]',
  'dyn(1).distinct()': 'error: no such overload: distinct(int)',
  // Kubernetes'
  '[1, 2, 2].isSorted()': 'true',
  "['b', 'a'].isSorted()": 'false',
  '[].isSorted()': 'true',
  "[double('NaN'), 1.0].isSorted()": 'true',
  '[1, 2].sum()': '3',
  '[1u, 2u].sum()': '3u',
  '[1.5, 2.0].sum()': '3.5',
  "[duration('1s'), duration('1m')].sum()": '61s',
  '[].sum()': '0',
  // The first element tells of which type dynamic lists are.
  'dyn([1.0, 2.0]).sum()': '3',
  "dyn([duration('1s')]).sum()": '1s',
  'dyn([]).sum()': '0',
  "dyn(['a']).sum()": 'error: no such overload: sum(list)',
  '[[1.5]].map(l, dyn(l).sum())': '[1.5]',
  [`[${largest}, 1].sum()`]: 'error: integer overflow',
  '[1, 3, 2].max()': '3',
  '[1, 3, 2].min()': '1',
  "['a', 'c', 'b'].max()": "'c'",
  "[1.0, double('NaN'), 0.5].min()": '0.5',
  '[].max()': 'error: max called on empty list',
  '[].min()': 'error: min called on empty list',
  '[1, 2, 2].indexOf(2)': '1',
  '[1, 2, 2].lastIndexOf(2)': '2',
  '[1, 2].indexOf(3)': '-1',
  '[1, 2].indexOf(dyn(2.0))': '1',
  "['a'].lastIndexOf('b')": '-1',
  // As sets
  'sets.contains([], [])': 'true',
  'sets.contains([1, 2, 3, 4], [2, 3])': 'true',
  'sets.contains([1, 2.0, 3u], [1.0, 2u, 3])': 'true',
  'sets.contains([1], [1, 2])': 'false',
  'sets.contains([[1], [2, 3]], [[2, 3.0]])': 'true',
  "sets.contains([1], ['1', 1])": 'false',
  'sets.equivalent([], [])': 'true',
  'sets.equivalent([1], [1, 1])': 'true',
  'sets.equivalent([1, 2, 3], [3u, 2.0, 1])': 'true',
  'sets.equivalent([2, 1], [1])': 'false',
  'sets.intersects([1], [1, 2])': 'true',
  'sets.intersects([1], [])': 'false',
  'sets.intersects([[1], [2, 3]], [[1, 2], [2, 3.0]])': 'true',
  'sets.intersects([1], [1.1, 2u])': 'false',
  'sets.intersects(dyn(1), [1])': 'error: no such overload: sets.intersects(int, list)',
};

test('lists', () => {
  for (const [text, value] of Object.entries(cases)) {
    assert.equal(evaluateText(text, environment), value, text);
  }
});

test('sortBy is for lists, and needs a name', () => {
  const messages = ["'ab'.sortBy(e, e)", '[1].sortBy(1, 2)'].map((text) => {
    const compiled = environment.compile(text);
    return compiled.ok ? 'no error' : compiled.message.split('\n')[0];
  });
  assert.deepEqual(messages, [
    'ERROR: <input>:1:1: sortBy can only be applied to a list, identifier, comprehension, call or select expression',
    'ERROR: <input>:1:12: argument is not an identifier',
  ]);
});
