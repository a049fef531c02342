/** Sizes in bytes of values that are kept as text, and the base64 form of text. */

/** Bytes of the text in UTF-8. */
export function textSize(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    // The second unit of a pair adds nothing: a pair is two units and four bytes.
    else if (unit < 0xdc00 || unit > 0xdfff) bytes += 2;
  }
  return bytes;
}

/** The bytes that base64 text stands for. */
export function base64Size(text: string): number {
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  return (text.length / 4) * 3 - padding;
}

/** The base64 form of the text's UTF-8 bytes. */
export function toBase64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The text whose UTF-8 bytes the base64 text stands for. */
export function fromBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
}
