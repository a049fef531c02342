/** Values as messages print them. */
import { formatDouble } from '../functions/numbers.ts';
import { typeName } from '../types.ts';
import { asMap, elementsOf, isList, Optional, typeNameOf, TypeValue, Uint } from '../values.ts';
import type { Value } from '../values.ts';

/** A value in a message: scalars and containers as Go prints them, of everything else the type. */
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
      if (value instanceof TypeValue) return typeName(value.type);
      if (value instanceof Uint8Array) return `[${value.join(' ')}]`;
      return containerText(value);
  }
}

function containerText(value: Value): string {
  if (value instanceof Optional) {
    return value.value === undefined ? 'optional.none()' : `optional(${valueText(value.value)})`;
  }
  if (isList(value)) return `[${Array.from(elementsOf(value), valueText).join(', ')}]`;
  const map = asMap(value);
  if (map === undefined) return typeNameOf(value);
  const entries = Array.from(
    map.keys(),
    (key) => `${valueText(key)}: ${valueText(map.get(key) ?? null)}`,
  );
  return `{${entries.join(', ')}}`;
}
