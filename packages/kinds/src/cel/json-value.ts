/** What expressions compute, as JSON: the other way of `dynamicValue`. */
import { convertToText } from '@navarch/cel/functions/conversion';
import { CelError } from '@navarch/cel/errors';
import {
  asMap,
  type CelList,
  elementsOf,
  kindOf,
  typeNameOf,
  type Uint,
  type Value,
} from '@navarch/cel/values';
import { encodeBase64 } from '@navarch/codec/base64';
import { setOwn } from '@navarch/codec/set-own';

/** Maps must have text as keys. Bytes become base64, points and spans of time their texts. Throws CelError for what JSON has not. */
export function toJson(value: Value): unknown {
  switch (kindOf(value)) {
    case 'null':
    case 'bool':
    case 'string':
    case 'double':
      return value;
    case 'int':
      return plainInteger(value as bigint);
    case 'uint':
      return plainInteger((value as Uint).value);
    case 'bytes':
      return encodeBase64(value as Uint8Array);
    case 'duration':
    case 'timestamp':
      return convertToText(value);
    case 'list':
      return Array.from(elementsOf(value as CelList), toJson);
    case 'map':
    case 'object':
      return membersOf(value);
    default:
      throw new CelError(`unsupported conversion of ${typeNameOf(value)} to JSON`);
  }
}

function membersOf(value: Value): Readonly<Record<string, unknown>> {
  const map = asMap(value);
  const members: Record<string, unknown> = {};
  for (const key of map?.keys() ?? []) {
    if (typeof key !== 'string') {
      throw new CelError(`map key of type ${typeNameOf(key)}, not string`);
    }
    const member = map?.get(key);
    if (member !== undefined) setOwn(members, key, toJson(member));
  }
  return members;
}

/** Integers that a number cannot hold stay bigints, as where they are read. */
function plainInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
