/** Random bodies: objects that a schema nearly describes, with some of their values swapped for nonsense. */
import { structOf } from '@navarch/api/schema/registry';
import type { FieldSchema, Schema, StructSchema } from '@navarch/api/schema/schema';

/** A number in [0, 1); equal seeds give equal rows of them. */
export type Dice = () => number;

/** Mulberry32: small, and good enough to shake bodies with. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(dice: Dice, from: readonly [T, ...T[]]): T {
  return from[Math.floor(dice() * from.length)] ?? from[0];
}

const depthMax = 9;
const nonsenseChance = 0.04;

const nonsense: readonly [unknown, ...unknown[]] = [
  null,
  '',
  0,
  -1,
  1e300,
  2 ** 53,
  0.5,
  true,
  [],
  {},
  [null],
  [[]],
  { a: { b: [] } },
  '\u0000',
  '\ud800',
  'x'.repeat(300),
  '__proto__',
  '../..',
  '${7*7}',
  '日本語',
  ' leading',
  '9223372036854775808',
];

const texts: readonly [string, ...string[]] = [
  'a',
  'b',
  'app',
  'web',
  'example.com/name',
  '10.0.0.1',
  '10.0.0.0/8',
  'fd00::1',
  '80',
  'TCP',
  'Always',
  'ClusterIP',
  'Foreground',
  '/data',
  '*',
  'self.size() > 0',
  'true',
  '{.spec.x}',
  'https://example.com/x',
  '0 3 * * *',
  '100m',
  '1Gi',
  '2026-01-01T00:00:00Z',
];

/** An object of the kind, or what is left of one. */
export function objectFor(schema: StructSchema, apiVersion: string, dice: Dice): unknown {
  const body = struct(schema, dice, 0);
  const metadata = {
    ...(typeof body['metadata'] === 'object' ? body['metadata'] : {}),
    name: pick(dice, ['a', 'b', 'web', 'UPPER', 'a.b', '']),
  };
  const object = { ...body, kind: schema.typeName, apiVersion, metadata };
  return dice() < nonsenseChance ? pick(dice, nonsense) : object;
}

export function optionsFor(name: string, dice: Dice): unknown {
  return { ...struct(structOf(`meta/v1.${name}`), dice, 0), kind: name, apiVersion: 'v1' };
}

function struct(schema: StructSchema, dice: Dice, depth: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const chance = depth === 0 ? 0.95 : Math.max(0.08, 0.6 - depth * 0.09);
  for (const field of schema.fields) {
    if (dice() > chance && !field.required) continue;
    out[field.name] = member(field, dice, depth);
  }
  if (dice() < nonsenseChance) out['unknown'] = pick(dice, nonsense);
  return out;
}

function member(field: FieldSchema, dice: Dice, depth: number): unknown {
  return value(field.schema, dice, depth + 1);
}

function value(schema: Schema, dice: Dice, depth: number): unknown {
  if (dice() < nonsenseChance || depth > depthMax) return pick(dice, nonsense);
  switch (schema.kind) {
    case 'struct':
      return struct(schema, dice, depth);
    case 'list':
      return Array.from({ length: Math.floor(dice() * 3) }, () =>
        value(schema.item, dice, depth + 1),
      );
    case 'map': {
      const count = Math.floor(dice() * 3);
      const entries = Array.from({ length: count }, () => [
        pick(dice, texts),
        value(schema.value, dice, depth + 1),
      ]);
      return Object.fromEntries(entries) as Record<string, unknown>;
    }
    case 'union':
      return dice() < 0.5 ? dice() < 0.5 : { type: 'object' };
    case 'scalar':
      return scalar(schema.type, schema.enum, dice);
    default:
      return schema satisfies never;
  }
}

function scalar(
  type: (Schema & { kind: 'scalar' })['type'],
  among: readonly string[] | undefined,
  dice: Dice,
): unknown {
  const [first, ...others] = among ?? [];
  if (first !== undefined && dice() < 0.8) return pick(dice, [first, ...others]);
  switch (type) {
    case 'boolean':
      return dice() < 0.5;
    case 'int32':
    case 'int64':
      return pick(dice, [0, 1, 2, 80, 443, 30_000, 65_536, -1, 2 ** 31]);
    case 'float64':
      return dice() * 10;
    case 'any':
    case 'rawExtension':
    case 'fieldsV1':
      return pick(dice, nonsense);
    case 'intOrString':
      return pick<unknown>(dice, [1, '50%', 'http', -5]);
    default:
      return pick(dice, texts);
  }
}
