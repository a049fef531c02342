/** The order of keys: letters before other characters, and numbers inside names by their value. */

export function compareKeys(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  let afterDigit = false;
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    if (x === y) afterDigit = isDigit(x);
    else return compareAt(left, right, i, afterDigit);
  }
  return left.length - right.length;
}

function compareAt(
  left: readonly string[],
  right: readonly string[],
  i: number,
  afterDigit: boolean,
): number {
  const x = left[i] ?? '';
  const y = right[i] ?? '';
  const letters = [isLetter(x), isLetter(y)];
  if (letters[0] && letters[1]) return x < y ? -1 : 1;
  if (letters[0] || letters[1]) return (afterDigit ? letters[0] : letters[1]) ? -1 : 1;
  return compareNumbers(left, right, i) || (x < y ? -1 : 1);
}

function compareNumbers(left: readonly string[], right: readonly string[], i: number): number {
  const lead = startsWithZero(left, right, i) && hasNumberBefore(left, i) ? '1' : '';
  const a = lead + digitsFrom(left, i);
  const b = lead + digitsFrom(right, i);
  const difference = BigInt(a || '0') - BigInt(b || '0');
  return difference !== 0n ? (difference < 0n ? -1 : 1) : a.length - b.length;
}

/** Zeros inside a number count, so the digits before them have to. */
function startsWithZero(left: readonly string[], right: readonly string[], i: number): boolean {
  return left[i] === '0' || right[i] === '0';
}

function hasNumberBefore(chars: readonly string[], i: number): boolean {
  for (let j = i - 1; j >= 0 && isDigit(chars[j] ?? ''); j--) if (chars[j] !== '0') return true;
  return false;
}

function digitsFrom(chars: readonly string[], i: number): string {
  let end = i;
  while (end < chars.length && isDigit(chars[end] ?? '')) end++;
  return chars.slice(i, end).join('');
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

function isLetter(char: string): boolean {
  return /^\p{L}$/u.test(char);
}
