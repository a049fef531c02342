import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from './failure.ts';
import { gates, list, oneOf, wholeNumber } from './flags.ts';

const numbers = [
  { text: '0', fits: true },
  { text: '65535', fits: true },
  { text: '65536', fits: false },
  { text: '-1', fits: false },
  { text: '1.5', fits: false },
  { text: '', fits: false },
  { text: 'x', fits: false },
];
for (const { text, fits } of numbers) {
  test(`a port of "${text}" ${fits ? 'is taken' : 'is refused'}`, () => {
    const read = (): number =>
      wholeNumber({ 'secure-port': text }, 'secure-port', { min: 0, max: 65_535 });
    if (fits) assert.equal(read(), Number(text));
    else assert.throws(read, UsageError);
  });
}

test('a refused choice is named with the choices', () => {
  assert.throws(() => oneOf({ storage: 'disk' }, 'storage', ['memory', 'lmdb']), {
    message: '--storage must be one of memory, lmdb, not "disk"',
  });
});

test('lists take blanks and empty items', () => {
  assert.deepEqual(list({ l: 'a, b,,c' }, 'l'), ['a', 'b', 'c']);
  assert.deepEqual(list({}, 'l'), []);
});

test('feature gates are names with true or false', () => {
  assert.deepEqual(gates({ g: 'A=true,B=false' }, 'g'), { A: true, B: false });
  assert.throws(() => gates({ g: 'A' }, 'g'), UsageError);
});
