/**
 * Whether bytes are DER of a given form, and if not, why: in the words of Go's decoder, which clients have always seen.
 * Forms are described as the structures that Go decodes into, since the messages name those.
 */

export type DerForm =
  | { readonly kind: 'any' }
  | { readonly kind: 'integer' | 'bits' | 'object' }
  | { readonly kind: 'attributes' }
  | { readonly kind: 'sequence'; readonly name: string; readonly fields: readonly DerField[] };

export interface DerField {
  readonly form: DerForm;
  readonly optional?: boolean;
}

export interface Header {
  readonly class: number;
  readonly tag: number;
  readonly isCompound: boolean;
  readonly length: number;
  /** Where the content begins. */
  readonly at: number;
}

/** Bytes that are not DER, or not of the form. The message is for clients. */
export class DerError extends Error {}

const syntax = (detail: string) => new DerError(`asn1: syntax error: ${detail}`);
const structure = (detail: string) => new DerError(`asn1: structure error: ${detail}`);

/** What is wrong with bytes that should be of one form from beginning to end. */
export function derProblem(bytes: Uint8Array, form: DerForm): string | undefined {
  try {
    if (read(bytes, 0, form, false) < bytes.length) throw syntax('trailing data');
    return undefined;
  } catch (error) {
    if (error instanceof DerError) return error.message;
    throw error;
  }
}

/** Reads one value; answers where the next begins. */
function read(bytes: Uint8Array, start: number, form: DerForm, optional: boolean): number {
  if (start === bytes.length) {
    if (optional) return start;
    throw syntax('sequence truncated');
  }
  const header = readHeader(bytes, start);
  if (!fits(header, form)) {
    if (optional) return start;
    throw structure(mismatch(header, form));
  }
  const end = header.at + header.length;
  if (end > bytes.length) throw syntax('data truncated');
  checkContent(bytes.subarray(header.at, end), form);
  return end;
}

const universal = { integer: 2, bits: 3, object: 6, sequence: 16 } as const;
const typeNames = { integer: 'int', bits: 'BitString', object: 'ObjectIdentifier' } as const;

function fits({ class: of, tag, isCompound }: Header, form: DerForm): boolean {
  if (form.kind === 'any') return true;
  if (form.kind === 'attributes') return of === 2 && tag === 0 && isCompound;
  return of === 0 && tag === universal[form.kind] && isCompound === (form.kind === 'sequence');
}

const noParameters =
  '{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}';

function mismatch({ class: of, tag, length, isCompound, at }: Header, form: DerForm): string {
  const found = `{class:${of} tag:${tag} length:${length} isCompound:${isCompound}}`;
  if (form.kind === 'any' || form.kind === 'attributes') {
    return `tags don't match (0 vs ${found}) ${noParameters}  @${at}`;
  }
  const name = form.kind === 'sequence' ? form.name : typeNames[form.kind];
  return `tags don't match (${universal[form.kind]} vs ${found}) ${noParameters} ${name} @${at}`;
}

function checkContent(content: Uint8Array, form: DerForm): void {
  switch (form.kind) {
    case 'integer':
      checkInteger(content);
      break;
    case 'bits':
      checkBits(content);
      break;
    case 'object':
      if (content.length === 0) throw syntax('zero length OBJECT IDENTIFIER');
      break;
    case 'sequence': {
      // What follows the last field is left to later versions.
      let at = 0;
      for (const { form: field, optional = false } of form.fields) {
        at = read(content, at, field, optional);
      }
      break;
    }
    case 'attributes':
    case 'any':
  }
}

function checkInteger([first, second, ...rest]: Uint8Array): void {
  if (first === undefined) throw structure('empty integer');
  if (second === undefined) return;
  const padded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  if (padded) throw structure('integer not minimally-encoded');
  if (rest.length > 6) throw structure('integer too large');
}

function checkBits(content: Uint8Array): void {
  const [padding] = content;
  if (padding === undefined) throw syntax('zero length BIT STRING');
  const last = content.at(-1) ?? 0;
  const cut = (1 << padding) - 1;
  if (padding > 7 || (content.length === 1 && padding > 0) || (last & cut) !== 0) {
    throw syntax('invalid padding bits in BIT STRING');
  }
}

/** There is at least one byte at `start`. Throws a DerError. */
export function readHeader(bytes: Uint8Array, start: number): Header {
  const first = bytes[start] ?? 0;
  let at = start + 1;
  let tag = first & 0x1f;
  if (tag === 0x1f) ({ tag, at } = readLongTag(bytes, at));
  const lengthByte = bytes[at++];
  if (lengthByte === undefined) throw syntax('truncated tag or length');
  const known = { class: first >> 6, tag, isCompound: (first & 0x20) !== 0 };
  if (lengthByte < 0x80) return { ...known, length: lengthByte, at };
  const size = lengthByte & 0x7f;
  return { ...known, length: readLength(bytes, at, size), at: at + size };
}

function readLongTag(bytes: Uint8Array, start: number): { tag: number; at: number } {
  let tag = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (at - start === 5) throw structure('base 128 integer too large');
    if (at === start && byte === 0x80) throw syntax('integer is not minimally encoded');
    tag = tag * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (tag > 2 ** 31 - 1) throw structure('base 128 integer too large');
    if (tag < 0x1f) throw syntax('non-minimal tag');
    return { tag, at: at + 1 };
  }
  throw syntax('truncated base 128 integer');
}

function readLength(bytes: Uint8Array, start: number, size: number): number {
  if (size === 0) throw syntax('indefinite length found (not DER)');
  let length = 0;
  for (let at = start; at < start + size; at++) {
    const byte = bytes[at];
    if (byte === undefined) throw syntax('truncated tag or length');
    if (length >= 2 ** 23) throw structure('length too large');
    length = length * 256 + byte;
    if (length === 0) throw structure('superfluous leading zeros in length');
  }
  if (length < 0x80) throw structure('non-minimal length');
  return length;
}
