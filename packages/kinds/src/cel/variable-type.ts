/** What is known of a policy's variable: less than of its expression. Of objects, and of what is in no list or map, nothing is. */
import { dynType, listType, mapType, type Type } from '@navarch/cel/types';

export function variableType(type: Type): Type {
  switch (type.kind) {
    case 'list':
      return listType(variableType(type.element));
    case 'map':
      return mapType(variableType(type.key), variableType(type.value));
    case 'object':
    case 'opaque':
    case 'param':
    case 'type':
    case 'wrapper':
    case 'error':
      return dynType;
    default:
      return type;
  }
}
