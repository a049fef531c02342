import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unifiedDifference } from './unified-difference.ts';

const lines = (text: string) => text.split('').join('\n');

/** Texts of one letter a line; each with the hunks, in one line. */
const cases: [name: string, before: string, after: string, hunks: string][] = [
  ['equal', 'abc', 'abc', ''],
  ['one line', 'a', 'b', '@@ -1 +1 @@ -a +b'],
  ['in the middle', 'abcdefgh', 'abcdXfgh', '@@ -2,7 +2,7 @@  b  c  d -e +X  f  g  h'],
  ['put in', 'abc', 'abXc', '@@ -1,3 +1,4 @@  a  b +X  c'],
  ['taken out at the end', 'abcde', 'abcd', '@@ -2,4 +2,3 @@  b  c  d -e'],
  [
    'two far apart',
    'abcdefghijkl',
    'XbcdefghijkY',
    '@@ -1,4 +1,4 @@ -a +X  b  c  d @@ -9,4 +9,4 @@  i  j  k -l +Y',
  ],
  ['two that touch', 'abcdefgh', 'XbcdefgY', '@@ -1,8 +1,8 @@ -a +X  b  c  d  e  f  g -h +Y'],
];

for (const [name, before, after, hunks] of cases) {
  test(`a difference that is ${name}`, () => {
    const found = unifiedDifference(lines(before), lines(after));
    assert.equal(found.trimEnd().replaceAll('\n', ' '), hunks);
  });
}

test('of several ways to tell it, it is Python’s', () => {
  assert.equal(
    unifiedDifference(lines('abxcd'), lines('abcdxabcd')).trimEnd().replaceAll('\n', ' '),
    '@@ -1,5 +1,9 @@  a  b -x  c  d +x +a +b +c +d',
  );
});

test('texts too long to search are compared by their ends', () => {
  const many = Array.from({ length: 4001 }, (_, i) => `${i}`);
  const change = (...at: number[]) =>
    many.map((line, i) => (at.includes(i) ? 'x' : line)).join('\n');
  const found = unifiedDifference(many.join('\n'), change(10, 20));
  assert.ok(found.startsWith('@@ -8,17 +8,17 @@\n 7\n 8\n 9\n-10\n-11\n'));
});

test('of texts with too many short runs the rest is shown whole', () => {
  const every = (other: string) =>
    Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? `${i}` : `${other}${i}`)).join('\n');
  const found = unifiedDifference(every('a'), every('b'));
  const kept = found.split('\n').filter((line) => line.startsWith(' ')).length;
  assert.ok(kept > 100 && kept < 1000, `${kept} lines`);
  assert.equal(found.split('\n').filter((line) => line.startsWith('-')).length, 4000 - kept);
});
