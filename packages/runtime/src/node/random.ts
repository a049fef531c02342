/** The machine's randomness. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../random.ts';

export const nodeRandom: Random = {
  next: () => Math.random(),
  bytes: (length) => randomBytes(length),
  uuid: () => randomUUID(),
};
