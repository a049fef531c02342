/** Decompresses the header blocks of one direction of a SPDY connection: all of them are one zlib stream. */
import { createInflate } from 'node:zlib';
import { headerDictionary } from '../dictionary.ts';
import { MalformedFrame } from '../frames.ts';

/** Of one block, decompressed. */
const plainMaxBytes = 256 * 1024;

/** Called with one block after the other, each when the one before has resolved. Rejects when a block is none. */
export type InflateBlock = (block: Uint8Array) => Promise<Uint8Array>;

export function createBlockInflater(): InflateBlock {
  const inflate = createInflate({ dictionary: headerDictionary() });
  let pieces: Uint8Array[] = [];
  let length = 0;
  let fail: (error: Error) => void = () => {};
  inflate.on('data', (piece: Uint8Array) => {
    length += piece.byteLength;
    if (length <= plainMaxBytes) pieces.push(piece);
    else inflate.destroy(new MalformedFrame('a header block is too large'));
  });
  inflate.on('error', (error) => fail(error));
  return (block) =>
    new Promise((resolve, reject) => {
      fail = reject;
      pieces = [];
      length = 0;
      inflate.write(block, (error) => {
        if (error) reject(error);
        else resolve(Buffer.concat(pieces));
      });
    });
}
