/** Who a certificate request is for: just enough of DER to read a PKCS #10 subject. */

export interface Subject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** What follows the element. */
  readonly rest: Uint8Array;
}

const commonNameOid = '85.4.3';
const organizationOid = '85.4.10';

/** Undefined when the text, PEM in base64, holds no request that can be read. */
export function requestSubject(base64: string): Subject | undefined {
  const bytes = requestBytes(base64);
  if (!bytes) return undefined;
  const info = read(read(bytes)?.content);
  const version = read(info?.content);
  const subject = read(version?.rest);
  if (!subject) return undefined;
  const attributes = elements(subject.content)
    .flatMap((set) => elements(set.content))
    .map((pair) => elements(pair.content));
  const valuesOf = (oid: string) =>
    attributes.flatMap(([type, value]) =>
      type && value && [...type.content].join('.') === oid
        ? [new TextDecoder().decode(value.content)]
        : [],
    );
  return { commonName: valuesOf(commonNameOid)[0] ?? '', organizations: valuesOf(organizationOid) };
}

function requestBytes(base64: string): Uint8Array | undefined {
  try {
    const block = /-----BEGIN CERTIFICATE REQUEST-----([\s\S]*?)-----END/.exec(atob(base64));
    const text = atob((block?.[1] ?? '').replaceAll(/\s/g, ''));
    return Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0);
  } catch {
    return undefined;
  }
}

function elements(content: Uint8Array): Element[] {
  const list: Element[] = [];
  let next = read(content);
  while (next) {
    list.push(next);
    next = read(next.rest);
  }
  return list;
}

/** The first element; undefined at the end, and when it does not fit. */
function read(bytes: Uint8Array | undefined): Element | undefined {
  const [tag, first] = bytes ?? [];
  if (!bytes || tag === undefined || first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  let length = first;
  if (lengthBytes > 0) {
    length = 0;
    for (const byte of bytes.subarray(2, 2 + lengthBytes)) length = length * 256 + byte;
  }
  const start = 2 + lengthBytes;
  if (start + length > bytes.length) return undefined;
  return {
    tag,
    content: bytes.subarray(start, start + length),
    rest: bytes.subarray(start + length),
  };
}
