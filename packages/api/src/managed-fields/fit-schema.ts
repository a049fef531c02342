/**
 * Owned fields where the schema has changed since: whoever owned something in a list or map that is one value by now owns
 * that value. The other way round nothing changes: who owned the value goes on owning the field.
 */
import type { Schema } from '../schema/schema.ts';
import { isEmptySet, leaf, type FieldSet } from './field-set.ts';
import { schemaAt } from './schema-at.ts';

/** The same set where it fits. */
export function fitSchema(schema: Schema, set: FieldSet): FieldSet {
  if (isEmptySet(set) || schema.kind === 'scalar' || schema.kind === 'union') return set;
  const isValue = schema.kind === 'list' ? schema.type === 'atomic' : schema.atomic;
  if (isValue) return hasMembers(set) ? leaf : set;
  if (schema.kind === 'map' && schema.deduced) return set;
  let fitted: Record<string, FieldSet> | undefined;
  for (const step in set) {
    const node = set[step];
    const inner = step === '.' ? undefined : schemaAt(schema, step);
    if (!node || !inner) continue;
    const fits = fitSchema(inner, node);
    if (fits !== node) (fitted ??= { ...set })[step] = fits;
  }
  return fitted ?? set;
}

function hasMembers(set: FieldSet): boolean {
  for (const step in set) if (step !== '.') return true;
  return false;
}
