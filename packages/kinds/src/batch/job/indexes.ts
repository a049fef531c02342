/** Indexes of pods as text: numbers and intervals in increasing order, such as `1,3-5`. */

/** How many there are, or what is wrong with the text. */
export function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  let total = 0;
  let previous: number | undefined;
  for (const interval of text.split(',')) {
    const limits = interval.split('-');
    if (limits.length > 2) {
      return `the fragment ${JSON.stringify(interval)} violates the requirement that an index interval can have at most two parts separated by '-'`;
    }
    const first = parseIndex(limits[0] ?? '', completions, previous);
    if (typeof first === 'string') return first;
    const [, end] = limits;
    const last = end === undefined ? first : parseIndex(end, completions, first);
    if (typeof last === 'string') return last;
    total += last - first + 1;
    previous = last;
  }
  return total;
}

function parseIndex(
  text: string,
  completions: number,
  previous: number | undefined,
): number | string {
  if (!/^[+-]?\d+$/.test(text)) {
    return `cannot convert string to integer for index: ${JSON.stringify(text)}`;
  }
  const index = Number(text);
  if (index >= completions) return `too large index: ${JSON.stringify(text)}`;
  if (previous === undefined || previous < index) return index;
  return `non-increasing order, previous: ${previous}, current: ${index}`;
}
