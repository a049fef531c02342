/**
 * How two texts differ, line by line, in the form that `diff -u` has made known; without the names of files. Which lines are
 * taken for the same is as in Python's difflib, which Go's library follows: the longest run that both have, then the same on
 * either side of it. The shortest difference may be another.
 */

const contextLines = 3;
/** Longer texts are not searched for runs: what is between their common beginning and end is shown whole. */
const searchedLinesMax = 4000;
/** Texts with many short runs take time by the square of their length: what is not searched after so many looks is shown whole. */
const looksMax = 1_000_000;
/** In a text of this many lines, those that make up more than a hundredth of it do not start a run. */
const crowdLines = 200;

type Lines = readonly string[];
type Step = readonly [sign: ' ' | '-' | '+', line: string];

/** A run of lines that both have. */
interface Run {
  readonly before: number;
  readonly after: number;
  readonly length: number;
}

/** Empty when they are equal. */
export function unifiedDifference(before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const isLong = Math.max(a.length, b.length) > searchedLinesMax;
  const steps = stepsBetween(a, b, isLong ? commonEnds(a, b) : commonRuns(a, b));
  return hunks(steps)
    .map(([first, end]) => hunk(steps, first, end))
    .join('');
}

/** Lines that are in no run are taken out, then put in. */
function stepsBetween(before: Lines, after: Lines, runs: readonly Run[]): readonly Step[] {
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  const end: Run = { before: before.length, after: after.length, length: 0 };
  for (const run of [...runs, end]) {
    for (const line of before.slice(i, run.before)) steps.push(['-', line]);
    for (const line of after.slice(j, run.after)) steps.push(['+', line]);
    i = run.before + run.length;
    j = run.after + run.length;
    for (const line of before.slice(run.before, i)) steps.push([' ', line]);
  }
  return steps;
}

function commonEnds(before: Lines, after: Lines): readonly Run[] {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    { before: 0, after: 0, length: head },
    { before: before.length - tail, after: after.length - tail, length: tail },
  ];
}

/** Where each line is in the text; lines that are nearly everywhere are left out. */
type Places = ReadonlyMap<string, readonly number[]>;

function placesOf(lines: Lines): Places {
  const places = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    const known = places.get(line);
    if (known) known.push(at);
    else places.set(line, [at]);
  }
  if (lines.length < crowdLines) return places;
  const most = Math.floor(lines.length / 100) + 1;
  return new Map([...places].filter(([, all]) => all.length <= most));
}

interface Area {
  readonly before: readonly [from: number, to: number];
  readonly after: readonly [from: number, to: number];
}

/** The longest run, and the runs on either side of it, in order. */
function commonRuns(before: Lines, after: Lines): readonly Run[] {
  const places = placesOf(after);
  const looks = { left: looksMax };
  const found: Run[] = [];
  const areas: Area[] = [{ before: [0, before.length], after: [0, after.length] }];
  for (let area = areas.pop(); area; area = areas.pop()) {
    if (looks.left < 0) break;
    const run = longestRun({ before, after, places, looks }, area);
    if (run.length === 0) continue;
    found.push(run);
    areas.push(
      { before: [area.before[0], run.before], after: [area.after[0], run.after] },
      {
        before: [run.before + run.length, area.before[1]],
        after: [run.after + run.length, area.after[1]],
      },
    );
  }
  return found.toSorted((a, b) => a.before - b.before);
}

interface Search {
  readonly before: Lines;
  readonly after: Lines;
  readonly places: Places;
  /** How often a line may still be looked at. */
  readonly looks: { left: number };
}

/** Of several equally long ones the first; lines that are nearly everywhere only make it longer. */
function longestRun({ before, after, places, looks }: Search, area: Area): Run {
  const [from, to] = area.before;
  const [start, end] = area.after;
  let best: Run = { before: from, after: start, length: 0 };
  /** How long the run is that ends at each place of `after`, with the line before this one. */
  let lengths = new Map<number, number>();
  for (let i = from; i < to; i++) {
    const next = new Map<number, number>();
    const found = places.get(before[i] ?? '') ?? [];
    looks.left -= 1 + found.length;
    for (const j of found) {
      if (j < start || j >= end) continue;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best.length) {
        best = { before: i - length + 1, after: j - length + 1, length };
      }
    }
    lengths = next;
  }
  return widened(before, after, best, area);
}

function widened(before: Lines, after: Lines, run: Run, area: Area): Run {
  let { before: i, after: j } = run;
  while (i > area.before[0] && j > area.after[0] && before[i - 1] === after[j - 1]) {
    i--;
    j--;
  }
  let length = run.length + run.before - i;
  while (
    i + length < area.before[1] &&
    j + length < area.after[1] &&
    before[i + length] === after[j + length]
  ) {
    length++;
  }
  return { before: i, after: j, length };
}

/** Runs of changes with what is around them; runs that touch are one. */
function hunks(steps: readonly Step[]): readonly (readonly [first: number, end: number])[] {
  const found: [number, number][] = [];
  for (const [at, [sign]] of steps.entries()) {
    if (sign === ' ') continue;
    const first = Math.max(0, at - contextLines);
    const end = Math.min(steps.length, at + contextLines + 1);
    const last = found.at(-1);
    if (last && first <= last[1]) last[1] = end;
    else found.push([first, end]);
  }
  return found;
}

function hunk(steps: readonly Step[], first: number, end: number): string {
  const inner = steps.slice(first, end);
  const head = steps.slice(0, first);
  const range = (other: '-' | '+') =>
    rangeText(
      head.filter(([sign]) => sign !== other).length,
      inner.filter(([sign]) => sign !== other).length,
    );
  const lines = inner.map(([sign, line]) => `${sign}${line}\n`);
  return `@@ -${range('+')} +${range('-')} @@\n${lines.join('')}`;
}

function rangeText(start: number, count: number): string {
  if (count === 1) return String(start + 1);
  return `${count === 0 ? start : start + 1},${count}`;
}
