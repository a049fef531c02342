/**
 * What a plain scalar means, by the rules of the YAML library that Kubernetes uses: YAML 1.1 without base 60 and dates,
 * with its own idea of numbers. `1e3` and `12:30` are text, `010` is eight, `yes` is true.
 */

export type Resolved =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text' };

const text: Resolved = { kind: 'text' };
const truths = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const untruths = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const nulls = /^(?:|~|null|Null|NULL)$/;
const infinity = /^([-+]?)\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;
const float = /^[-+]?[0-9]*\.?[0-9]+(?:[eE][-+][0-9]+)?$/;
const dotted = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;

export function resolvePlain(scalar: string): Resolved {
  if (nulls.test(scalar)) return { kind: 'null' };
  if (truths.test(scalar)) return { kind: 'boolean', value: true };
  if (untruths.test(scalar)) return { kind: 'boolean', value: false };
  if (infinity.test(scalar) || notANumber.test(scalar))
    return { kind: 'float', value: special(scalar) };
  if (dotted.test(scalar)) return { kind: 'float', value: Number(scalar) };
  return /^[-+0-9]/.test(scalar) ? resolveNumber(scalar.replaceAll('_', '')) : text;
}

function special(scalar: string): number {
  if (notANumber.test(scalar)) return Number.NaN;
  return scalar.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function resolveNumber(plain: string): Resolved {
  const integer = parseInteger(plain);
  if (integer !== undefined) return { kind: 'integer', value: integer };
  return float.test(plain) ? { kind: 'float', value: Number(plain) } : text;
}

const bases: readonly (readonly [pattern: RegExp, prefix: string])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^0[bB]([01]+)$/, '0b'],
  [/^0[oO]?([0-7]+)$/, '0o'],
  [/^(0|[1-9][0-9]*)$/, ''],
];

function parseInteger(plain: string): bigint | undefined {
  const negative = plain.startsWith('-');
  const digits = /^[-+]/.test(plain) ? plain.slice(1) : plain;
  for (const [pattern, prefix] of bases) {
    const match = pattern.exec(digits);
    if (!match) continue;
    const value = BigInt(`${prefix}${match[1]}`);
    const signed = negative ? -value : value;
    return fits(signed) ? signed : undefined;
  }
  return undefined;
}

/** 64 bits, with sign or without. */
function fits(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value || BigInt.asUintN(64, value) === value;
}

const timestamp =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d+)?)?$/;
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether text has to be quoted, because some reader would take it for something else. */
export function looksLikeOther(scalar: string): boolean {
  return (
    resolvePlain(scalar).kind !== 'text' ||
    timestamp.test(scalar) ||
    base60.test(scalar) ||
    scalar === '<<'
  );
}
