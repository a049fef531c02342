/** Which fields a configuration speaks of, and which a set of fields means. */
import {
  emptySet,
  isEmptySet,
  leaf,
  NodeBuilder,
  type FieldSet,
} from '../../managed-fields/field-set.ts';
import { isRecord, itemsByStep, RepeatedItems } from '../../managed-fields/field-set-of.ts';
import { fieldStep } from '../../managed-fields/path-step.ts';
import { schemaAt } from '../../managed-fields/schema-at.ts';
import { stepsOf } from '../../managed-fields/struct-steps.ts';
import type { Schema, StructSchema } from '../../schema/schema.ts';

/** The fields of a value: leaves, items of lists, keys of maps. What only holds others is none of them. */
export function fieldsOf(schema: StructSchema, value: unknown): FieldSet {
  if (!isRecord(value) || Object.keys(value).length === 0) return emptySet;
  return nodeOf(schema, value, false) ?? emptySet;
}

/** An empty list that has items of its own kind is no field at all; an empty map is, and so is null. */
function nodeOf(schema: Schema, value: unknown, member: boolean): FieldSet | undefined {
  const builder = new NodeBuilder();
  if (schema.kind === 'struct' && !schema.atomic && isRecord(value)) {
    for (const { step, field } of stepsOf(schema).steps) {
      const inner = value[field.name];
      if (inner !== undefined) builder.add(step, nodeOf(field.schema, inner, false));
    }
    for (const name of schema.others ? Object.keys(value) : []) {
      const other = schema.byName.has(name) ? undefined : schema.others;
      if (other) builder.add(fieldStep(name), nodeOf(other, value[name], false));
    }
  } else if (schema.kind === 'map' && !schema.atomic && isRecord(value)) {
    for (const key of Object.keys(value).sort()) {
      builder.add(fieldStep(key), nodeOf(schema.value, value[key], true));
    }
  } else if (schema.kind === 'list' && schema.type !== 'atomic' && Array.isArray(value)) {
    if (value.length === 0) return member ? leaf : undefined;
    for (const [step, item] of itemsByStep(schema, value)) {
      const whole = schema.type === 'set' || item instanceof RepeatedItems;
      builder.add(step, whole ? leaf : nodeOf(schema.item, item, true));
    }
  }
  return builder.finish(member) ?? leaf;
}

/**
 * The same set, with every field of a struct that has members below it as a member itself: whoever owns all that is in such a field
 * owns the field. Keys of maps and items of lists are only what they are.
 */
export function withNamedFields(schema: Schema, set: FieldSet): FieldSet {
  if (isEmptySet(set)) return set;
  const builder = new NodeBuilder();
  for (const step in set) {
    const node = set[step];
    if (step === '.' || node === undefined) continue;
    const inner = schemaAt(schema, step);
    const below = inner ? withNamedFields(inner, node) : node;
    const isField =
      schema.kind === 'struct' && schema.byName.has(step.slice(2)) && !isEmptySet(below);
    builder.add(step, isField && below['.'] === undefined ? { '.': leaf, ...below } : below);
  }
  return builder.finish(set['.'] !== undefined) ?? leaf;
}
