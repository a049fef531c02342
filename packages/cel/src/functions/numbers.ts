/** Numbers as text, in Go's notation. */

/** A double as Go's `%g` prints it: the shortest digits, with an exponent from 1e+06 on. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(value);
  return withExponent(mantissa, exponent);
}

function withExponent(mantissa: string, exponent: number): string {
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A double as Go's `ParseFloat` reads it; undefined if it is none. */
export function parseDouble(text: string): number | undefined {
  const word = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i.exec(text);
  if (word !== null) {
    if (word[2] === undefined) return word[1] === '' ? Number.NaN : undefined;
    return word[1] === '-' ? -Infinity : Infinity;
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
