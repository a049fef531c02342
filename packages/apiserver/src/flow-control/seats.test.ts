import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { divideSeats, SeatPool, type Seats } from './seats.ts';

const level = (shares: number, lendablePercent = 0, borrowingLimitPercent?: number) => ({
  shares,
  lendablePercent,
  borrowingLimitPercent,
});

test('shares are rounded up; what is lent and borrowed counts in percent of them', () => {
  assert.deepEqual(divideSeats(100, [level(30, 50, 10), level(10), level(5, 100)]), [
    { nominal: 67, min: 33, max: 74 },
    { nominal: 23, min: 23, max: 123 },
    { nominal: 12, min: 0, max: 112 },
  ]);
  assert.deepEqual(divideSeats(100, [level(0)]), [{ nominal: 0, min: 0, max: 100 }]);
});

function poolOf(total: number, ...levels: readonly ReturnType<typeof level>[]) {
  const all = divideSeats(total, levels).map((limits): Seats => ({ limits, inUse: 0 }));
  const pool = new SeatPool(total);
  pool.reset(total, all);
  const takeAll = (seats: Seats): number => {
    let count = 0;
    for (; pool.fits(seats, 1); count++) pool.take(seats, 1);
    return count;
  };
  return { pool, all, takeAll };
}

test('a level takes its share and what others lend, and no more', () => {
  const { pool, all, takeAll } = poolOf(10, level(1), level(1, 60));
  const [keeps, lends] = all as [Seats, Seats];
  assert.equal(takeAll(keeps), 8);
  assert.equal(takeAll(lends), 2);
  pool.giveBack(keeps, 1);
  assert.equal(pool.fits(lends, 1), true);
});

test('a level whose borrowing is limited leaves the rest alone', () => {
  const { all, takeAll } = poolOf(10, level(1, 0, 20), level(1, 100));
  assert.equal(takeAll(all[0] as Seats), 6);
});

test('a request that is wider than everything runs alone', () => {
  const { pool, all } = poolOf(4, level(1, 100), level(1, 100));
  const [one, other] = all as [Seats, Seats];
  assert.equal(pool.fits(one, 9), true);
  pool.take(one, 9);
  assert.equal(pool.fits(other, 1), false);
  pool.giveBack(one, 9);
  pool.take(other, 1);
  assert.equal(pool.fits(one, 9), false);
});

test('whatever is taken and given back: never too many, and reserves stay reserved', () => {
  const levels = fc.array(
    fc.record({
      shares: fc.integer({ min: 1, max: 50 }),
      lendablePercent: fc.integer({ min: 0, max: 100 }),
      borrowingLimitPercent: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const steps = fc.array(fc.tuple(fc.nat(4), fc.boolean()), { maxLength: 300 });
  fc.assert(
    fc.property(levels, fc.integer({ min: 5, max: 60 }), steps, (shares, total, moves) => {
      const { pool, all } = poolOf(total, ...shares);
      const most = Math.max(
        total,
        all.reduce((sum, { limits }) => sum + limits.nominal, 0),
      );
      for (const [index, takes] of moves) {
        const seats = all[index % all.length];
        if (!seats) continue;
        if (!takes && seats.inUse > 0) pool.giveBack(seats, 1);
        if (takes && seats.inUse < seats.limits.min) assert.ok(pool.fits(seats, 1)); // S2
        if (takes && pool.fits(seats, 1)) pool.take(seats, 1);
        assert.ok(all.reduce((sum, { inUse }) => sum + inUse, 0) <= most); // S1
        assert.ok(seats.inUse <= Math.max(1, seats.limits.max));
      }
    }),
  );
});
