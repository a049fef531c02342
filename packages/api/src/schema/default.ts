/**
 * Sets the static defaults of a schema: `ServicePort.protocol` becomes "TCP". Only the ways that lead to a default are
 * walked; they are worked out once per type. Values are appended, so the order of properties has to be restored
 * afterwards, which decoding the object again does.
 */
import type { Schema, StructSchema } from './schema.ts';

type Draft = Record<string, unknown>;

interface DefaultPlan {
  /** Fields with a default of their own. */
  readonly own: readonly { readonly name: string; readonly value: unknown }[];
  /** Fields with defaults somewhere inside. */
  readonly inner: readonly { readonly name: string; readonly schema: Schema }[];
}

/** Derived from schemas only, and dropped with them. */
const plans = new WeakMap<StructSchema, DefaultPlan>();

/** Changes `draft`, which the caller must own with everything in it. */
export function applyStaticDefaults(schema: StructSchema, draft: Draft): void {
  const plan = planOf(schema);
  for (const { name, value } of plan.own) {
    if (draft[name] === undefined || draft[name] === null) draft[name] = fresh(value);
  }
  for (const field of plan.inner) {
    const value = draft[field.name];
    if (value !== undefined && value !== null) applyInside(field.schema, value);
  }
}

function applyInside(schema: Schema, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  switch (schema.kind) {
    case 'struct':
      applyStaticDefaults(schema, value as Draft);
      return;
    case 'list':
      if (Array.isArray(value)) for (const item of value) applyInside(schema.item, item);
      return;
    case 'map':
      for (const key in value) applyInside(schema.value, (value as Draft)[key]);
      return;
    case 'scalar':
    case 'union':
  }
}

/** A default that is an object must not be shared by the drafts that get it. */
function fresh(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value;
}

function planOf(schema: StructSchema): DefaultPlan {
  const known = plans.get(schema);
  if (known) return known;
  const plan: DefaultPlan = {
    own: schema.fields
      .filter((field) => field.default !== undefined)
      .map((field) => ({ name: field.name, value: field.default })),
    inner: schema.fields.filter((field) => hasDefaults(field.schema, new Set())),
  };
  plans.set(schema, plan);
  return plan;
}

function hasDefaults(schema: Schema, seen: Set<Schema>): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  switch (schema.kind) {
    case 'list':
      return hasDefaults(schema.item, seen);
    case 'map':
      return hasDefaults(schema.value, seen);
    case 'struct':
      return schema.fields.some(
        (field) => field.default !== undefined || hasDefaults(field.schema, seen),
      );
    default:
      return false;
  }
}
