/**
 * Numbers of JSON as Go's decoder of Kubernetes has them: whole numbers of up to 64 bits are exact, all others are floating point.
 *
 * Invariant: N1 a whole number that a JavaScript number holds exactly is a number; a larger one of up to 64 bits is a bigint, however it
 * was spelled: what was written as `1e17` is stored as digits, and must be the same when it is read again.
 */

/** `literal`: as JSON has it. */
export function exactNumber(literal: string): number | bigint {
  const value = Number(literal);
  if (Number.isSafeInteger(value) || !Number.isInteger(value)) return value;
  if (Math.abs(value) > 2 ** 63) return value;
  // What was spelled as a fraction is rounded first; its digits are those that are written.
  const whole = BigInt(/^-?[0-9]+$/.test(literal) ? literal : String(value));
  return BigInt.asIntN(64, whole) === whole ? whole : value;
}

/** The same for a whole number that is at hand already. */
export function exactInteger(whole: bigint): number | bigint {
  const isLarge = whole < minSafe || whole > maxSafe;
  return isLarge && BigInt.asIntN(64, whole) === whole ? whole : Number(whole);
}

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);
const minSafe = -maxSafe;
