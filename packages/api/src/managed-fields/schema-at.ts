/** From a step of a field set to what it leads to. */
import { memberSchema, type Schema } from '../schema/schema.ts';

/** Undefined for a field that is not, or no longer, one of the struct's. */
export function schemaAt(schema: Schema, step: string): Schema | undefined {
  switch (schema.kind) {
    case 'struct':
      return memberSchema(schema, step.slice(2));
    case 'map':
      return schema.value;
    case 'list':
      return schema.item;
    default:
      return undefined;
  }
}
