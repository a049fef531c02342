/**
 * A body that is written in small pieces, gathered so that each event-loop turn costs one write.
 *
 * Invariants: T1 bytes leave in the order they were written. T2 within a turn, pieces are gathered, but never more than
 * `gatherMaxBytes`. T3 after `end`, or once the peer is gone, writes are dropped. T4 every `drained` and `released` promise settles.
 */
import type { HttpBodyWriter } from './http.ts';

/** Where the gathered bytes go. */
export interface ByteSink {
  /** Takes one buffer; false asks to wait for `onDrain`. `onWritten` is called when the buffer is no longer in use, or with why it will not leave. */
  write(bytes: Uint8Array, onWritten: (error?: Error | null) => void): boolean;
  end(): void;
  cut(): void;
  /** What was taken and has not yet left. */
  bufferedBytes(): number;
}

/** What the writers of one server share. */
export interface Turn {
  /** Runs a function at the end of the turn. */
  readonly soon: (run: () => void) => void;
  /** The pieces, joined. Watchers of the same objects write the same pieces: who asks for the same again gets the same bytes. */
  readonly join: (pieces: readonly Uint8Array[], length: number) => Uint8Array;
}

/** `atTurnEnd` runs a function once, after the work that is ready now. However many writers ask, it is asked once per turn. */
export function createTurn(atTurnEnd: (run: () => void) => void): Turn {
  let due: (() => void)[] = [];
  let last: { readonly pieces: readonly Uint8Array[]; readonly bytes: Uint8Array } | undefined;
  const runAll = (): void => {
    const running = due;
    due = [];
    for (const run of running) run();
    last = undefined;
  };
  return {
    soon: (run) => {
      if (due.push(run) === 1) atTurnEnd(runAll);
    },
    join: (pieces, length) => {
      if (!last || !samePieces(last.pieces, pieces)) {
        last = { pieces, bytes: Buffer.concat(pieces, length) };
      }
      return last.bytes;
    },
  };
}

function samePieces(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((piece, i) => piece === b[i]);
}

/** More than this is not gathered: large pieces gain nothing from it. */
const gatherMaxBytes = 256 * 1024;

/** A larger body leaves sooner in pieces: one huge write keeps encryption and socket waiting for each other. */
export const wholeBodyMaxBytes = 512 * 1024;

/** Writes a whole body in pieces, each when there is room for it. Ends early, without a word, when the peer is gone. */
export async function sendInPieces(writer: TurnWriter, body: Uint8Array): Promise<void> {
  try {
    for (let at = 0; at < body.byteLength; at += gatherMaxBytes) {
      writer.write(body.subarray(at, at + gatherMaxBytes));
      await writer.drained();
    }
    writer.end();
  } catch {
    // Nobody is left to send it to.
  }
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

export class TurnWriter implements HttpBodyWriter {
  readonly #sink: ByteSink;
  readonly #turn: Turn;
  #pieces: Uint8Array[] = [];
  #pieceBytes = 0;
  #scheduled = false;
  #full = false;
  #state: 'open' | 'ended' | 'gone' = 'open';
  #waiters: Waiter[] = [];
  /** Buffers that the sink has taken and still uses, and who waits until there are none. */
  #inUse = 0;
  #releases: Waiter[] = [];

  constructor(sink: ByteSink, turn: Turn) {
    this.#sink = sink;
    this.#turn = turn;
  }

  write(chunk: Uint8Array): void {
    if (this.#state !== 'open') return; // T3
    this.#pieces.push(chunk);
    this.#pieceBytes += chunk.byteLength;
    if (this.#pieceBytes >= gatherMaxBytes) {
      this.#flush(); // T2
    } else if (!this.#scheduled) {
      this.#scheduled = true;
      this.#turn.soon(this.#onTurnEnd);
    }
  }

  bufferedBytes(): number {
    return this.#state === 'gone' ? 0 : this.#pieceBytes + this.#sink.bufferedBytes();
  }

  drained(): Promise<void> {
    if (this.#state === 'gone') return Promise.reject(peerGone());
    this.#flush();
    if (!this.#full) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  released(): Promise<void> {
    if (this.#state === 'gone') return Promise.reject(peerGone());
    this.#flush();
    if (this.#inUse === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.#releases.push({ resolve, reject }));
  }

  end(): void {
    if (this.#state !== 'open') return;
    this.#flush();
    this.#state = 'ended';
    this.#sink.end();
  }

  cut(): void {
    if (this.#state === 'gone') return;
    this.onClose();
    this.#sink.cut();
  }

  /** The adapter says: the sink takes bytes again. */
  onDrain(): void {
    this.#full = false;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.resolve();
  }

  /** The adapter says: the peer is gone, or everything was sent. */
  onClose(): void {
    const finished = this.#state === 'ended';
    this.#state = 'gone';
    this.#pieces = [];
    this.#pieceBytes = 0;
    const waiters = [...this.#waiters, ...this.#releases];
    this.#waiters = [];
    this.#releases = [];
    for (const waiter of waiters) {
      if (finished) waiter.resolve();
      else waiter.reject(peerGone()); // T4
    }
  }

  readonly #onTurnEnd = (): void => {
    this.#scheduled = false;
    this.#flush();
  };

  /** A buffer that failed may be in use for as long as its connection lives: only `onClose` ends the waiting then. */
  readonly #onWritten = (error?: Error | null): void => {
    if (error || --this.#inUse > 0 || this.#releases.length === 0) return;
    const waiters = this.#releases;
    this.#releases = [];
    for (const waiter of waiters) waiter.resolve();
  };

  #flush(): void {
    const [first, second] = this.#pieces;
    if (!first || this.#state !== 'open') return;
    const bytes = second ? this.#turn.join(this.#pieces, this.#pieceBytes) : first; // T1
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#inUse++;
    if (!this.#sink.write(bytes, this.#onWritten)) this.#full = true;
  }
}

function peerGone(): Error {
  return new Error('the peer closed the connection');
}
