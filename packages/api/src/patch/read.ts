/** Reads the bodies of patches. Failures are answers with code 400, in the words of the decoder that upstream uses. */
import { type JsonDocument, JsonSyntaxError, NumberLiteral, parseJson } from '@navarch/codec/json';
import { badRequest } from '../status.ts';

export type Members = Readonly<Record<string, unknown>>;

/** The body as JSON, with the spelling of unusual numbers kept. */
export function readPatch(text: string): JsonDocument {
  try {
    return parseJson(text, { numbers: 'exact' });
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw badRequest(error.message);
    throw error;
  }
}

export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof NumberLiteral) return 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** An object, or null, which changes nothing. `prefix` starts the message of a failure. */
export function asObjectPatch(value: unknown, prefix: string): Members {
  if (value === null) return {};
  if (isObject(value)) return value;
  const type = 'map[string]interface {}';
  throw badRequest(
    `${prefix}json: cannot unmarshal ${jsonKind(value)} into Go value of type ${type}`,
  );
}

/** A copy without one member. */
export function without(members: Members, key: string): Members {
  const { [key]: _, ...rest } = members;
  return rest;
}

/** A copy with one member set; whatever its name, it becomes a member. */
export function withMember(members: Members, key: string, value: unknown): Members {
  return { ...members, [key]: value };
}

export function isObject(value: unknown): value is Members {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof NumberLiteral)
  );
}
