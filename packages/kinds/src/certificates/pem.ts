/** What PEM text holds, told by its headers. */

/** The types of the blocks in base64-encoded PEM text; empty when there are none. */
export function pemBlocks(base64: string): readonly string[] {
  let text: string;
  try {
    text = atob(base64);
  } catch {
    return [];
  }
  const blocks = text.matchAll(/-----BEGIN ([^-]+)-----\r?\n[\s\S]*?-----END \1-----/g);
  return [...blocks].map(([, type = '']) => type);
}
