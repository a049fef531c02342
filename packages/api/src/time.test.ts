import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { canonicalDuration, formatDuration, parseDuration } from './duration.ts';
import {
  canonicalMicroTime,
  canonicalTime,
  formatMicroTime,
  formatTime,
  parseTime,
} from './time.ts';

const layout = '2006-01-02T15:04:05Z07:00';
const microLayout = '2006-01-02T15:04:05.000000Z07:00';

test('times are written in UTC', () => {
  const cases: [string, string][] = [
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00.5Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T01:30:00+02:00', '2026-01-30T23:30:00Z'],
    ['2024-02-29T00:00:00-00:30', '2024-02-29T00:30:00Z'],
  ];
  for (const [from, to] of cases) assert.equal(canonicalTime(from), to);
  assert.equal(canonicalMicroTime('2026-01-31T12:00:00.500000Z'), '2026-01-31T12:00:00.500000Z');
  assert.equal(
    canonicalMicroTime('2026-01-31T12:00:00.123456+01:00'),
    '2026-01-31T11:00:00.123456Z',
  );
});

test('what is no time', () => {
  const cases: [string, string][] = [
    ['now', `parsing time "now" as "${layout}": cannot parse "now" as "2006"`],
    ['', `parsing time "" as "${layout}": cannot parse "" as "2006"`],
    ['2026-01-31', `parsing time "2026-01-31" as "${layout}": cannot parse "" as "T"`],
    ['2026-13-31T00:00:00Z', 'parsing time "2026-13-31T00:00:00Z": month out of range'],
    ['2026-02-29T00:00:00Z', 'parsing time "2026-02-29T00:00:00Z": day out of range'],
    ['2026-01-31T00:00:00Zx', 'parsing time "2026-01-31T00:00:00Zx": extra text: "x"'],
  ];
  for (const [text, message] of cases) assert.throws(() => canonicalTime(text), { message });
  assert.throws(() => canonicalMicroTime('2026-01-31T00:00:00Z'), {
    message: `parsing time "2026-01-31T00:00:00Z" as "${microLayout}": cannot parse "Z" as ".000000"`,
  });
});

test('milliseconds and back', () => {
  assert.equal(formatTime(parseTime('2026-01-31T12:00:00.789Z')), '2026-01-31T12:00:00Z');
  assert.equal(
    formatMicroTime(parseTime('2026-01-31T12:00:00.789Z'), 5),
    '2026-01-31T12:00:00.789005Z',
  );
});

test('durations', () => {
  const cases: [string, string][] = [
    ['0', '0s'],
    ['1h30m', '1h30m0s'],
    ['90s', '1m30s'],
    ['1.5h', '1h30m0s'],
    ['250ms', '250ms'],
    ['1500us', '1.5ms'],
    ['-1m', '-1m0s'],
    ['24h', '24h0m0s'],
    ['.5s', '500ms'],
  ];
  for (const [from, to] of cases) assert.equal(canonicalDuration(from), to);
});

test('what is no duration', () => {
  const cases: [string, string][] = [
    ['', 'time: invalid duration ""'],
    ['x', 'time: invalid duration "x"'],
    ['5', 'time: missing unit in duration "5"'],
    ['5d', 'time: unknown unit "d" in duration "5d"'],
  ];
  for (const [text, message] of cases) assert.throws(() => parseDuration(text), { message });
});

test('durations are read back as they were', () => {
  const nanos = fc.bigInt({ min: -(1n << 62n), max: 1n << 62n });
  fc.assert(fc.property(nanos, (n) => assert.equal(parseDuration(formatDuration(n)), n)));
});
