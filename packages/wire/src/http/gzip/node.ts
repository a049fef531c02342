/** Compression off the event loop. */
import { constants, gzip as gzipWithCallback } from 'node:zlib';

/** As upstream: the fastest level, because what is compressed is large and asked for now. */
export function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    gzipWithCallback(bytes, { level: constants.Z_BEST_SPEED }, (error, compressed) => {
      if (error) reject(error);
      else resolve(compressed);
    });
  });
}
