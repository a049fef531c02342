/** Reads a file in large pieces where it is read in order, and in small ones where it is not. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CorruptStore } from '../store.ts';
import type { PageSource } from './data-file.ts';

const pieceMinBytes = 16 * 1024;
const pieceMaxBytes = 1024 * 1024;

export class PageFile implements PageSource {
  readonly file: string;
  readonly sizeBytes: number;
  readonly #fd: number;
  #buffer = Buffer.allocUnsafeSlow(pieceMaxBytes);
  #start = 0;
  #end = 0;

  constructor(file: string) {
    this.file = file;
    this.#fd = openSync(file, 'r');
    this.sizeBytes = fstatSync(this.#fd).size;
  }

  read(offset: number, length: number): Buffer {
    if (offset < this.#start || offset + length > this.#end) this.#load(offset, length);
    return this.#buffer.subarray(offset - this.#start, offset - this.#start + length);
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** Going on where the last piece ended doubles the next one. */
  #load(offset: number, length: number): void {
    const isNext = offset >= this.#start && offset <= this.#end;
    const pieceBytes = isNext ? Math.min(2 * (this.#end - this.#start), pieceMaxBytes) : 0;
    const bytes = Math.min(Math.max(length, pieceBytes, pieceMinBytes), this.sizeBytes - offset);
    if (bytes > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(bytes);
    const read = readSync(this.#fd, this.#buffer, 0, bytes, offset);
    if (read < length)
      throw new CorruptStore(this.file, `${length} bytes at ${offset} are missing`);
    this.#start = offset;
    this.#end = offset + read;
  }
}
