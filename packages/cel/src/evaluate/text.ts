/** Values as messages print them. */
import { formatDouble } from '../functions/numbers.ts';
import { typeName } from '../types.ts';
import { typeNameOf, TypeValue, Uint, type Value } from '../values.ts';

/** A value in a message: scalars as they are, of everything else the type. */
export function valueText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return formatDouble(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return 'null';
      if (value instanceof Uint) return String(value.value);
      return value instanceof TypeValue ? typeName(value.type) : typeNameOf(value);
  }
}
