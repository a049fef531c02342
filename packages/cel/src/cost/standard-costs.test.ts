/**
 * What the language itself costs: estimates as cel-go makes them for the same expressions and sizes, and real costs,
 * where lists, maps and conversions of literals cost nothing, as Kubernetes sets it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import {
  boolType,
  bytesType,
  doubleType,
  durationType,
  intType,
  listType,
  mapType,
  objectType,
  stringType,
  timestampType,
  type Type,
} from '../types.ts';
import { listOf, mapOf, Timestamp, type Value } from '../values.ts';

const thing = objectType('Thing');
const fields: Readonly<Record<string, Type>> = { number: intType };

const environment = createEnvironment({
  variables: {
    ints: listType(intType),
    more: listType(intType),
    texts: listType(stringType),
    others: listType(stringType),
    things: listType(thing),
    otherThings: listType(thing),
    nested: listType(listType(thing)),
    thing,
    map: mapType(stringType, stringType),
    thingMap: mapType(stringType, thing),
    nestedMap: mapType(stringType, mapType(stringType, thing)),
    flags: mapType(stringType, boolType),
    counts: mapType(stringType, intType),
    times: mapType(stringType, timestampType),
    numbers: mapType(stringType, doubleType),
    'dotted.name': doubleType,
    text: stringType,
    short: stringType,
    alsoShort: stringType,
    unlimited: stringType,
    alsoUnlimited: stringType,
    bytesIn: bytesType,
    time: timestampType,
    otherTime: timestampType,
    span: durationType,
    x: intType,
    y: intType,
    a: boolType,
    b: boolType,
    c: boolType,
    d: boolType,
  },
  types: {
    findType: (name) => (name === 'Thing' ? thing : undefined),
    findField: (name, field) => (name === 'Thing' ? fields[field] : undefined),
    construct: () => null,
  },
});

const sizes: Readonly<Record<string, number>> = {
  ints: 10,
  more: 20,
  texts: 10,
  'texts.@items': 64,
  others: 20,
  'others.@items': 128,
  things: 100,
  otherThings: 1,
  nested: 50,
  'nested.@items': 10,
  thingMap: 10,
  nestedMap: 5,
  'nestedMap.@values': 10,
  'nestedMap.@keys': 5,
  text: 500,
  short: 10,
  alsoShort: 10,
  bytesIn: 500,
};

/** A tenth of the longest text there could be. */
const tenth = 2 ** 64 * 0.1;

const estimates: Readonly<Record<string, readonly [min: number, max: number]>> = {
  "'Hello World!'": [0, 0],
  ints: [1, 1],
  "map['key']": [2, 2],
  'thing.number': [2, 2],
  'has(thing.number)': [1, 1],
  'has(nestedMap.a.b)': [2, 2],
  'time.getFullYear()': [2, 2],
  '[1, 2, 3]': [10, 10],
  'Thing{number: 1}': [40, 40],
  "{'a': 1, 'b': 2, 'c': 3}": [30, 30],
  'things.all(x, true)': [2, 302],
  'nested.all(x, x.all(y, true))': [2, 1752],
  '[1, 2, 3].all(x, true)': [20, 20],
  "text.matches('[0-9]')": [3, 103],
  "'123'.matches('[0-9]')": [2, 2],
  'true || false': [0, 0],
  'a || b || c || d': [1, 4],
  'a && b && c && d': [1, 4],
  '1 < 2': [1, 1],
  '1 == 2': [1, 1],
  '2 in [1, 2, 3]': [13, 13],
  '1 % 1': [1, 1],
  'true ? 1 : 2': [0, 0],
  "size('123')": [1, 1],
  "size(b'123')": [1, 1],
  'string(bytesIn)': [1, 51],
  'string(bytesIn) == string(bytesIn)': [3, 152],
  'bytes(text)': [1, 51],
  'bytes(text) == bytes(text)': [3, 302],
  'string(1)': [1, 1],
  'text.contains(text)': [2, 2502],
  "text.matches('\\\\d+a\\\\d+b')": [3, 103],
  'unlimited.startsWith(text)': [2, 52],
  'unlimited.endsWith(text)': [2, 52],
  'unlimited.size()': [2, 2],
  'size(unlimited)': [2, 2],
  '(x > 2 ? otherThings : otherThings).all(y, true)': [4, 7],
  'thingMap.all(k, thingMap[k].number > 3)': [2, 82],
  'nestedMap.all(k, nestedMap[k].all(x, true))': [2, 187],
  'nestedMap.all(k, k.contains(k))': [2, 32],
  'nestedMap.all(k, nestedMap[k].all(k, true) && k.contains(k))': [2, 202],
  '(ints + ints).all(x, true)': [4, 64],
  "'abcdefg'.contains(short + alsoShort)": [2, 6],
  'ints.size() == more.size()': [5, 5],
  'x > y ? ints.size() : more.size()': [5, 5],
  '([x, y] + ints + more).size()': [17, 17],
  "[texts, others].exists(l, l.exists(v, v.startsWith('hi')))": [21, 265],
  "unlimited.endsWith('abcdefghijklmnopqrstuvwxyz') == alsoUnlimited.endsWith('abcdefghijklmnopqrstuvwxyz')":
    [9, 9],
  '((5 != 6) == (1 == 2)) == ((3 <= 4) == (9 != 9))': [7, 7],
  'string(time) == string(otherTime)': [5, tenth],
  'time == otherTime': [3, 3],
  'span != span': [3, 3],
  '[1,2,3,4,5].filter(x, x % 2 == 0)': [41, 101],
  '[1,2,3,4,5].map(x, x)': [86, 86],
  '[1,2,3,4,5].map(x, x).filter(x, x % 2 == 0)': [117, 177],
  '[1,2,3,4,5].map(x, x).exists(x, x == 5) == true': [108, 118],
  '[1,2,3,4,5].map(x, x).map(x, x)': [162, 162],
  '[1,2,3,4,5].map(x, x)[4]': [87, 87],
  '[[1,2],[1,2],[1,2],[1,2],[1,2]][4]': [61, 61],
  "{'a': [1,2], 'b': [1,2], 'c': [1,2], 'd': [1,2], 'e': [1,2]}.b": [81, 81],
  '[[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]].all(y, y.all(y, y == 1))': [76, 136],
  '[1,2,3,4,5].map(x, [x, x]).all(y, y.all(y, y == 1))': [157, 217],
  "['a', 'ab', 'abc', 'abcd', 'abcde'].map(x, [x, x]).all(y, y.all(y, y.startsWith('a')))": [
    157, 217,
  ],
  "texts.map(x, [x, x]).all(y, y.all(y, y.startsWith('a')))": [13, 403],
  '[1,2,3,4,5].map(x, x).map(x, x) + [1]': [173, 173],
  '[1,2,3].all(i, i in [1,2,3].map(j, j + j))': [20, 230],
  'dyn([1,2,3]).all(i, i in dyn([1,2,3]).map(j, j + j))': [21, 234],
  "{'hello': 'hi'}['hello'] != {'hello': 'bye'}['hello']": [63, 63],
  "['hello', 'hi'][0] != ['hello', 'bye'][1]": [23, 23],
  'type(1)': [1, 1],
  'type(counts.a)': [3, 3],
  'type(counts.a) == int': [5, tenth],
  'dotted.name == 1.0': [2, 2],
  'numbers.a == 1.0': [3, 3],
  "times.a == timestamp('2011-08-18T00:00:00.000+01:00') + duration('19h3m37s10ms')": [6, 6],
  "timestamp(times.a) == timestamp('2011-08-18T00:00:00.000+01:00') + duration('19h3m37s10ms')": [
    7, 7,
  ],
  'flags.a != flags.b': [5, 5],
  'flags.a != true': [3, 3],
};

test('estimates', () => {
  for (const [text, [min, max]] of Object.entries(estimates)) {
    const compiled = environment.compile(text);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    const estimate = compiled.program.estimateCost({
      sizeOf(path) {
        const size = sizes[path.join('.')];
        return size === undefined ? undefined : { min: 0, max: size };
      },
    });
    assert.equal(estimate.min, min, text);
    if (max === tenth) assert.ok(estimate.max >= tenth && estimate.max < tenth * 1.01, text);
    else assert.equal(estimate.max, max, text);
  }
});

const long = 'x'.repeat(500);
const bindings = new Map<string, Value>([
  ['ints', listOf([1n, 2n])],
  ['more', listOf([])],
  ['texts', listOf(['v'])],
  ['map', mapOf([['key', 'v']])],
  ['counts', mapOf([['val', 1n]])],
  ['nestedMap', mapOf([['a', mapOf([['b', null]])]])],
  ['text', long],
  ['short', 'val1'],
  ['alsoShort', 'val2222222'],
  ['bytesIn', new TextEncoder().encode(long)],
  ['time', new Timestamp(0n)],
  ['x', 1n],
  ['a', true],
  ['b', true],
  ['c', false],
  ['d', false],
]);

const costs: Readonly<Record<string, number>> = {
  "'Hello World!'": 0,
  ints: 1,
  "map['key']": 2,
  'texts[0]': 2,
  "map['ke' + 'y']": 3,
  'texts[3 - 3]': 3,
  'has(nestedMap.a.b)': 2,
  'time.getFullYear()': 2,
  '[1, 2, 3]': 0,
  '[x, 2, 3]': 11,
  "{'a': x}": 31,
  'more.all(x, true)': 2,
  '[1, 2, 3].all(x, true)': 10,
  "text.matches('[0-9]')": 103,
  "'123'.matches('[0-9]')": 2,
  'c || d': 2,
  'a || d': 1,
  'd && a': 1,
  'a && b': 2,
  '1 < 2': 1,
  '2 in [1, 2, 3]': 0,
  'x in ints': 4,
  '1 % 1': 1,
  'true ? 1 : 2': 0,
  'false ? false : 1 > 3': 1,
  "'12345678901234567890' == '123456789012345678901234567890'": 2,
  'string(bytesIn)': 51,
  'bytes(text)': 51,
  'string(x)': 2,
  'string(1)': 0,
  'text.contains(text)': 2502,
  "text.matches('\\\\d+a\\\\d+b')": 103,
  "'idc'.startsWith(text)": 2,
  'text.size()': 2,
  'size(text)': 2,
  '(x > 2 ? more : ints).all(y, true)': 9,
  'counts.all(k, counts[k] > 3)': 8,
  'more.all(k, k > 1)': 2,
  '(more + more).all(x, true)': 4,
  "'abcdefg'.contains(short + alsoShort)": 6,
  '(1 > 2 ? 5 : 3) > 1': 2,
  '(1 > 2 || 2 > 1) == true': 3,
  "[{'k1': 1}, {'k2': 2}].all(x, true)": 7,
  '[1,2,3,4,5].filter(x, x % 2 == 0)': 42,
  '[1,2,3,4,5].map(x, x)': 66,
  '[1,2,3,4,5].map(x, x).filter(x, x % 2 == 0)': 108,
  '[1,2,3,4,5].map(x, x).exists(x, x == 5) == true': 98,
  '[1,2,3,4,5].map(x, x).map(x, x)': 132,
  '[1,2,3,4,5].map(x, [x, x]).filter(z, z.size() == 2)': 202,
  '[1,2,3,4,5].map(x, [x, x]).all(y, y.all(y, y == 1))': 151,
  '[1,2,3,4,5].map(x, x).map(x, x) + [1]': 133,
  '[1,2,3].all(i, i in [1,2,3].map(j, j + j))': 56,
};

test('real costs', () => {
  for (const [text, cost] of Object.entries(costs)) {
    const compiled = environment.compile(text);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    assert.equal(compiled.program.evaluate(bindings).cost, cost, text);
  }
});
