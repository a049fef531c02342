/**
 * What calls of the libraries cost at least and at most beforehand, and what they really cost.
 *
 * The figures are upstream's for the same expressions and the same sizes (texts and bytes of variables have at most 12),
 * except that lists, maps and conversions of literals cost nothing when evaluated, as Kubernetes sets it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import {
  bytesType,
  dynType,
  intType,
  listType,
  mapType,
  optionalType,
  stringType,
} from '../types.ts';
import { listOf, mapOf, Optional, type Value } from '../values.ts';
import { kubernetesLibraries } from './kubernetes.ts';

const environment = createEnvironment({
  libraries: kubernetesLibraries,
  mixedLiterals: true,
  variables: {
    n: intType,
    m: intType,
    ints: listType(intType),
    texts: listType(stringType),
    blobs: listType(bytesType),
    lists: listType(listType(intType)),
    maps: listType(mapType(stringType, intType)),
    any: listType(dynType),
    dynamic: listType(dynType),
    untyped: dynType,
    text: stringType,
    maybe: optionalType(intType),
  },
});

const bindings = new Map<string, Value>([
  ['n', 1n],
  ['m', 3n],
  ['ints', listOf([3n, 2n, 1n])],
  ['texts', listOf(['b', 'é'.repeat(10), 'a'])],
  ['blobs', listOf([new Uint8Array(25), new Uint8Array(9)])],
  ['lists', listOf([listOf([1n]), listOf([2n, 3n])])],
  ['maps', listOf([mapOf([['x', 2n]]), mapOf([['x', 1n]])])],
  ['any', listOf([2n, 1n])],
  ['dynamic', listOf([mapOf([['x', 4n]]), mapOf([['x', 3n]])])],
  ['untyped', listOf(['b', 'a'])],
  ['text', 'é'.repeat(10)],
  ['maybe', Optional.of(1n)],
]);

/** How many elements the lists have at most. */
const sizes: Readonly<Record<string, number>> = {
  ints: 5,
  texts: 3,
  any: 3,
  maps: 5,
  lists: 4,
  dynamic: 5,
};

/** Beyond all budgets: how long the texts in a list that is written out are is told to nobody. */
const most = 2 ** 64;
const tenth = Math.ceil(most * 0.1);
const untold = 5 * tenth;
const twelve = "'012345678901'";
const texts = `[${Array<string>(5).fill(twelve).join(', ')}]`;
const blobs = `[${Array<string>(5).fill(`bytes(${twelve})`).join(', ')}]`;
const durations =
  "[duration('1s'), duration('2s'), duration('3s'), duration('4s'), duration('5s')]";
const noon = "timestamp('2011-01-01T00:00:00.000+01:00')";
const noons = `[${Array<string>(5).fill(noon).join(', ')}]`;

type Costs = Readonly<Record<string, readonly [min: number, max: number, actual: number]>>;

const ofLists: Costs = {
  '[1, 2, 3, 4, 5].sum()': [15, 15, 5],
  '[uint(1), uint(2), uint(3), uint(4), uint(5)].sum()': [20, 20, 5],
  [`${durations}.sum()`]: [20, 20, 5],
  '[1.0, 2.0, 3.0, 4.0, 5.0].isSorted()': [15, 15, 5],
  '[false, true, false, true, false].max()': [15, 15, 5],
  [`${texts}.min()`]: [15, untold, 5],
  [`${blobs}.max()`]: [25, untold, 5],
  [`${noons}.isSorted()`]: [20, 20, 5],
  '[1, 2, 3, 4, 5].indexOf(3)': [15, 15, 5],
  '[uint(1), uint(2), uint(3), uint(4), uint(5)].lastIndexOf(uint(3))': [21, 21, 5],
  [`${texts}.indexOf('x')`]: [15, untold, 5],
  [`${blobs}.indexOf(bytes('x'))`]: [26, untold, 5],
  [`${durations}.lastIndexOf(duration('3s'))`]: [21, 21, 5],
  [`${noons}.indexOf(${noon})`]: [21, 21, 5],
  // A tenth of the bytes, rounded down.
  "texts.indexOf('x')": [1, 10, 3],
  'texts.isSorted()': [1, 10, 3],
  "blobs.lastIndexOf(b'x')": [1, most, 3],
  'lists.indexOf([1])': [11, 15, 4],
  "maps.indexOf({'x': 3})": [31, 36, 3],
  // However dynamic, Kubernetes charges by the name.
  "untyped.indexOf('a')": [1, tenth, 1],
  'any.sum()': [1, 4, 3],
};

const ofListExtension: Costs = {
  'lists.range(4) == [0, 1, 2, 3]': [26, 26, 16],
  'lists.range(4 / 2) == [0, 1]': [most, most, 15],
  'lists.range(m) == [0, 1, 2]': [most, most, 16],
  'lists.range(-1)': [11, 11, 11],
  '[[1, 2], 3].flatten(1) == [1, 2, 3]': [44, 44, 14],
  '[[1, 2], 3].flatten(2) == [1, 2, 3]': [46, 46, 16],
  '[[1, 2], 3].flatten(3) == [1, 2, 3]': [48, 48, 18],
  '[[1], 2, 3].flatten() == [1, 2, 3]': [45, 45, 15],
  'any.flatten() == [1, 2, 3]': [23, 26, 15],
  '[[1, 2], 3].flatten(m) == [1, 2, 3]': [most, most, 19],
  '[1, 2].flatten(-1)': [21, 21, 0],
  '[1, 2, 3].distinct() == [1, 2, 3]': [50, 50, 30],
  '[1, 1, 1].distinct() == [1]': [50, 50, 30],
  "texts.distinct() == ['hello']": [23, 41, 31],
  '[1, 2, 3, 4, 5].slice(n, m) == [2, 3]': [39, 39, 16],
  'ints.slice(1, 3) == [2, 3]': [25, 25, 15],
  'ints.slice(n, m) == [2, 3]': [30, 30, 17],
  '[1, 2, 3].slice(1, 3) == [2, 3]': [34, 34, 14],
  // Computed without signs.
  '[1, 2, 3].slice(3, 1)': [most, most, 0],
  '[3, 2, 1].reverse() == [1, 2, 3]': [35, 35, 15],
  'ints.reverse() == [1, 2, 3]': [23, 28, 16],
  '[2, 3, 1].sort() == [1, 2, 3]': [50, 50, 30],
  'ints.sort() == [1, 2, 3]': [23, 73, 31],
  "texts.sort() == ['a', 'b', 'c']": [23, 42, 31],
  'ints.filter(e, e > 5).sort()': [23, 148, 19],
  "[{'x':4}, {'x':3}].sortBy(m, m['x']) == [{'x':3}, {'x':4}]": [211, 211, 51],
  "maps.sortBy(m, m['x']) == [{'x':3}, {'x':4}]": [106, 226, 52],
  "texts.sortBy(t, t + 'a')": [35, 99, 76],
  // Where types leave more than one overload, cel-go's lists charge for the call alone.
  'any.sort()': [12, 31, 2],
  'any.sortBy(e, e)': [35, 93, 31],
  "dynamic.sortBy(m, m['x']) == [{'x':3}, {'x':4}]": [106, 229, 34],
};

const ofTexts: Costs = {
  "'ABCDEFGHIJ abcdefghij'.lowerAscii()": [3, 3, 3],
  "'ABCDEFGHIJ abcdefghij'.lowerAscii() == 'abcdefghij ABCDEFGHIJ'.lowerAscii()": [7, 9, 9],
  "'ABCDEFGHIJ abcdefghij'.upperAscii()": [3, 3, 3],
  "strings.quote('ABCDEFGHIJ abcdefghij')": [3, 3, 3],
  "strings.quote('ABCDEFGHIJ abcdefghij') == strings.quote('ABCDEFGHIJ abcdefghij')": [7, 11, 9],
  "'abc 123 def 123'.replace('123', '456')": [3, 3, 3],
  "'abc 123 def 123'.replace('', 'x')": [3, 3, 3],
  "'abc 123 def 123'.replace('123', '')": [3, 3, 3],
  "'abc 123 def 123'.replace('123', '456', 1)": [3, 3, 3],
  "'abc 123 def 123'.split(' ')": [3, 3, 3],
  "'abc 123 def 123'.split(' ', 1)": [3, 3, 3],
  "'abc 123 def 123'.substring(5)": [2, 2, 2],
  "'abc 123 def 123'.substring(5, 8)": [2, 2, 2],
  "'  abc 123 def 123  '.trim()": [2, 2, 2],
  "'abc'.charAt(1)": [1, 1, 1],
  "['aa', 'bb', 'cc', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].join(' ')": [11, tenth, 5],
  "['aa', 'bb', 'cc', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].join()": [10, tenth, 3],
  // The elements of a list without types count as nothing.
  'untyped.join()': [1, 1, 2],
  "untyped.join('--')": [1, tenth, 2],
  "'abc 123 def 123'.find('123')": [2, 2, 2],
  "'abc 123 def 123'.findAll('123')": [2, 2, 2],
  "'abc 123 def 123'.findAll('123', 1)": [2, 2, 2],
  "'01234567890123456789012345678901234567890123456789'.indexOf('123')": [5, 5, 5],
  // A tenth of the bytes, rounded down, while estimates round characters up.
  "text.indexOf('x')": [1, 3, 3],
  "'%s %s'.format([1, 'a'])": [11, 11, 1],
  // What replacing does to the length shows in what comes next.
  "'abc'.replace('', '_').lowerAscii()": [2, 2, 2],
  "('a' + text).replace(text, '').lowerAscii()": [4, 9, 8],
  "'0123456789'.replace('0', '0123456789').lowerAscii()": [3, 12, 4],
  "'0123456789'.replace('012', 'a').lowerAscii()": [3, 3, 3],
  // How many parts a text is split into.
  "text.split(',').all(p, p != '')": [2, 53, 8],
  "text.split(',', 3).all(p, p != '')": [2, 17, 8],
};

const ofSets: Costs = {
  'sets.contains([], [])': [21, 21, 1],
  'sets.contains([1], [1])': [22, 22, 2],
  'sets.contains([1, 2, 3, 4], [2, 3])': [29, 29, 9],
  'sets.contains([1, 2.0, 3u], [1.0, 2u, 3])': [30, 30, 10],
  'sets.contains([[1], [2, 3]], [[2, 3.0]])': [53, 53, 3],
  '!sets.contains([1], [1, 2])': [24, 24, 4],
  'sets.equivalent([1], [1, 1])': [25, 25, 5],
  'sets.equivalent([1, 2, 3], [3u, 2.0, 1])': [39, 39, 19],
  '!sets.equivalent([1, 2], [1u, 2, 2.3])': [34, 34, 14],
  'sets.intersects([1, 2], [1u, 2, 2.3])': [27, 27, 7],
  '!sets.intersects([1], [])': [22, 22, 2],
  '!sets.intersects([1], ["1", 2])': [24, 24, 4],
};

const ofAddresses: Costs = {
  "ip('192.168.0.1')": [2, 2, 2],
  "ip('2001:db8:3333:4444:5555:6666:7777:8888')": [4, 4, 4],
  "ip('192.168.0.1').family()": [3, 3, 3],
  "ip('2001:db8:3333:4444:5555:6666:7777:8888').isLoopback()": [5, 5, 5],
  "ip('2001:db8:3333:4444:5555:6666:7777:8888') == ip('192.168.0.1')": [7, 7, 7],
  "ip.isCanonical('192.168.0.1')": [3, 3, 3],
  "ip.isCanonical('2001:db8:3333:4444:5555:6666:7777:8888')": [8, 8, 8],
  "ip.isCanonical('2001:db8::abcd')": [3, 3, 3],
  "isIP('192.168.0.1')": [2, 2, 2],
  "cidr('192.168.0.0/16')": [2, 2, 2],
  "cidr('192.168.0.0/16').ip()": [3, 3, 3],
  "cidr('2001:db8::/32').masked()": [3, 3, 3],
  "cidr('192.168.0.0/16') == cidr('2001:db8::/32')": [5, 5, 5],
  "cidr('192.168.0.0/16').containsCIDR(cidr('192.0.0.0/30'))": [7, 11, 7],
  "cidr('192.168.0.0/16').containsCIDR('192.168.0.0/16')": [7, 11, 7],
  "cidr('192.168.0.0/16').containsIP(ip('192.0.0.1'))": [4, 7, 4],
  "cidr('192.168.0.0/16').containsIP(ip('192.169.169.250'))": [5, 8, 5],
  "cidr('192.168.0.0/16').containsIP('192.0.0.1')": [4, 7, 4],
  "cidr('2001:db8::/32').containsCIDR(cidr('2001:db8::/126'))": [7, 11, 7],
  "cidr('2001:db8::/32').containsCIDR('2001:db8::/32')": [7, 11, 7],
  "cidr('2001:db8::/32').containsIP('2001:db8:3333:4444:5555:6666:7777:8888')": [7, 10, 7],
  "cidr('2001:db8::/32').containsIP(ip('2001:db8::1'))": [5, 8, 5],
};

const ofOthers: Costs = {
  "url('https:://kubernetes.io/').getQuery()": [4, 4, 4],
  'quantity("12Mi")': [1, 1, 1],
  'isQuantity("20M")': [1, 1, 1],
  'quantity("200M") == quantity("0.2G") && quantity("0.2G") == quantity("200M")': [3, 6, 6],
  'quantity("50M").isLessThan(quantity("50Mi"))': [3, 3, 3],
  'quantity("200M").compareTo(quantity("0.2G")) > 0': [4, 4, 4],
  'quantity("50k").add(quantity("20")) == quantity("50.02k")': [5, 5, 5],
  'quantity("50k").sub(20) == quantity("49980")': [4, 4, 4],
  'quantity("50k").add(20).sub(quantity("100k")).sub(-50000).asInteger() > 0': [7, 7, 7],
  'quantity("50").isInteger()': [2, 2, 2],
  'quantity("50.703k").asApproximateFloat() > 0.0': [3, 3, 3],
  'semver("1234.56789012345.67890123456789")': [4, 4, 4],
  'semver("1.2.3").major()': [2, 2, 2],
  'semver("1.1.0").isGreaterThan(semver("1.0.0"))': [3, 3, 3],
  "{'a': 1, 'b': 2}.all(k, v, v > 0)": [37, 41, 11],
  "{'a': 1, 'b': 2}.exists(k, v, v > 0)": [39, 43, 10],
  "{'a': 1, 'b': 2}.existsOne(k, v, v > 0)": [38, 40, 10],
  "{'a': 1, 'b': 2}.transformMap(k, v, v + 1)": [71, 71, 11],
  "{'a': 1, 'b': 2}.transformMap(k, v, v < 5, v + 1)": [67, 75, 15],
  "{'a': 1, 'b': 2}.transformMapEntry(k, v, {k: v + 1})": [131, 131, 71],
  "{'a': 1, 'b': 2}.transformMapEntry(k, v, v < 5, {k: v + 1})": [67, 135, 75],
  '[1, 2].all(i, v, v > 0)': [17, 21, 11],
  '[1, 2].exists(i, v, v > 0)': [19, 23, 10],
  '[1, 2].existsOne(i, v, v > 0)': [18, 20, 10],
  '[1, 2].transformList(i, v, v + 1)': [49, 49, 29],
  '[1, 2].transformList(i, v, v < 5, v + 1)': [27, 53, 33],
  // A bound variable that is not read costs nothing.
  'maybe.optMap(x, x)': [3, 16, 6],
  'maybe.optMap(x, 2)': [3, 15, 3],
};

const tables = { ofLists, ofListExtension, ofTexts, ofSets, ofAddresses, ofOthers };

for (const [name, costs] of Object.entries(tables)) {
  test(`costs ${name}`, () => {
    const found: Record<string, readonly [number, number, number]> = {};
    for (const text of Object.keys(costs)) found[text] = costsOf(text);
    assert.deepEqual(found, costs);
  });
}

function costsOf(text: string): readonly [number, number, number] {
  const compiled = environment.compile(text);
  assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
  const { min, max } = compiled.program.estimateCost({
    sizeOf(path, type) {
      if (type.kind === 'string' || type.kind === 'bytes') return { min: 0, max: 12 };
      const size = sizes[path.join('.')];
      return size === undefined ? undefined : { min: 0, max: size };
    },
  });
  try {
    return [min, max, compiled.program.evaluate(bindings).cost];
  } catch {
    return [min, max, 0];
  }
}
