/** How two texts differ, line by line, in the form that `diff -u` has made known; without the names of files. */

const contextLines = 3;

type Step = readonly [sign: ' ' | '-' | '+', line: string];

/** Empty when they are equal. */
export function unifiedDifference(before: string, after: string): string {
  const steps = difference(before.split('\n'), after.split('\n'));
  return hunks(steps)
    .map(([first, end]) => hunk(steps, first, end))
    .join('');
}

function difference(before: readonly string[], after: readonly string[]): readonly Step[] {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const kept = (line: string): Step => [' ', line];
  return [
    ...before.slice(0, head).map(kept),
    ...changes(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(kept),
  ];
}

/** Bounds time and memory: longer changes are shown as a whole. */
const comparedMax = 1_000_000;

/** The fewest lines taken out and put in, by the table of longest common tails. */
function changes(before: readonly string[], after: readonly string[]): readonly Step[] {
  if (before.length * after.length > comparedMax) {
    const taken = before.map((line): Step => ['-', line]);
    return [...taken, ...after.map((line): Step => ['+', line])];
  }
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const tail = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i * width + j] =
        before[i] === after[j] ? tail(i + 1, j + 1) + 1 : Math.max(tail(i + 1, j), tail(i, j + 1));
    }
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [left, right] = [before[i], after[j]];
    if (left !== undefined && left === right) {
      steps.push([' ', left]);
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || tail(i + 1, j) >= tail(i, j + 1))) {
      steps.push(['-', left]);
      i++;
    } else {
      steps.push(['+', right ?? '']);
      j++;
    }
  }
  return steps;
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
