/**
 * The memory that the pieces of one long answer are written into. A piece that has left is written over by the next, so that a list
 * of any length costs two of them: fresh memory for each would cost more than copying the objects into it.
 *
 * Invariant: B1 a buffer is given out again only after `give` said that nothing uses it. Answers share none: what one client
 * might still be sent must never be overwritten with what another asked for.
 */
import type { TakeBuffer } from '../request/request.ts';

export class ChunkBuffers {
  readonly #own = new Map<ArrayBufferLike, Buffer>();
  readonly #free: Buffer[] = [];

  /** Of at least that size; what is in it is of no use. */
  readonly take: TakeBuffer = (bytes) => {
    const index = this.#free.findIndex((buffer) => buffer.length >= bytes);
    const [found] = index < 0 ? [] : this.#free.splice(index, 1);
    if (found) return found;
    const buffer = Buffer.allocUnsafeSlow(bytes);
    this.#own.set(buffer.buffer, buffer);
    return buffer;
  };

  /** `piece` is no longer in use; if it is of one of our buffers, that is free. */
  give(piece: Uint8Array): void {
    const buffer = this.#own.get(piece.buffer);
    if (buffer) this.#free.push(buffer);
  }
}
