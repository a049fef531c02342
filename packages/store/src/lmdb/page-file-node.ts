/**
 * Reads a file by the piece: in large pieces where it is read in order, in small ones where it is not.
 *
 * lmdb reuses freed pages, so an order that is mostly ascending is interrupted by visits elsewhere. Hence two pieces: one that goes on,
 * and one for the visits.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CorruptStore } from '../store.ts';
import type { PageSource } from './data-file.ts';

const pieceMinBytes = 16 * 1024;
const pieceMaxBytes = 256 * 1024;

interface Piece {
  buffer: Buffer;
  start: number;
  end: number;
}

export class PageFile implements PageSource {
  readonly file: string;
  readonly sizeBytes: number;
  readonly #fd: number;
  #ongoing: Piece = { buffer: Buffer.allocUnsafeSlow(pieceMaxBytes), start: 0, end: 0 };
  #visited: Piece = { buffer: Buffer.allocUnsafeSlow(pieceMinBytes), start: 0, end: 0 };

  #current = this.#ongoing;

  constructor(file: string) {
    this.file = file;
    this.#fd = openSync(file, 'r');
    this.sizeBytes = fstatSync(this.#fd).size;
  }

  get buffer(): Buffer {
    return this.#current.buffer;
  }

  locate(offset: number, length: number): number {
    if (!has(this.#current, offset, length)) this.#current = this.#pieceWith(offset, length);
    return offset - this.#current.start;
  }

  fill(target: Buffer, offset: number): void {
    this.#readInto(target, target.length, offset);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #pieceWith(offset: number, length: number): Piece {
    if (has(this.#ongoing, offset, length)) return this.#ongoing;
    if (has(this.#visited, offset, length)) return this.#visited;
    if (isNext(this.#ongoing, offset)) {
      this.#load(this.#ongoing, offset, Math.max(length, pieceMaxBytes));
      return this.#ongoing;
    }
    if (isNext(this.#visited, offset)) {
      [this.#ongoing, this.#visited] = [this.#visited, this.#ongoing];
      this.#load(this.#ongoing, offset, Math.max(length, pieceMaxBytes));
      return this.#ongoing;
    }
    this.#load(this.#visited, offset, Math.max(length, pieceMinBytes));
    return this.#visited;
  }

  #load(piece: Piece, offset: number, wantedBytes: number): void {
    const bytes = Math.min(wantedBytes, this.sizeBytes - offset);
    if (bytes > piece.buffer.length) piece.buffer = Buffer.allocUnsafeSlow(bytes);
    this.#readInto(piece.buffer, bytes, offset);
    piece.start = offset;
    piece.end = offset + bytes;
  }

  #readInto(target: Buffer, bytes: number, offset: number): void {
    const read = readSync(this.#fd, target, 0, bytes, offset);
    if (read < bytes) throw new CorruptStore(this.file, `${bytes - read} bytes are missing`);
  }
}

function has(piece: Piece, offset: number, length: number): boolean {
  return offset >= piece.start && offset + length <= piece.end;
}

/** Whether the piece goes on about there. */
function isNext(piece: Piece, offset: number): boolean {
  return offset > piece.start && offset <= piece.end + pieceMinBytes;
}
