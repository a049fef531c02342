/** Reads FieldsV1 as clients send it: in any order, with any spelling of steps. */
import { leaf, NodeBuilder, type FieldSet } from './field-set.ts';
import { canonicalStep } from './path-step.ts';

/** Undefined when the value is no FieldsV1. */
export function parseFieldSet(value: unknown): FieldSet | undefined {
  if (value === undefined || value === null) return leaf;
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const builder = new NodeBuilder();
  const { '.': self, ...steps } = value as Record<string, unknown>;
  for (const [step, below] of Object.entries(steps)) {
    const spelled = canonicalStep(step);
    const node = parseFieldSet(below);
    if (spelled === undefined || node === undefined) return undefined;
    builder.add(spelled, node);
  }
  return builder.finish(self !== undefined) ?? leaf;
}
