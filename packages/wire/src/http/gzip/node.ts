/** Compression off the event loop. */
import { Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

/** As upstream: the fastest level, because what is compressed is large and wanted now. Takes a piece when there is room. */
export async function* gzipPieces(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const source = Readable.from(pieces);
  const zipped = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 64 * 1024 });
  source.on('error', (error) => zipped.destroy(error));
  source.pipe(zipped);
  try {
    for await (const chunk of zipped) yield chunk as Uint8Array;
  } finally {
    source.destroy();
    zipped.destroy();
  }
}
