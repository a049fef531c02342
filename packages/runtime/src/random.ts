/** Randomness as an argument: the system's in production, seeded in tests and simulation. */
export interface Random {
  /** A float in [0, 1). */
  next(): number;
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
  /** A random (version 4) UUID in its usual text form. */
  uuid(): string;
}

/** An integer in [0, `below`). */
export function integer(random: Random, below: number): number {
  return Math.floor(random.next() * below);
}

/** The alphabet of generated names: no vowels and no look-alikes, so that no words appear. */
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** `length` characters that are safe in any Kubernetes name. */
export function nameSuffix(random: Random, length: number): string {
  let suffix = '';
  for (let i = 0; i < length; i++) suffix += suffixAlphabet[integer(random, suffixAlphabet.length)];
  return suffix;
}
