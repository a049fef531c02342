/**
 * A socket as a tunnel.
 *
 * Invariants: U1 no error of the socket leaves this module other than by `chunks` throwing and `write` rejecting. U2 a tunnel that was
 * ended is closed when its peer ends, takes nothing for `endLimitMs`, or goes on sending. U3 until then what the peer sends is taken and
 * dropped: closing on unread bytes would reset the connection, and lose the end of what was written.
 */
import type { Socket } from 'node:net';
import type { Tunnel } from '../http.ts';

const endLimitMs = 10_000;
const droppedMaxBytes = 1024 * 1024;
/** How soon a peer is noticed that is gone without a word, as upstream. */
const keepAliveMs = 15_000;

/** `head`: what came with the request, or the answer, and is already the other protocol's. */
export function tunnelOn(socket: Socket, head: Uint8Array): Tunnel {
  readyForLong(socket);
  if (head.byteLength > 0) socket.unshift(head);
  return new SocketTunnel(socket);
}

/** Connections that left HTTP may be silent for as long as they like. */
export function readyForLong(socket: Socket): void {
  socket.on('error', () => {}); // U1
  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveMs);
}

class SocketTunnel implements Tunnel {
  readonly #socket: Socket;
  #isRead = false;
  #hasEnded = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get chunks(): AsyncIterable<Uint8Array> {
    return this.#read();
  }

  write(bytes: Uint8Array): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed || !socket.writable) return Promise.reject(gone());
    if (socket.write(bytes)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        socket.off('drain', settle);
        socket.off('close', settle);
        if (socket.destroyed) reject(gone());
        else resolve();
      };
      socket.on('drain', settle);
      socket.on('close', settle);
    });
  }

  end(): void {
    const socket = this.#socket;
    if (socket.destroyed || this.#hasEnded) return;
    this.#hasEnded = true;
    socket.setTimeout(endLimitMs, () => socket.destroy()); // U2
    socket.end();
    if (!this.#isRead) this.#drop();
  }

  close(): void {
    this.#socket.destroy();
  }

  /** The reader may leave before the end: writing goes on then. */
  async *#read(): AsyncIterable<Uint8Array> {
    this.#isRead = true;
    try {
      yield* this.#socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    } finally {
      this.#isRead = false;
      if (this.#hasEnded) this.#drop();
    }
  }

  #drop(): void {
    const socket = this.#socket;
    let dropped = 0;
    socket.on('data', (chunk: Uint8Array) => {
      dropped += chunk.byteLength;
      if (dropped > droppedMaxBytes) socket.destroy();
    });
  }
}

function gone(): Error {
  return new Error('the peer closed the connection');
}
