/**
 * Bodies that pass through: read as they come, written as they are taken, never whole in memory.
 *
 * Invariant: P1 a body that breaks off on one side is broken off on the other; nobody takes a part for the whole.
 */
import type { ReadableBody } from './body-reader.ts';

/** The part of a node stream that reading as it comes needs. */
export interface StreamedBody extends Pick<ReadableBody, 'destroyed' | 'rstCode'> {
  readonly readableEnded: boolean;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterator<Uint8Array>;
  resume(): unknown;
}

/** The part of a node stream that writing needs. */
export interface TakingBody {
  readonly destroyed: boolean;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(error: Error): unknown;
  once(event: 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
}

const brokenOff = 'the peer closed the connection while sending the body';

/** The stream outlives its reader: whoever stops early leaves it to be drained, and the answer to go out. */
export async function* chunksOf(body: StreamedBody): AsyncGenerator<Uint8Array, void> {
  if (body.destroyed) throw new Error(brokenOff);
  const iterator = body.iterator({ destroyOnReturn: false });
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      yield next.value;
    }
    if (body.rstCode) throw new Error(brokenOff); // P1: a reset ends a stream as well.
  } finally {
    await iterator.return?.();
    if (!body.readableEnded) body.resume();
  }
}

/** Never rejects: who waits for the answer of the target learns there what went wrong. */
export async function pour(chunks: AsyncIterable<Uint8Array>, target: TakingBody): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (target.destroyed) return;
      if (!target.write(chunk)) await roomIn(target);
    }
    if (!target.destroyed) target.end();
  } catch (error) {
    target.destroy(error instanceof Error ? error : new Error(brokenOff)); // P1
  }
}

/** Resolves when more may be written, or nobody takes anything any more. */
function roomIn(target: TakingBody): Promise<void> {
  if (target.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      target.off('drain', done);
      target.off('close', done);
      resolve();
    };
    target.once('drain', done);
    target.once('close', done);
  });
}
