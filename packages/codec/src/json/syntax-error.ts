import { goQuoteChar } from '../go/text.ts';

/** Text that is no JSON. The message is the one of Go's decoder. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
}

export function unexpectedEnd(): JsonSyntaxError {
  return new JsonSyntaxError('unexpected end of JSON input');
}

/** Go looks at bytes, so a character beyond ASCII is named by the first byte of its UTF-8 form. */
export function invalidCharacter(text: string, at: number, context: string): JsonSyntaxError {
  const code = text.codePointAt(at) ?? 0;
  const char = String.fromCharCode(code < 0x80 ? code : firstByte(code));
  return new JsonSyntaxError(`invalid character ${goQuoteChar(char)} ${context}`);
}

function firstByte(code: number): number {
  if (code < 0x800) return 0xc0 | (code >> 6);
  return code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
}
