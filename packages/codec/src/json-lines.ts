/** Splits a body into lines and parses each as JSON: the form in which a watch arrives. */
import { decodeJson } from './json.ts';

const newline = 0x0a;

export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/** Keeps the beginning of a line until its end has come. */
export class JsonLines {
  readonly #decoder = new TextDecoder();
  readonly #lineMaxBytes: number;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  constructor(lineMaxBytes: number) {
    this.#lineMaxBytes = lineMaxBytes;
  }

  /** The values of the lines that `chunk` completes. Throws `LineTooLong`, or a SyntaxError for a line that is no JSON. */
  take(chunk: Uint8Array): unknown[] {
    const values: unknown[] = [];
    let begin = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, begin)) {
      this.#keep(chunk.subarray(begin, end));
      const line = this.#line();
      if (line !== '') values.push(decodeJson(line));
      begin = end + 1;
    }
    // Copied: the rest must not hold on to a buffer that the connection may use again.
    if (begin < chunk.length) this.#keep(chunk.slice(begin));
    return values;
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes > this.#lineMaxBytes) {
      throw new LineTooLong(`a line of a watch is longer than ${this.#lineMaxBytes} bytes`);
    }
  }

  #line(): string {
    const [first] = this.#pieces;
    const bytes = first && this.#pieces.length === 1 ? first : this.#joined();
    this.#pieces = [];
    this.#bytes = 0;
    return this.#decoder.decode(bytes).trim();
  }

  #joined(): Uint8Array {
    const joined = new Uint8Array(this.#bytes);
    let at = 0;
    for (const piece of this.#pieces) {
      joined.set(piece, at);
      at += piece.length;
    }
    return joined;
  }
}
