/**
 * Schemas compiled for decoding: one flat record per field, with small numbers instead of names, so that the inner loop
 * of decoding is a table lookup. Built once per schema, on first use; schemas are immutable and identity-stable.
 */
import type { FieldSchema, ScalarType, Schema, StructSchema, UnionSchema } from './schema.ts';

/** What to do with a value. */
export const op = {
  string: 0,
  boolean: 1,
  int32: 2,
  int64: 3,
  float64: 4,
  bytes: 5,
  quantity: 6,
  intOrString: 7,
  time: 8,
  microTime: 9,
  duration: 10,
  any: 11,
  rawExtension: 12,
  struct: 13,
  list: 14,
  map: 15,
  union: 16,
} as const;

export const presence = { implicit: 0, explicit: 1, always: 2 } as const;

export interface ValuePlan {
  readonly op: number;
  readonly schema: Schema;
  /** Items of a list, values of a map. */
  readonly item: ValuePlan | undefined;
  /** For structs: filled on first use, because types may contain themselves. */
  struct: StructPlan | undefined;
  /** For unions. */
  readonly options: readonly ValuePlan[];
  /** What null means where a value has to be: in lists, in maps, in fields that are always written. */
  readonly zero: unknown;
}

export interface FieldPlan {
  readonly name: string;
  readonly index: number;
  readonly presence: number;
  readonly plan: ValuePlan;
  readonly zero: unknown;
}

export interface StructPlan {
  readonly schema: StructSchema;
  readonly byName: ReadonlyMap<string, FieldPlan>;
  readonly fields: readonly FieldPlan[];
  /** The fields that are written even when nobody sets them. */
  readonly always: readonly FieldPlan[];
}

/** Derived from schemas only, and dropped with them. */
const structPlans = new WeakMap<StructSchema, StructPlan>();

export function structPlan(schema: StructSchema): StructPlan {
  const known = structPlans.get(schema);
  if (known) return known;
  const fields = schema.fields.map(fieldPlan);
  const plan: StructPlan = {
    schema,
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    always: fields.filter((field) => field.presence === presence.always),
  };
  structPlans.set(schema, plan);
  return plan;
}

function fieldPlan(field: FieldSchema): FieldPlan {
  return {
    name: field.name,
    index: field.index,
    presence: presence[field.presence],
    plan: valuePlan(field.schema),
    zero: field.zero,
  };
}

function valuePlan(schema: Schema): ValuePlan {
  return {
    op: opOf(schema),
    schema,
    item: itemPlan(schema),
    struct: undefined,
    options: schema.kind === 'union' ? unionPlans(schema) : [],
    zero: zeroOf(schema),
  };
}

function opOf(schema: Schema): number {
  if (schema.kind !== 'scalar') return op[schema.kind];
  return schema.type === 'fieldsV1' ? op.rawExtension : op[schema.type];
}

function itemPlan(schema: Schema): ValuePlan | undefined {
  if (schema.kind === 'list') return valuePlan(schema.item);
  return schema.kind === 'map' ? valuePlan(schema.value) : undefined;
}

function unionPlans(schema: UnionSchema): readonly ValuePlan[] {
  return schema.options.map((option) => valuePlan(option.schema));
}

const zeros: Readonly<Record<ScalarType, unknown>> = {
  string: '',
  boolean: false,
  int32: 0,
  int64: 0,
  float64: 0,
  bytes: '',
  quantity: '0',
  intOrString: 0,
  time: null,
  microTime: null,
  duration: '0s',
  any: null,
  rawExtension: null,
  fieldsV1: null,
};

/** Structs are missing: their zero is what decoding `{}` gives. */
function zeroOf(schema: Schema): unknown {
  return schema.kind === 'scalar' ? zeros[schema.type] : null;
}

/** The plan of a struct value; compiled when the first value comes. */
export function structOfPlan(plan: ValuePlan): StructPlan {
  plan.struct ??= structPlan(plan.schema as StructSchema);
  return plan.struct;
}
