/** A page that passes through the proxy, piece by piece: unpacked, its links changed, and packed again as it came. */
import { HtmlLinks } from './html.ts';

type Chunks = AsyncIterable<Uint8Array>;
type Format = ConstructorParameters<typeof CompressionStream>[0];

/** Whether its links are changed: a page, as it is or packed in a way that is known here. */
export function isPage(headers: Readonly<Record<string, string | undefined>>): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim() === 'text/html' && codings.has(headers['content-encoding'] ?? '');
}

const codings = new Set(['', 'gzip', 'deflate']);

/** `coding`: of its headers. Throws when what comes is not packed so. */
export async function* withLinks(
  chunks: Chunks,
  coding: string,
  rewrite: (link: string) => string,
): Chunks {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    if (first.done) return;
    const all = resumed(first.value, iterator);
    const format = coding === 'gzip' ? coding : coding === 'deflate' && deflateOf(first.value);
    if (!format) yield* changed(all, rewrite);
    else yield* through(new CompressionStream(format), changed(unpacked(all, format), rewrite));
  } finally {
    await iterator.return?.();
  }
}

/** Some pack with the wrapping that the standard asks for, some without: a bare stream does not begin like that. */
function deflateOf(first: Uint8Array): Format {
  return first[0] === 0x78 ? 'deflate' : 'deflate-raw';
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): Chunks {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function unpacked(chunks: Chunks, format: Format): Chunks {
  return through(new DecompressionStream(format), chunks);
}

async function* changed(chunks: Chunks, rewrite: (link: string) => string): Chunks {
  const links = new HtmlLinks((link) => bytesOf(rewrite(textOf(link))));
  for await (const chunk of chunks) {
    const out = links.push(
      Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1'),
    );
    if (out !== '') yield Buffer.from(out, 'latin1');
  }
  const rest = links.end();
  if (rest !== '') yield Buffer.from(rest, 'latin1');
}

/** Of bytes, one in each character, and back. */
function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}

function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Written as it is read: neither side gets ahead of the other by more than the streams buffer. */
async function* through(
  stream: { readonly readable: ReadableStream; readonly writable: WritableStream },
  chunks: Chunks,
): Chunks {
  const writer = stream.writable.getWriter();
  const writing = write(writer, chunks);
  const reader = stream.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    await writing;
  } finally {
    // Whoever reads no further wants nothing more to be written; what went wrong was thrown by the reader.
    await reader.cancel().catch(() => undefined);
    await writing.catch(() => undefined);
  }
}

async function write(writer: WritableStreamDefaultWriter, chunks: Chunks): Promise<void> {
  try {
    for await (const chunk of chunks) {
      await writer.ready;
      await writer.write(chunk);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
  }
}
