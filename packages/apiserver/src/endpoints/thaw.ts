/**
 * Decoding fills in zero values that belong to the schema, and so are frozen. Defaults are set on a draft that has to be all its
 * owner's: here they are replaced by copies. Only the ways that lead to such a value are walked, worked out once per type.
 */
import type { Schema, StructSchema } from '@navarch/api/schema/schema';

type Draft = Record<string, unknown>;

interface ThawPlan {
  /** Fields whose zero value is an object. */
  readonly own: readonly string[];
  /** Fields with such fields somewhere inside. */
  readonly inner: readonly { readonly name: string; readonly schema: Schema }[];
}

/** Derived from schemas only, and dropped with them. */
const plans = new WeakMap<StructSchema, ThawPlan>();

/** Changes `draft`, whose own members must be free to change. */
export function thaw(schema: StructSchema, draft: Draft): void {
  const plan = planOf(schema);
  for (const name of plan.own) {
    const value = draft[name];
    if (Object.isFrozen(value)) draft[name] = { ...(value as Draft) };
  }
  for (const field of plan.inner) {
    const value = draft[field.name];
    if (typeof value === 'object' && value !== null) thawInside(field.schema, value);
  }
}

function thawInside(schema: Schema, value: object): void {
  switch (schema.kind) {
    case 'struct':
      thaw(schema, value as Draft);
      return;
    case 'list':
      for (const item of value as readonly unknown[]) thawItem(schema.item, item);
      return;
    case 'map':
      for (const key in value) thawItem(schema.value, (value as Draft)[key]);
      return;
    case 'scalar':
    case 'union':
  }
}

function thawItem(schema: Schema, item: unknown): void {
  if (typeof item === 'object' && item !== null) thawInside(schema, item);
}

function planOf(schema: StructSchema): ThawPlan {
  const known = plans.get(schema);
  if (known) return known;
  const plan: ThawPlan = {
    own: schema.fields.filter((field) => isObject(field.zero)).map((field) => field.name),
    inner: schema.fields.filter((field) => leadsToZero(field.schema, new Set())),
  };
  plans.set(schema, plan);
  return plan;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function leadsToZero(schema: Schema, seen: Set<Schema>): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  switch (schema.kind) {
    case 'list':
      return leadsToZero(schema.item, seen);
    case 'map':
      return leadsToZero(schema.value, seen);
    case 'struct':
      return schema.fields.some((field) => isObject(field.zero) || leadsToZero(field.schema, seen));
    default:
      return false;
  }
}
