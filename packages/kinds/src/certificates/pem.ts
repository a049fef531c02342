/** PEM text, read as Go reads it: blocks that do not end as they began, or hold no base64, are passed over. */

export interface PemBlock {
  readonly type: string;
  readonly hasHeaders: boolean;
  readonly bytes: Uint8Array;
}

/** The blocks of PEM text which itself is given in base64. */
export function pemBlocks(base64: string): readonly PemBlock[] {
  const text = fromBase64(base64);
  return text === undefined ? [] : blocksOf(text);
}

const begin = /^-----BEGIN (.*)-----$/;
const end = /^-----END (.*)-----$/;

function blocksOf(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: { type: string; lines: string[] } | undefined;
  for (const line of text.split('\n').map((one) => one.replace(/[ \t\r]+$/, ''))) {
    const started = begin.exec(line);
    const ended = end.exec(line);
    if (started) open = { type: started[1] ?? '', lines: [] };
    else if (ended) {
      const block = open && open.type === ended[1] ? closed(open.type, open.lines) : undefined;
      if (block) blocks.push(block);
      open = undefined;
    } else open?.lines.push(line);
  }
  return blocks;
}

/** Lines with a colon before the first without one are headers. */
function closed(type: string, lines: readonly string[]): PemBlock | undefined {
  const first = lines.findIndex((line) => !line.includes(':'));
  const body = first < 0 ? [] : lines.slice(first);
  const binary = fromBase64(body.join('').replaceAll(/[ \t]/g, ''));
  if (binary === undefined) return undefined;
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return { type, hasHeaders: first !== 0 && lines.length > 0, bytes };
}

/** One character for each byte; undefined where it is not whole. */
function fromBase64(text: string): string | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return atob(text);
}
