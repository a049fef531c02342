/** The steps that lead to the items of lists that are sets or maps. */
import type { FieldSchema, ListSchema } from '../schema/schema.ts';
import { keyStep, valueStep } from './path-step.ts';

interface KeyPlan {
  readonly names: readonly string[];
  readonly defaults: readonly unknown[];
}

const plans = new WeakMap<ListSchema, KeyPlan>();

/** The step of one item; undefined when it has no key and there is no default for it. */
export function itemStep(schema: ListSchema, item: unknown): string | undefined {
  if (schema.type === 'set') return valueStep(item);
  if (typeof item !== 'object' || item === null) return undefined;
  const { names, defaults } = keyPlan(schema);
  const values: unknown[] = [];
  for (let i = 0; i < names.length; i++) {
    const value = (item as Record<string, unknown>)[names[i] ?? ''] ?? defaults[i];
    if (value === undefined) return undefined;
    values.push(value);
  }
  return keyStep(names, values);
}

/** A key that is always written has its zero value where it is left out. */
export function keyDefault(field: FieldSchema | undefined): unknown {
  return field?.default ?? (field?.presence === 'always' ? field.zero : undefined);
}

function keyPlan(schema: ListSchema): KeyPlan {
  const known = plans.get(schema);
  if (known) return known;
  const names = [...schema.keys].sort();
  const { item } = schema;
  const fields = item.kind === 'struct' ? names.map((name) => item.byName.get(name)) : [];
  const plan = { names, defaults: fields.map(keyDefault) };
  plans.set(schema, plan);
  return plan;
}
