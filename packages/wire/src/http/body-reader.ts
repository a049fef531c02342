/** Reads a message's body to its end, and no further than allowed. */
import { BodyTooLarge } from './http.ts';

/** The part of a node stream that reading needs. */
export interface ReadableBody {
  readonly destroyed: boolean;
  /** HTTP/2: why the stream was reset; 0 when it was not. */
  readonly rstCode?: number | undefined;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

const noBytes = new Uint8Array(0);
const brokenOff = 'the peer closed the connection while sending the body';

/**
 * Rejects with `BodyTooLarge` as soon as more than `maxBytes` have come. What follows is dropped as it comes: a stream that
 * nobody drains would keep its connection from closing. Whoever answers tells the peer to stop.
 */
export function readBody(body: ReadableBody, maxBytes: number): Promise<Uint8Array> {
  // Between the headers and the reading of the body much can happen, and a stream says only once that it was closed.
  if (body.destroyed) return Promise.reject(new Error(brokenOff));
  return new Promise((resolve, reject) => {
    let chunks: Uint8Array[] | undefined = [];
    let length = 0;
    body.on('data', (chunk) => {
      if (!chunks) return;
      length += chunk.byteLength;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks = undefined;
      reject(new BodyTooLarge(maxBytes));
    });
    body.on('end', () => {
      // A reset ends a stream as well; what came before it is not the body.
      if (chunks && body.rstCode) reject(new Error(brokenOff));
      else if (chunks) resolve(joined(chunks, length));
      chunks = undefined;
    });
    body.on('error', reject);
    body.on('close', () => {
      if (chunks) reject(new Error(brokenOff));
    });
  });
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first, second] = chunks;
  if (!first) return noBytes;
  return second ? Buffer.concat(chunks, length) : first;
}
