import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sortable } from './key-index.ts';

test('sortable keys compare as their UTF-8 bytes do', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1 }),
    fc.constantFrom('\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}', 'a', '/'),
  );
  const key = fc.array(unit, { maxLength: 6 }).map((units) => units.join(''));
  fc.assert(
    fc.property(key, key, (a, b) => {
      const [first, second] = [sortable(a), sortable(b)];
      const order = first < second ? -1 : Number(first > second);
      assert.equal(order, Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 300 },
  );
});
