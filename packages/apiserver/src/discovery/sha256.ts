/**
 * SHA-256 (FIPS 180-4), synchronous and without the platform, so that discovery documents are the same at once everywhere,
 * a simulation included. For short inputs: hashes of names, entity tags.
 */
const blockBytes = 64;

/** The first 32 bits of the fractional parts of the roots (`power` 1/2 or 1/3) of the first primes. */
function constants(count: number, power: number): Uint32Array {
  const values = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    if (!isPrime(candidate)) continue;
    const root = candidate ** power;
    values[found++] = Math.floor((root - Math.floor(root)) * 2 ** 32);
  }
  return values;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

const roundConstants = constants(64, 1 / 3);
const initialState = constants(8, 1 / 2);

export function sha256(input: Uint8Array): Uint8Array {
  const padded = pad(input);
  const state = Uint32Array.from(initialState);
  const schedule = new Uint32Array(64);
  for (let offset = 0; offset < padded.byteLength; offset += blockBytes) {
    expand(schedule, new DataView(padded.buffer, offset, blockBytes));
    compress(state, schedule);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => digest.setUint32(4 * i, word));
  return new Uint8Array(digest.buffer);
}

/** A one bit, zeros, and the length in bits, to whole blocks. */
function pad(input: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = Math.ceil((input.byteLength + 9) / blockBytes) * blockBytes;
  const padded = new Uint8Array(length);
  padded.set(input);
  padded[input.byteLength] = 0x80;
  new DataView(padded.buffer).setBigUint64(length - 8, BigInt(input.byteLength) * 8n);
  return padded;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function expand(schedule: Uint32Array, block: DataView): void {
  for (let i = 0; i < 16; i++) schedule[i] = block.getUint32(4 * i);
  for (let i = 16; i < 64; i++) {
    const early = at(schedule, i - 15);
    const late = at(schedule, i - 2);
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[i] = at(schedule, i - 16) + sigma0 + at(schedule, i - 7) + sigma1;
  }
}

function compress(state: Uint32Array, schedule: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + at(roundConstants, i) + at(schedule, i)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sum0 + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = at(state, i) + word));
}
