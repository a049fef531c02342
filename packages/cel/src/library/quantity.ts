/** Kubernetes quantities in expressions: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library */
import type { Library } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { boolType, doubleType, intType, objectType, stringType } from '../types.ts';
import type { OpaqueValue, Value } from '../values.ts';
import { type Behaviour, costs, global, member, traverses } from './overloads.ts';
import {
  addAmounts,
  type Amount,
  approximate,
  integerOf,
  negated,
  parseAmount,
  wholeAmount,
} from './quantity-amount.ts';

export const quantityType = objectType('kubernetes.Quantity');

class Quantity implements OpaqueValue {
  readonly kind = 'opaque';
  readonly type = quantityType;
  readonly amount: Amount;

  constructor(amount: Amount) {
    this.amount = amount;
  }

  equals(other: Value): boolean {
    return other instanceof Quantity && other.amount.nanos === this.amount.nanos;
  }
}

function amountOf(value: Value | undefined): Amount {
  if (value instanceof Quantity) return value.amount;
  if (typeof value === 'bigint') return wholeAmount(value);
  throw noSuchOverload();
}

function on(use: (left: Amount, right: Amount) => Value): Behaviour {
  return {
    evaluate: ([left, right = 0n]) => use(amountOf(left), amountOf(right)),
    cost: costs(1),
  };
}

function isParsed(text: string): boolean {
  try {
    parseAmount(text);
    return true;
  } catch (error) {
    if (error instanceof CelError) return false;
    throw error;
  }
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

const made = textBehaviour((text) => new Quantity(parseAmount(text)));
const added = on((left, right) => new Quantity(addAmounts(left, right)));
const subtracted = on((left, right) => new Quantity(addAmounts(left, negated(right))));
const compare = (left: Amount, right: Amount): bigint => signOf(left.nanos - right.nanos);

export const quantityLibrary: Library = {
  name: 'kubernetes.quantity',
  types: [quantityType],
  equalityCosts: { 'kubernetes.Quantity': costs(1) },
  functions: [
    { name: 'quantity', overloads: [global('string_to_quantity', [S], Q, made)] },
    {
      name: 'isQuantity',
      overloads: [global('is_quantity_string', [S], boolType, textBehaviour(isParsed))],
    },
    {
      name: 'sign',
      overloads: [
        global(
          'quantity_sign',
          [Q],
          I,
          on(({ nanos }) => signOf(nanos)),
        ),
      ],
    },
    {
      name: 'isInteger',
      overloads: [
        member(
          'quantity_is_integer',
          [Q],
          boolType,
          on((amount) => integerOf(amount) !== undefined),
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
          on((amount) => {
            const whole = integerOf(amount);
            if (whole === undefined) throw new CelError('cannot convert value to integer');
            return whole;
          }),
        ),
      ],
    },
    {
      name: 'asApproximateFloat',
      overloads: [member('quantity_get_float', [Q], doubleType, on(approximate))],
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
          on((a, b) => compare(a, b) < 0n),
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
          on((a, b) => compare(a, b) > 0n),
        ),
      ],
    },
    {
      name: 'compareTo',
      overloads: [member('quantity_compare_to', [Q, Q], I, on(compare))],
    },
  ],
};
