/** Structs prepared for walking in the order of FieldsV1: by name, with the steps spelled out. Built once per struct. */
import type { FieldSchema, StructSchema } from '../schema/schema.ts';
import { fieldStep } from './path-step.ts';

export interface StructSteps {
  readonly byName: ReadonlyMap<string, FieldStep>;
  /** By rank. */
  readonly steps: readonly FieldStep[];
}

export interface FieldStep {
  readonly step: string;
  readonly field: FieldSchema;
  /** The place among the fields sorted by name. */
  readonly rank: number;
}

/** Derived from schemas only, and dropped with them. */
const prepared = new WeakMap<StructSchema, StructSteps>();

export function stepsOf(schema: StructSchema): StructSteps {
  const known = prepared.get(schema);
  if (known) return known;
  const sorted = [...schema.fields].sort((a, b) => (a.name < b.name ? -1 : 1));
  const steps = sorted.map((field, rank) => ({ field, rank, step: fieldStep(field.name) }));
  const result = { steps, byName: new Map(steps.map((step) => [step.field.name, step])) };
  prepared.set(schema, result);
  return result;
}
