/** Standard base64 as Go decodes and encodes it: line breaks are skipped, padding is required. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const canonicalPattern = /^[A-Za-z0-9+/]*(?:[AEIMQUYcgkosw048]=|[AQgw]==)?$/;

/** The text that decoding and encoding would give; the place of the first wrong byte when it cannot be decoded. */
export function canonicalBase64(text: string): string | number {
  if (text.length % 4 === 0 && canonicalPattern.test(text)) return text;
  return recode(text);
}

function recode(text: string): string | number {
  let out = '';
  let group = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\n' || char === '\r') continue;
    if (char === '=') return close(text, at, out, group);
    if (!alphabet.includes(char)) return at; // All before it is ASCII, so units are bytes.
    group += char;
    if (group.length === 4) {
      out += group;
      group = '';
    }
  }
  return group === '' ? out : text.length - group.length;
}

/** At the first padding character: the group must have two or three digits, and nothing may follow. */
function close(text: string, at: number, out: string, group: string): string | number {
  if (group.length < 2) return at;
  let next = skipBreaks(text, at + 1);
  if (group.length === 2) {
    if (next >= text.length) return text.length;
    if (text[next] !== '=') return next;
    next = skipBreaks(text, next + 1);
  }
  if (next < text.length) return next;
  return out + clearedEnd(group) + '='.repeat(4 - group.length);
}

function skipBreaks(text: string, from: number): number {
  let at = from;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}

/** The last digit carries bits that belong to no byte; encoding writes them as zero. */
function clearedEnd(group: string): string {
  const spare = group.length === 2 ? 0b1111 : 0b11;
  const last = alphabet.indexOf(group.slice(-1));
  return group.slice(0, -1) + alphabet.charAt(last & ~spare);
}

/** Standard base64, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + pieceBytes)));
  }
  return btoa(pieces.join(''));
}

/** Arguments of one call: engines bound their number. */
const pieceBytes = 8192;

/** The bytes of text that `canonicalBase64` accepts. */
export function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
