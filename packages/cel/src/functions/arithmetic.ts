/** `+ - * / %` and negation, on numbers, strings, lists and times. */
import { CelError, noSuchOverload } from '../errors.ts';
import {
  type CelList,
  checkInt,
  checkUint,
  Duration,
  isList,
  Timestamp,
  Uint,
  type Value,
  type ValueKind,
} from '../values.ts';
import { declare, type Evaluate, unguarded } from './signature.ts';
import { checkDuration, checkTimestamp } from './time.ts';

interface Operation {
  readonly integers: (left: bigint, right: bigint) => bigint;
  readonly doubles?: (left: number, right: number) => number;
  readonly others?: (left: Value, right: Value) => Value | undefined;
}

const add: Operation = {
  integers: (left, right) => left + right,
  doubles: (left, right) => left + right,
  others: addOthers,
};

const subtract: Operation = {
  integers: (left, right) => left - right,
  doubles: (left, right) => left - right,
  others: subtractOthers,
};

const multiply: Operation = {
  integers: (left, right) => left * right,
  doubles: (left, right) => left * right,
};

const divide: Operation = {
  integers(left, right) {
    if (right === 0n) throw new CelError('division by zero');
    return left / right;
  },
  doubles: (left, right) => left / right,
};

const modulo: Operation = {
  integers(left, right) {
    if (right === 0n) throw new CelError('modulus by zero');
    // The quotient would overflow, which upstream reports also for the remainder.
    if (right === -1n && left === -(2n ** 63n)) throw new CelError('integer overflow');
    return left % right;
  },
};

function binary(operation: Operation): Evaluate {
  return ([left = null, right = null]) => {
    if (typeof left === 'bigint' && typeof right === 'bigint') {
      return checkInt(operation.integers(left, right));
    }
    if (typeof left === 'number' && typeof right === 'number' && operation.doubles !== undefined) {
      return operation.doubles(left, right);
    }
    if (left instanceof Uint && right instanceof Uint) {
      return checkUint(operation.integers(left.value, right.value));
    }
    const result = operation.others?.(left, right);
    if (result === undefined) throw noSuchOverload();
    return result;
  };
}

function addOthers(left: Value, right: Value): Value | undefined {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (left === null || right === null) return undefined;
  if (left instanceof Uint8Array)
    return right instanceof Uint8Array ? join(left, right) : undefined;
  if (isList(left)) return isList(right) ? concat(left, right) : undefined;
  if (left instanceof Duration) {
    if (right instanceof Duration) return checkDuration(left.nanos + right.nanos);
    if (right instanceof Timestamp) return checkTimestamp(left.nanos + right.nanos);
  }
  if (left instanceof Timestamp && right instanceof Duration) {
    return checkTimestamp(left.nanos + right.nanos);
  }
  return undefined;
}

function subtractOthers(left: Value, right: Value): Value | undefined {
  if (left instanceof Timestamp) {
    if (right instanceof Timestamp) return checkDuration(left.nanos - right.nanos);
    if (right instanceof Duration) return checkTimestamp(left.nanos - right.nanos);
  }
  if (left instanceof Duration && right instanceof Duration) {
    return checkDuration(left.nanos - right.nanos);
  }
  return undefined;
}

function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}

/** Two lists as one. */
export function concat(left: CelList, right: CelList): CelList {
  if (left.concat !== undefined) return left.concat(right);
  if (right.size === 0) return left;
  if (left.size === 0 && right.concat === undefined) return right;
  return left instanceof GrownList ? left.with(right) : new GrownList([]).with(left).with(right);
}

/**
 * A list that grew by `+`. Lists which grow one from the other share their elements, so that
 * collecting n elements one by one (what `map` and `filter` do) takes n steps, not n².
 */
class GrownList implements CelList {
  readonly kind = 'list';
  readonly size: number;
  readonly #items: Value[];

  constructor(items: Value[], size = items.length) {
    this.#items = items;
    this.size = size;
  }

  get(index: number): Value {
    const item = index < this.size ? this.#items[index] : undefined;
    if (item === undefined) throw new CelError(`index out of bounds: ${index}`);
    return item;
  }

  with(more: CelList): GrownList {
    // Another list may have grown from this one already; then the elements are no longer the last.
    const items = this.#items.length === this.size ? this.#items : this.#items.slice(0, this.size);
    const size = this.size + more.size;
    for (let index = 0; index < more.size; index += 1) items.push(more.get(index));
    return new GrownList(items, size);
  }
}

const negate: Evaluate = ([value]) => {
  if (typeof value === 'bigint') return checkInt(-value);
  if (typeof value === 'number') return -value;
  // No overload says so, but where types are dynamic these have an opposite, too.
  if (typeof value === 'boolean') return !value;
  if (value instanceof Duration) return checkDuration(-value.nanos);
  throw noSuchOverload();
};

const declarations = [
  declare(
    '_+_',
    binary(add),
    'add_bytes(bytes, bytes) bytes',
    'add_double(double, double) double',
    'add_duration_duration(duration, duration) duration',
    'add_duration_timestamp(duration, timestamp) timestamp',
    'add_timestamp_duration(timestamp, duration) timestamp',
    'add_int64(int, int) int',
    'add_list(list(A), list(A)) list(A)',
    'add_string(string, string) string',
    'add_uint64(uint, uint) uint',
  ),
  declare(
    '_-_',
    binary(subtract),
    'subtract_double(double, double) double',
    'subtract_duration_duration(duration, duration) duration',
    'subtract_int64(int, int) int',
    'subtract_timestamp_duration(timestamp, duration) timestamp',
    'subtract_timestamp_timestamp(timestamp, timestamp) duration',
    'subtract_uint64(uint, uint) uint',
  ),
  declare(
    '_*_',
    binary(multiply),
    'multiply_double(double, double) double',
    'multiply_int64(int, int) int',
    'multiply_uint64(uint, uint) uint',
  ),
  declare(
    '_/_',
    binary(divide),
    'divide_double(double, double) double',
    'divide_int64(int, int) int',
    'divide_uint64(uint, uint) uint',
  ),
  declare('_%_', binary(modulo), 'modulo_int64(int, int) int', 'modulo_uint64(uint, uint) uint'),
  declare('-_', negate, 'negate_double(double) double', 'negate_int64(int) int'),
];

/** What has an operator at all. */
const receivers: Readonly<Record<string, readonly ValueKind[]>> = {
  '_+_': ['bytes', 'double', 'duration', 'int', 'list', 'string', 'timestamp', 'uint'],
  '_-_': ['double', 'duration', 'int', 'timestamp', 'uint'],
  '_*_': ['double', 'int', 'uint'],
  '_/_': ['double', 'int', 'uint'],
  '_%_': ['int', 'uint'],
  '-_': ['bool', 'double', 'duration', 'int'],
};

/** The declarations. */
export const arithmetic = declarations.map((declaration) =>
  unguarded(declaration, receivers[declaration.name] ?? 'all'),
);
