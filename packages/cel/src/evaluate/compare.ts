/**
 * Equality and order of values.
 *
 * Numbers of different types compare by what they are worth, integers and doubles as doubles (so
 * that the largest integers equal their neighbours); otherwise values of different types are
 * unequal. NaN equals nothing.
 */
import { CelError, noSuchOverload } from '../errors.ts';
import { typesEqual, typeName } from '../types.ts';
import {
  asMap,
  type CelList,
  type CelMap,
  type CelObject,
  Duration,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from '../values.ts';

/** What `==` says. */
export function equalValues(left: Value, right: Value): boolean {
  switch (typeof left) {
    case 'string':
    case 'boolean':
      return left === right;
    case 'bigint':
    case 'number':
      return numbersEqual(left, right);
    default:
      return equalObjects(left, right);
  }
}

function numbersEqual(left: bigint | number | Uint, right: Value): boolean {
  const one = left instanceof Uint ? left.value : left;
  const other = right instanceof Uint ? right.value : right;
  if (typeof other !== 'bigint' && typeof other !== 'number') return false;
  return typeof one === typeof other ? one === other : Number(one) === Number(other);
}

function equalObjects(
  left: Exclude<Value, string | boolean | bigint | number>,
  right: Value,
): boolean {
  if (left === null) return right === null;
  if (left instanceof Uint) return numbersEqual(left, right);
  if (left instanceof Uint8Array) return right instanceof Uint8Array && equalBytes(left, right);
  if (typeof right !== 'object' || right === null || right instanceof Uint8Array) return false;
  switch (left.kind) {
    case 'list':
      if (left.equals !== undefined) return left.equals(right);
      return right.kind === 'list' && equalLists(left, right);
    case 'map': {
      const other = asMap(right);
      return other !== undefined && equalMaps(left, other);
    }
    case 'object':
      if (left.equals !== undefined) return left.equals(right);
      if (right.kind === 'map') return equalObjects(right, left);
      return right.kind === 'object' && equalFields(left, right);
    case 'duration':
      return right instanceof Duration && left.nanos === right.nanos;
    case 'timestamp':
      return right instanceof Timestamp && left.nanos === right.nanos;
    case 'optional':
      if (right.kind !== 'optional') return false;
      if (left.value === undefined || right.value === undefined) return left.value === right.value;
      return equalValues(left.value, right.value);
    case 'type':
      return right instanceof TypeValue && typeName(left.type) === typeName(right.type);
    case 'opaque':
      return left.equals(right);
  }
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function equalLists(left: CelList, right: CelList): boolean {
  if (left.size !== right.size) return false;
  if (right.equals !== undefined) return right.equals(left);
  for (let index = 0; index < left.size; index += 1) {
    if (!equalValues(left.get(index), right.get(index))) return false;
  }
  return true;
}

function equalMaps(left: CelMap, right: CelMap): boolean {
  if (left.size !== right.size) return false;
  for (const key of left.keys()) {
    const one = left.get(key);
    const other = right.get(key);
    if (one === undefined || other === undefined || !equalValues(one, other)) return false;
  }
  return true;
}

function equalFields(left: CelObject, right: CelObject): boolean {
  if (!typesEqual(left.type, right.type)) return false;
  const fields = [...left.fields()];
  if (fields.length !== [...right.fields()].length) return false;
  return fields.every((field) => {
    const one = left.get(field);
    const other = right.get(field);
    return one !== undefined && other !== undefined && equalValues(one, other);
  });
}

/** Negative, zero or positive; throws where there is no order. */
export function compareValues(left: Value, right: Value): number {
  const one = left instanceof Uint ? left.value : left;
  const other = right instanceof Uint ? right.value : right;
  switch (typeof one) {
    case 'bigint':
    case 'number':
      if (typeof other === 'bigint' || typeof other === 'number') return compareNumbers(one, other);
      break;
    case 'string':
      if (typeof other === 'string') return compareStrings(one, other);
      break;
    case 'boolean':
      if (typeof other === 'boolean') return Number(one) - Number(other);
      break;
    default:
      if (one instanceof Uint8Array && other instanceof Uint8Array) return compareBytes(one, other);
      if (one instanceof Duration && other instanceof Duration)
        return order(one.nanos, other.nanos);
      if (one instanceof Timestamp && other instanceof Timestamp) {
        return order(one.nanos, other.nanos);
      }
  }
  throw noSuchOverload();
}

function compareNumbers(left: bigint | number, right: bigint | number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) throw new CelError('NaN values cannot be ordered');
  if (typeof left === typeof right) return left < right ? -1 : left > right ? 1 : 0;
  return compareNumbers(Number(left), Number(right));
}

const order = (left: bigint, right: bigint): number => (left < right ? -1 : left > right ? 1 : 0);

/** By code points (which is the order of UTF-8 bytes): UTF-16 units sort surrogates too low. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    if (left.charCodeAt(index) !== right.charCodeAt(index)) {
      const start = startOfCharacter(left, index);
      return (left.codePointAt(start) ?? 0) - (right.codePointAt(start) ?? 0);
    }
  }
  return left.length - right.length;
}

/** The index of the character that the unit at `index` is the second half of, else `index`. */
function startOfCharacter(text: string, index: number): number {
  const isLow = (text.charCodeAt(index) & 0xfc00) === 0xdc00;
  const afterHigh = index > 0 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
  return isLow && afterHigh ? index - 1 : index;
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
