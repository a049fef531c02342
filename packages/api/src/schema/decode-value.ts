/** Questions that decoding asks about single values. */
import { NumberLiteral } from '@navarch/codec/json';
import {
  op,
  presence,
  structOfPlan,
  type FieldPlan,
  type StructPlan,
  type ValuePlan,
} from './decode-plan.ts';

/** Whether a value has the JSON type of one form of a union. */
export function fits(plan: ValuePlan, raw: unknown): boolean {
  if (plan.op === op.struct) return isObject(raw);
  if (plan.op === op.list) return Array.isArray(raw);
  return plan.op === op.boolean ? typeof raw === 'boolean' : typeof raw === 'string';
}

/** A list or map that has nothing in it, where null is written instead. */
export function isEmptied({ plan, zero }: FieldPlan, value: unknown): boolean {
  return zero === null && (plan.op === op.list || plan.op === op.map) && isZero(plan, value);
}

/** Whether Go's omitempty, or omitzero, leaves it out. */
export function isZero(plan: ValuePlan, value: unknown): boolean {
  switch (plan.op) {
    case op.list:
      return (value as readonly unknown[]).length === 0;
    case op.map:
      return isEmpty(value as object);
    case op.struct:
      return isZeroStruct(structOfPlan(plan), value as Record<string, unknown>);
    case op.any:
    case op.rawExtension:
    case op.union:
      return false;
    default:
      return value === plan.zero;
  }
}

function isZeroStruct(plan: StructPlan, value: Record<string, unknown>): boolean {
  for (const key in value) {
    const field = plan.byName.get(key);
    if (field?.presence !== presence.always) return false;
    const member = value[key];
    if (member !== field.zero && !(member !== null && isZero(field.plan, member))) return false;
  }
  return true;
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof NumberLiteral)
  );
}
