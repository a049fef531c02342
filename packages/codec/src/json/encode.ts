/**
 * JSON out, with all digits of large whole numbers, which are bigints here (see `exact-number.ts`). JSON.stringify refuses those: only
 * what it refuses is written the slower way.
 */

declare global {
  /** Part of the language that the types of this TypeScript do not have yet. */
  interface JSON {
    rawJSON(text: string): unknown;
  }
}

export interface EncodedJson {
  readonly text: string;
  /** Whether there are whole numbers in it that JSON.parse would round. */
  readonly hasLargeIntegers: boolean;
}

/** Undefined has no JSON: it becomes null. */
export function encodeJson(value: unknown): string {
  return encodeExactly(value).text;
}

export function encodeExactly(value: unknown): EncodedJson {
  try {
    return { text: JSON.stringify(value) ?? 'null', hasLargeIntegers: false };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: encodeSlowly(value), hasLargeIntegers: true };
  }
}

/** Over several lines, as people read it. */
export function formatJson(value: unknown, indent: number): string {
  return encodeSlowly(value, indent);
}

function encodeSlowly(value: unknown, indent?: number): string {
  const digits = (_: string, part: unknown): unknown =>
    typeof part === 'bigint' ? JSON.rawJSON(String(part)) : part;
  return JSON.stringify(value, digits, indent) ?? 'null';
}
