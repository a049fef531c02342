/** cel-go's extensions `math` and `encoders`. What the specification's tests ask is in the conformance test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { evaluateText, testBindings } from '../testing.ts';
import { dynType, intType, listType } from '../types.ts';
import { listOf, type Value } from '../values.ts';
import { encodersLibrary } from './encoders.ts';
import { mathLibrary } from './math.ts';

const environment = createEnvironment({
  libraries: [mathLibrary, encodersLibrary],
  variables: { any: dynType, ints: listType(intType) },
  mixedLiterals: true,
});

const least = '-9223372036854775808';
const illegal = 'error: illegal base64 data at input byte';

const values: Readonly<Record<string, string>> = {
  // Of equal numbers the first; numbers of two types are compared as doubles.
  'math.least(1, 1.0)': '1',
  'math.least(1.0, 1)': '1',
  'math.greatest(9007199254740993, 9007199254740992.0)': '9007199254740993',
  'math.greatest(1, 2u, 3.5, -4)': '3.5',
  'math.least([3, 1, 2].map(x, x * 2))': '2',
  'math.greatest([dyn(1), dyn(2u)])': '2u',
  'math.least(any[0])': '1',
  'math.least(dyn([]))': 'error: math.@min(list) argument must not be empty',
  'math.greatest([1].filter(x, x > 1))': 'error: math.@max(list) argument must not be empty',
  'math.least(0.0 / 0.0, 1.0)': 'error: NaN values cannot be ordered: math.@min',
  'math.greatest(1, 0.0 / 0.0)': 'error: NaN values cannot be ordered: math.@max',
  // Upstream forgets what was wrong in a list.
  'math.greatest(1.0, 0.0 / 0.0, 2.0)': 'error: no such overload: math.@max',
  "math.least([1, dyn('a')])": 'error: no such overload: math.@min',
  'math.least(any[1])': 'error: no such overload: math.@min(string)',
  "math.least(dyn('a'), dyn('b'))": 'error: no such overload: math.@min(string, string)',
  'math.greatest(1, dyn(null))': 'error: no such overload: math.@max(int, null_type)',
  "math.greatest(dyn(['a']))": 'error: no such overload: math.@max(list)',
  // Rounding keeps the sign of zero, and goes away from zero in the middle.
  '1.0 / math.round(-0.4)': '-Inf',
  '1.0 / math.ceil(-0.4)': '-Inf',
  'math.round(0.49999999999999994)': '0',
  'math.round(2.5) + math.round(-2.5) * 10.0': '-27',
  'math.round(4503599627370497.0)': '4.503599627370497e+15',
  'math.trunc(-1.9)': '-1',
  'math.isNaN(math.round(0.0 / 0.0)) && math.isInf(math.floor(-1.0 / 0.0))': 'true',
  'math.isFinite(1e308) && !math.isFinite(0.0 / 0.0) && !math.isFinite(1.0 / 0.0)': 'true',
  [`math.abs(${least})`]: 'error: integer overflow',
  'math.abs(-9223372036854775807)': '9223372036854775807',
  'math.abs(18446744073709551615u)': '18446744073709551615u',
  '1.0 / math.abs(-0.0)': '+Inf',
  '1.0 / math.sign(-0.0)': '+Inf',
  [`math.sign(${least})`]: '-1',
  'math.sign(7u)': '1u',
  'math.isNaN(math.sign(0.0 / 0.0))': 'true',
  'math.sqrt(18446744073709551615u)': '4.294967296e+09',
  'math.isNaN(math.sqrt(-1))': 'true',
  // Bits.
  'math.bitNot(0u)': '18446744073709551615u',
  'math.bitNot(-1)': '0',
  [`math.bitXor(-1, ${least})`]: '9223372036854775807',
  'math.bitShiftLeft(1, 63)': least,
  'math.bitShiftLeft(-1, 64)': '0',
  'math.bitShiftLeft(3u, 63)': '9223372036854775808u',
  'math.bitShiftLeft(1, 9223372036854775807)': '0',
  'math.bitShiftRight(-1, 1)': '9223372036854775807',
  'math.bitShiftRight(-1, 0)': '-1',
  'math.bitShiftRight(1u, 64)': '0u',
  'math.bitShiftLeft(1, -1)': 'error: math.bitShiftLeft() negative offset: -1',
  'math.bitShiftRight(1u, -2)': 'error: math.bitShiftRight() negative offset: -2',
  'math.bitAnd(dyn(1), dyn(1u))': 'error: no such overload: math.bitAnd(int, uint)',
  'math.ceil(dyn(1))': 'error: no such overload: math.ceil(int)',
  // Base64, padded or not; line breaks do not count.
  "base64.encode(b'hello')": "'aGVsbG8='",
  "base64.encode(b'\\xfb\\xff')": "'+/8='",
  "base64.encode(b'')": "''",
  "string(base64.decode('aGVsbG8='))": "'hello'",
  "string(base64.decode('aGVsbG8'))": "'hello'",
  "string(base64.decode('aGVs\\nbG\\r\\n8=\\n'))": "'hello'",
  "base64.decode('aGVsbG9=') == base64.decode('aGVsbG8=')": 'true',
  "base64.decode('')": 'bytes()',
  "base64.decode('aGVsbG8==')": `${illegal} 7`,
  "base64.decode('YQ=')": `${illegal} 2`,
  "base64.decode('YQ==YQ==')": `${illegal} 2`,
  "base64.decode('a')": `${illegal} 0`,
  "base64.decode('aGVsb\\n')": `${illegal} 5`,
  "base64.decode('a-_b')": `${illegal} 1`,
  "base64.decode('aGé')": `${illegal} 2`,
  'base64.encode(any[1])': 'error: no such overload: base64.encode(string)',
};

for (const [text, expected] of Object.entries(values)) {
  test(`${text} is ${expected}`, () => {
    assert.equal(evaluateText(text, environment), expected);
  });
}

/** Expressions that are refused; `column: message`. */
const refused: Readonly<Record<string, string>> = {
  'math.least()': '1: math.least() requires at least one argument',
  "math.greatest('a')": '15: math.greatest() invalid single argument value',
  'math.greatest([])': '15: math.greatest() invalid single argument value',
  "math.greatest([1, 'a'])": '15: math.greatest() invalid single argument value',
  'math.least({})': '12: math.least() invalid single argument value',
  'math.least(1, true)': '15: math.least() simple literal arguments must be numeric',
  'math.least(1, [2])': '15: math.least() simple literal arguments must be numeric',
  'math.greatest(1, 2, null)': '21: math.greatest() simple literal arguments must be numeric',
  'math.least(ints, 1)':
    "11: found no matching overload for 'math.@min' applied to '(list(int), int)'",
  'math.ceil(1)': "10: found no matching overload for 'math.ceil' applied to '(int)'",
  'math.bitAnd(1, 1u)': "12: found no matching overload for 'math.bitAnd' applied to '(int, uint)'",
  'other.least(1)': "1: undeclared reference to 'other' (in container '')",
  "base64.encode('a')": "14: found no matching overload for 'base64.encode' applied to '(string)'",
};

for (const [text, expected] of Object.entries(refused)) {
  test(`${text} is refused`, () => {
    const result = environment.compile(text);
    assert.ok(!result.ok);
    const [line = ''] = result.message.split('\n');
    assert.equal(line.replace('ERROR: <input>:1:', ''), expected);
  });
}

/** Every call costs 1, whatever it is given; a list of what is no literal costs as a list does. */
const costs: Readonly<Record<string, number>> = {
  'math.least(1, 2)': 1,
  'math.least(1, 2, 3)': 1,
  'math.least(any[0], 2, 3)': 13,
  'math.greatest(ints)': 2,
  'math.sqrt(math.abs(-4))': 2,
  "base64.decode(base64.encode(b'0123456789012345678901234567890123456789'))": 2,
};

const bound = new Map<string, Value>([...testBindings, ['ints', listOf([1n, 2n])]]);

for (const [text, expected] of Object.entries(costs)) {
  test(`${text} costs ${expected}`, () => {
    const compiled = environment.compile(text);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    assert.equal(compiled.program.evaluate(bound).cost, expected);
  });
}
