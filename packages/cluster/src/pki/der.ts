/** Writes ASN.1 values in DER, as much of it as certificates need. Pure. */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const utf8 = new TextEncoder();

function value(tag: number, content: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(tag), lengthOf(content.byteLength), content]);
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

export function sequence(...items: readonly Uint8Array[]): Uint8Array {
  return value(tags.sequence, joined(items));
}

export function set(...items: readonly Uint8Array[]): Uint8Array {
  return value(tags.set, joined(items));
}

export function boolean(is: boolean): Uint8Array {
  return value(tags.boolean, Uint8Array.of(is ? 0xff : 0));
}

/** A number that is not negative, from its big-endian bytes. */
export function integer(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.byteLength - 1 && bytes[start] === 0) start++;
  const trimmed = bytes.subarray(start);
  const looksNegative = ((trimmed[0] ?? 0) & 0x80) !== 0;
  return value(tags.integer, looksNegative ? joined([Uint8Array.of(0), trimmed]) : trimmed);
}

/** `unused`: how many bits at the end do not count. */
export function bitString(bytes: Uint8Array, unused = 0): Uint8Array {
  return value(tags.bitString, joined([Uint8Array.of(unused), bytes]));
}

export function octetString(bytes: Uint8Array): Uint8Array {
  return value(tags.octetString, bytes);
}

export const nothing: Uint8Array = value(tags.null, new Uint8Array(0));

export function utf8String(text: string): Uint8Array {
  return value(tags.utf8String, utf8.encode(text));
}

/** From its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const arcs = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      digits.unshift((left % 128) | 0x80);
    }
    return digits;
  });
  return value(tags.objectIdentifier, Uint8Array.from(arcs));
}

/** In the form that certificates must use: with two digits of the year until 2049. */
export function time(ms: number): Uint8Array {
  const text = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return new Date(ms).getUTCFullYear() < 2050
    ? value(tags.utcTime, utf8.encode(text.slice(2)))
    : value(tags.generalizedTime, utf8.encode(text));
}

/** Context-specific. `constructed` when its content is made of other values. */
export function tagged(
  number: number,
  form: 'constructed' | 'primitive',
  content: Uint8Array,
): Uint8Array {
  return value((form === 'constructed' ? 0xa0 : 0x80) | number, content);
}

export function ascii(text: string): Uint8Array {
  return utf8.encode(text);
}
