/** Kubernetes quantities in expressions: exact decimals, to a billionth. Source: the API's documentation of CEL in Kubernetes. */
import type { Library } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { boolType, doubleType, intType, objectType, stringType } from '../types.ts';
import { fitsInt, type OpaqueValue, type Value } from '../values.ts';
import { type Behaviour, costs, global, member, traverses } from './overloads.ts';

export const quantityType = objectType('kubernetes.Quantity');

const nano = 1_000_000_000n;
/** Larger amounts are capped: upstream's limit. */
const most = (2n ** 63n - 1n) * nano;

class Quantity implements OpaqueValue {
  readonly kind = 'opaque';
  readonly type = quantityType;
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }

  equals(other: Value): boolean {
    return other instanceof Quantity && other.nanos === this.nanos;
  }
}

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/u;

const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binaryExponents: Readonly<Record<string, number>> = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};

const formText =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Undefined when the text is no quantity. What is finer than a billionth is rounded away from zero. */
function parse(text: string): Quantity | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = '', power = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const exponent = Number(power) + (decimalExponents[suffix] ?? 0) - fraction.length + 9;
  if (Math.abs(exponent) > 400) return undefined;
  const binary = 2n ** BigInt(binaryExponents[suffix] ?? 0);
  const digits = BigInt(whole + fraction) * binary;
  const unsigned =
    exponent >= 0 ? digits * 10n ** BigInt(exponent) : roundUp(digits, 10n ** BigInt(-exponent));
  const capped = unsigned > most ? most : unsigned;
  return new Quantity(sign === '-' ? -capped : capped);
}

function roundUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}

function amountOf(value: Value | undefined): bigint {
  if (value instanceof Quantity) return value.nanos;
  if (typeof value === 'bigint') return value * nano;
  throw noSuchOverload();
}

function on(use: (left: bigint, right: bigint) => Value): Behaviour {
  return {
    evaluate: ([left, right = 0n]) => use(amountOf(left), amountOf(right)),
    cost: costs(1),
  };
}

function asInteger(nanos: bigint): bigint | undefined {
  const whole = nanos / nano;
  return whole * nano === nanos && fitsInt(whole) ? whole : undefined;
}

const signOf = (value: bigint): bigint => (value < 0n ? -1n : value > 0n ? 1n : 0n);

const [Q, S, I] = [quantityType, stringType, intType];

function textBehaviour(use: (text: string) => Value): Behaviour {
  return {
    evaluate: ([text]) => {
      if (typeof text !== 'string') throw noSuchOverload();
      return use(text);
    },
    cost: traverses(),
  };
}

const made = textBehaviour((text) => {
  const quantity = parse(text);
  if (quantity === undefined) throw new CelError(formText);
  return quantity;
});

const added = on((left, right) => new Quantity(left + right));
const subtracted = on((left, right) => new Quantity(left - right));

export const quantityLibrary: Library = {
  name: 'kubernetes.quantity',
  types: [quantityType],
  equalityCosts: { 'kubernetes.Quantity': costs(1) },
  functions: [
    { name: 'quantity', overloads: [global('string_to_quantity', [S], Q, made)] },
    {
      name: 'isQuantity',
      overloads: [
        global(
          'is_quantity_string',
          [S],
          boolType,
          textBehaviour((text) => parse(text) !== undefined),
        ),
      ],
    },
    { name: 'sign', overloads: [global('quantity_sign', [Q], I, on(signOf))] },
    {
      name: 'isInteger',
      overloads: [
        member(
          'quantity_is_integer',
          [Q],
          boolType,
          on((value) => asInteger(value) !== undefined),
        ),
      ],
    },
    {
      name: 'asInteger',
      overloads: [
        member(
          'quantity_as_integer',
          [Q],
          I,
          on((value) => {
            const whole = asInteger(value);
            if (whole === undefined) throw new CelError('cannot convert value to integer');
            return whole;
          }),
        ),
      ],
    },
    {
      name: 'asApproximateFloat',
      overloads: [
        member(
          'quantity_get_float',
          [Q],
          doubleType,
          on((value) => Number(value) / 1e9),
        ),
      ],
    },
    {
      name: 'add',
      overloads: [
        member('quantity_add', [Q, Q], Q, added),
        member('quantity_add_int', [Q, I], Q, added),
      ],
    },
    {
      name: 'sub',
      overloads: [
        member('quantity_sub', [Q, Q], Q, subtracted),
        member('quantity_sub_int', [Q, I], Q, subtracted),
      ],
    },
    {
      name: 'isLessThan',
      overloads: [
        member(
          'quantity_is_less_than',
          [Q, Q],
          boolType,
          on((a, b) => a < b),
        ),
      ],
    },
    {
      name: 'isGreaterThan',
      overloads: [
        member(
          'quantity_is_greater_than',
          [Q, Q],
          boolType,
          on((a, b) => a > b),
        ),
      ],
    },
    {
      name: 'compareTo',
      overloads: [
        member(
          'quantity_compare_to',
          [Q, Q],
          I,
          on((a, b) => signOf(a - b)),
        ),
      ],
    },
  ],
};
