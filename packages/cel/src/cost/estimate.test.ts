import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { optionals } from '../functions/optionals.ts';
import { listType, mapType, stringType } from '../types.ts';

const environment = createEnvironment({
  libraries: [optionals],
  variables: {
    text: stringType,
    list: listType(stringType),
    nested: listType(listType(stringType)),
    map: mapType(stringType, stringType),
    unknown: stringType,
  },
});

/** The most of everything that is known. */
const sizes: Readonly<Record<string, number>> = {
  text: 100,
  list: 10,
  'list.@items': 50,
  nested: 5,
  'nested.@items': 4,
  'nested.@items.@items': 20,
  map: 8,
  'map.@keys': 30,
  'map.@values': 40,
};

/** Least and most. */
const cases: Readonly<Record<string, readonly [number, number]>> = {
  '1': [0, 0],
  text: [1, 1],
  "text == 'abc'": [2, 2],
  'text == unknown': [3, 12],
  'text + text': [2, 22],
  "text.startsWith('ab')": [2, 2],
  "text.matches('[a-z]{4}')": [3, 23],
  "text.contains('0123456789')": [1, 11],
  'list.all(e, true)': [2, 32],
  "list.all(e, e == 'a')": [2, 52],
  'list.all(e, e.startsWith(text))': [2, 152],
  'nested.all(n, n.all(e, size(e) > 0))': [2, 147],
  'map.all(k, map[k] == k)': [2, 82],
  "list.exists(e, e == 'a') && text == 'b'": [2, 64],
  'list.map(e, e + e).size() < 3': [14, 254],
  "text == '' ? list : ['a', 'b']": [2, 11],
  'has(map.a)': [1, 1],
  "'a' in list": [1, 11],
  'optional.of(text).value()': [3, 3],
};

for (const [text, [min, max]] of Object.entries(cases)) {
  test(`${text} costs from ${min} to ${max}`, () => {
    const compiled = environment.compile(text);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    const estimate = compiled.program.estimateCost({
      sizeOf(path) {
        const size = sizes[path.join('.')];
        return size === undefined ? undefined : { min: 0, max: size };
      },
    });
    assert.deepEqual(estimate, { min, max });
  });
}

test('without a limit on sizes the cost saturates', () => {
  const compiled = environment.compile('list.all(x, list.all(y, x == y))');
  assert.ok(compiled.ok);
  const { max } = compiled.program.estimateCost({ sizeOf: () => undefined });
  assert.equal(max, 2 ** 64);
});
