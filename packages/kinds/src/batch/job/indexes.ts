/** Indexes of pods as text: numbers and intervals in increasing order, such as `1,3-5`. */

interface Interval {
  readonly first: number;
  readonly last: number;
}

/** How many there are, or what is wrong with the text. */
export function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  let total = 0;
  let previous: number | undefined;
  for (const part of text.split(',')) {
    const interval = parseInterval(part, completions);
    if (typeof interval === 'string') return interval;
    const { first, last } = interval;
    if (previous !== undefined && previous >= first) return outOfOrder(previous, first);
    total += last - first + 1;
    previous = last;
  }
  return total;
}

/** The first index that both texts name. What cannot be read of them is passed over. */
export function firstOverlap(a: string, b: string, completions: number): number | undefined {
  const [left, right] = [intervalsOf(a, completions), intervalsOf(b, completions)];
  for (let i = 0, j = 0; ;) {
    const [x, y] = [left[i], right[j]];
    if (x === undefined || y === undefined) return undefined;
    if (x.first <= y.last && y.first <= x.last) return Math.max(x.first, y.first);
    if (x.first <= y.first) i++;
    else j++;
  }
}

function intervalsOf(text: string, completions: number): readonly Interval[] {
  return text
    .split(',')
    .map((part) => parseInterval(part, completions))
    .filter((interval) => typeof interval !== 'string');
}

function parseInterval(text: string, completions: number): Interval | string {
  const limits = text.split('-');
  if (limits.length > 2) {
    return `the fragment ${JSON.stringify(text)} violates the requirement that an index interval can have at most two parts separated by '-'`;
  }
  const first = parseIndex(limits[0] ?? '', completions);
  if (typeof first === 'string') return first;
  const [, end] = limits;
  if (end === undefined) return { first, last: first };
  const last = parseIndex(end, completions);
  if (typeof last === 'string') return last;
  return first < last ? { first, last } : outOfOrder(first, last);
}

function parseIndex(text: string, completions: number): number | string {
  if (!/^[+-]?\d+$/.test(text)) {
    return `cannot convert string to integer for index: ${JSON.stringify(text)}`;
  }
  const index = Number(text);
  return index < completions ? index : `too large index: ${JSON.stringify(text)}`;
}

function outOfOrder(previous: number, current: number): string {
  return `non-increasing order, previous: ${previous}, current: ${current}`;
}
