/** Connections in memory. */
import type { Tunnel } from '../http/http.ts';
import { ByteQueue } from '../spdy/byte-queue.ts';

/** The two ends of one. What either end does ends both. */
export function tunnelPair(): readonly [Tunnel, Tunnel] {
  const [toRight, toLeft] = [new ByteQueue(), new ByteQueue()];
  const side = (reads: ByteQueue, writes: ByteQueue): Tunnel => {
    let open = true;
    const end = (): void => {
      open = false;
      writes.end();
      reads.end();
    };
    return {
      chunks: reads,
      write: (bytes) =>
        open ? writes.put(bytes.slice()) : Promise.reject(new Error('the connection has ended')),
      end,
      close: end,
    };
  };
  return [side(toLeft, toRight), side(toRight, toLeft)];
}
