/** `format`: what clauses print, and what is refused when the expression is compiled or evaluated. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { evaluateText } from '../testing.ts';
import { dynType, objectType, optionalType, stringType } from '../types.ts';
import { kubernetesLibraries } from './kubernetes.ts';

const environment = createEnvironment({
  libraries: kubernetesLibraries,
  variables: { any: dynType, shape: objectType('Shape'), maybe: optionalType(stringType) },
});

const onlyIntegers = 'decimal clause can only be used on integers, was given';
const onlyDoubles = 'fixed-point clause can only be used on doubles, was given';
const stringClause =
  'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, ' +
  'durations, and timestamps, was given';

const printed: Readonly<Record<string, string>> = {
  "'none'.format([])": 'none',
  "'%% and %%'.format([])": '% and %',
  "'%%%s%%'.format(['é'])": '%é%',
  // %s
  "'%s %s %s'.format(['a', 1, 2u])": 'a 1 2',
  "'%s %s'.format([true, null])": 'true null',
  "'%s %s %s'.format([2.71, 1e6, 0.000000002])": '2.71 1e+06 2e-09',
  "'%s %s %s'.format([double('NaN'), double('Inf'), double('-Inf')])": 'NaN +Inf -Inf',
  "'%s'.format([b'xyz'])": 'xyz',
  "'%s'.format([type('a')])": 'string',
  "'%s'.format([timestamp('2023-02-03T23:31:20+00:00')])": '2023-02-03T23:31:20Z',
  "'%s %s'.format([duration('1h45m47s'), duration('2ns')])": '6347s 0.000000002s',
  "'%.3s'.format(['precision is for numbers'])": 'precision is for numbers',
  // %s: lists
  "'%s'.format([[]])": '[]',
  "'%s'.format([[1, 2u, true, null, type(1)]])": '[1, 2, true, null, int]',
  "'%s'.format([[2.71, 0.000000002, -0.0]])": '[2.710000, 0.000000, -0.000000]',
  "'%s'.format([[1234567.5]])": '[1234567.500000]',
  "'%s'.format([[double('NaN'), double('Inf'), double('-Inf')]])": '["NaN", "+Inf", "-Inf"]',
  "'%s'.format([['a\"b\\n', b'x\\x01']])": String.raw`["a\"b\n", b"x\x01"]`,
  "'%s'.format([['\\u200b', 'é']])": String.raw`["\u200b", "é"]`,
  "'%s'.format([[timestamp('2023-02-03T23:31:20Z'), duration('1h')]])":
    '[timestamp("2023-02-03T23:31:20Z"), duration("3600s")]',
  "'%s'.format([['abc', [9, [8]], {'a': [7]}]])": '["abc", [9, [8]], {"a":[7]}]',
  // %s: maps
  "'%s'.format([{}])": '{}',
  "'%s'.format([{'key1': b'xyz', 'key3': null, 'key2': duration('2h')}])":
    '{"key1":b"xyz", "key2":duration("7200s"), "key3":null}',
  "'%s'.format([{1: 'a', 2u: 2.5, true: double('NaN')}])": '{1:"a", 2:2.500000, true:"NaN"}',
  "'%s'.format([{10: 'a', 9: 'b'}])": '{10:"a", 9:"b"}',
  "'%s'.format([any])": '[1, "a", null]',
  // %d
  "'%d %d'.format([5, 64u])": '5 64',
  "'%d'.format([9223372036854775807])": '9223372036854775807',
  "'%d'.format([any[0]])": '1',
  // %f
  "'%f'.format([2.71828])": '2.718280',
  "'%.3f %.3f'.format([1.2345, 1234567.0])": '1.234 1,234,567.000',
  "'%.0f %.0f %.0f'.format([0.5, 1.5, 2.5])": '0 2 2',
  "'%.2f'.format([-1234.005])": '-1,234.01',
  "'%f'.format([1e21])": '1,000,000,000,000,000,000,000.000000',
  "'%.20f'.format([0.1])": '0.10000000000000000555',
  "'%f %f'.format([-0.0000001, -0.0])": '-0.000000 0.000000',
  "'%f %f %f'.format(['NaN', 'Infinity', '-Infinity'])": 'NaN ∞ -∞',
  "'%f'.format([double('Inf')])": '∞',
  "'%.300f'.format([0.5])": `0.5${'0'.repeat(43)}`,
  // %e
  "'%.6e'.format([1052.032911275])": '1.052033×10⁰³',
  "'%e'.format([2.71828])": '2.718280×10⁰⁰',
  "'%.2e %.2e'.format([0.00000123, -9.999e100])": '1.23×10⁻⁰⁶ -1.00×10¹⁰¹',
  "'%e'.format([0.0])": '0.000000×10⁰⁰',
  "'%e %e'.format(['-Infinity', 'NaN'])": '-∞ NaN',
  // %b, %o, %x
  "'%b %b %b %b'.format([5, -5, 64u, true])": '101 -101 1000000 1',
  "'%o %o %o'.format([11, -11, 65535u])": '13 -13 177777',
  "'%x %X %x %X'.format([30, 30, -30, 6000u])": '1e 1E -1e 1770',
  "'%x %X'.format(['Hello é!', b'\\x00byte'])": '48656c6c6f20c3a921 0062797465',
};

const failing: Readonly<Record<string, string>> = {
  "('%' + 'a').format([1])":
    'could not parse formatting clause: unrecognized formatting clause "a"',
  "('%' + 'é').format([1])":
    'could not parse formatting clause: unrecognized formatting clause "Ã"',
  "('%' + '5d').format([1])":
    'could not parse formatting clause: unrecognized formatting clause "5"',
  "('%' + '').format([1])": 'unexpected end of string',
  "('%' + '').format([])": 'index 0 out of range',
  "('%d %d' + '').format([1])": 'index 1 out of range',
  "('%.' + '').format([1])":
    'could not parse formatting clause: error while parsing precision: could not find end of precision specifier',
  "('%.' + 'f').format([1.0])":
    'could not parse formatting clause: error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "": invalid syntax',
  "('%.' + '9223372036854775808f').format([1.0])":
    'could not parse formatting clause: error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "9223372036854775808": value out of range',
  "('%' + 'd').format([1.5])": `error during formatting: ${onlyIntegers} double`,
  "('%' + 'd').format(['1'])": `error during formatting: ${onlyIntegers} string`,
  "'%d'.format([dyn(duration('1s'))])": `error during formatting: ${onlyIntegers} google.protobuf.Duration`,
  "'%f'.format([any[2]])": `error during formatting: ${onlyDoubles} null_type`,
  "'%f'.format(['1.5'])": `error during formatting: ${onlyDoubles} string`,
  "'%e'.format([dyn(1)])":
    'error during formatting: scientific clause can only be used on doubles, was given int',
  "'%b'.format([dyn('a')])":
    'error during formatting: only integers and bools can be formatted as binary, was given string',
  "'%o'.format([dyn(true)])":
    'error during formatting: octal clause can only be used on integers, was given bool',
  "'%x'.format([dyn(1.5)])":
    'error during formatting: only integers, byte buffers, and strings can be formatted as hex, was given double',
  "'%s'.format([dyn(optional.of(1))])": `error during formatting: ${stringClause} optional_type`,
  "'%s'.format([[dyn(optional.of(1))]])":
    'error during formatting: no formatting function for optional_type',
  "'%s'.format([[dyn(quantity('1'))]])":
    'error during formatting: no formatting function for kubernetes.Quantity',
  "'%s'.format([b'\\xff'])":
    'error during formatting: could not convert argument "invalid UTF-8 in bytes, cannot convert to string" to string',
};

/** The column, from 1, and the message. */
const refused: Readonly<Record<string, string>> = {
  "'%s %s'.format(['a'])": '15: index 1 out of range',
  "'%s %s'.format(['a', 'b', 'c'])":
    '15: too many arguments supplied to string.format (expected 2, got 3)',
  "'filler %'.format([])": '18: unexpected end of string',
  "'%j'.format([1])": '12: could not parse formatting clause: unrecognized formatting clause "j"',
  "'%.34'.format([5.0])":
    '14: could not parse formatting clause: error while parsing precision: could not find end of precision specifier',
  "'%s %d'.format(['a', 5.2])": `22: error during formatting: ${onlyIntegers} double`,
  "'%d'.format([size('a') == 1])": `24: error during formatting: ${onlyIntegers} bool`,
  "'%f'.format([true])": `14: error during formatting: ${onlyDoubles} bool`,
  "'%e'.format([1])":
    '14: error during formatting: scientific clause can only be used on doubles, was given int',
  "'%s'.format([shape])": `14: error during formatting: ${stringClause} Shape`,
  "'%s'.format([maybe])": `14: error during formatting: ${stringClause} optional_type`,
  "'%s'.format([[1, shape]])": `18: error during formatting: ${stringClause} Shape`,
  "'%s'.format([{'a': shape}])": `20: error during formatting: ${stringClause} Shape`,
  "'%s'.format([quantity('1')])": `22: error during formatting: ${stringClause} kubernetes.Quantity`,
};

test('what clauses print', () => {
  for (const [text, value] of Object.entries(printed)) {
    assert.equal(evaluateText(text, environment), `'${value}'`, text);
  }
});

test('errors of evaluation', () => {
  for (const [text, message] of Object.entries(failing)) {
    assert.equal(evaluateText(text, environment), `error: ${message}`, text);
  }
});

test('what is refused beforehand', () => {
  for (const [text, expected] of Object.entries(refused)) {
    const compiled = environment.compile(text);
    assert.ok(!compiled.ok, text);
    const [first] = compiled.message.split('\n');
    assert.equal(first, `ERROR: <input>:1:${expected}`);
  }
});

test('what is printed may be of different types', () => {
  assert.ok(environment.compile("'%s'.format([[1, 'a'], {'b': 2, 'c': 'd'}][0])").ok);
  assert.ok(environment.compile("'%s'.format([1, 'a'].map(e, e))").ok);
});
