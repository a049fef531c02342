/** Bytes on their way from who writes to who reads. Whoever writes waits while much is unread; who stops reading lets everything pass. */

const unreadMaxBytes = 256 * 1024;

export class ByteQueue implements AsyncIterable<Uint8Array> {
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #state: 'open' | 'ended' | 'abandoned' = 'open';
  #onRoom: (() => void) | undefined;
  #onPiece: (() => void) | undefined;

  /** Resolves when there is room for more. One call at a time. */
  async put(piece: Uint8Array): Promise<void> {
    if (this.#state !== 'open') return;
    this.#pieces.push(piece);
    this.#bytes += piece.byteLength;
    this.#onPiece?.();
    if (this.#bytes <= unreadMaxBytes) return;
    await new Promise<void>((resolve) => (this.#onRoom = resolve));
  }

  /** What is unread can still be read. */
  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#onPiece?.();
    this.#onRoom?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    try {
      for (;;) {
        const piece = this.#pieces.shift();
        if (piece) {
          this.#bytes -= piece.byteLength;
          if (this.#bytes <= unreadMaxBytes) this.#onRoom?.();
          yield piece;
        } else if (this.#state === 'open') {
          await new Promise<void>((resolve) => (this.#onPiece = resolve));
        } else return;
      }
    } finally {
      this.#state = 'abandoned';
      this.#pieces = [];
      this.#bytes = 0;
      this.#onRoom?.();
    }
  }
}
