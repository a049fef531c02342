/** Takes fields and items out of a value. What becomes empty by that is null: it was there, and has nothing in it any more. */
import { setOwn } from '@navarch/codec/set-own';
import type { FieldSet } from '../../managed-fields/field-set.ts';
import { isEmptySet } from '../../managed-fields/field-set.ts';
import { isRecord } from '../../managed-fields/field-set-of.ts';
import { itemStep } from '../../managed-fields/list-steps.ts';
import { fieldStep } from '../../managed-fields/path-step.ts';
import { memberSchema, type ListSchema, type Schema } from '../../schema/schema.ts';

/** The value without the members of `set`. `value` itself is left alone. */
export function removeFields(schema: Schema, value: unknown, set: FieldSet): unknown {
  if (isEmptySet(set)) return value;
  switch (schema.kind) {
    case 'struct':
      if (schema.atomic) return value;
      return removeMembers(value, set, (name) => memberSchema(schema, name));
    case 'map':
      return schema.atomic ? value : removeMembers(value, set, () => schema.value);
    case 'list':
      return schema.type === 'atomic' ? value : removeItems(schema, value, set);
    default:
      return value;
  }
}

/** `.` is there, or nothing is below: the path of the node itself is meant. */
function isWhole(node: FieldSet): boolean {
  return node['.'] !== undefined || isEmptySet(node);
}

function removeMembers(
  value: unknown,
  set: FieldSet,
  schemaOf: (name: string) => Schema | undefined,
): unknown {
  if (!isRecord(value)) return value;
  const left: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const node = set[fieldStep(name)];
    const schema = schemaOf(name);
    if (!node || !schema) setOwn(left, name, member);
    else if (!isWhole(node)) setOwn(left, name, removeFields(schema, member, node));
  }
  return Object.keys(left).length === 0 ? null : left;
}

function removeItems(schema: ListSchema, value: unknown, set: FieldSet): unknown {
  if (!Array.isArray(value)) return value;
  const left: unknown[] = [];
  for (const item of value as readonly unknown[]) {
    const step = itemStep(schema, item);
    const node = step === undefined ? undefined : set[step];
    if (!node) left.push(item);
    else if (!isWhole(node)) left.push(removeFields(schema.item, item, node));
  }
  return left.length === 0 ? null : left;
}
