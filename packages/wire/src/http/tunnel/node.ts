/**
 * A socket as a tunnel.
 *
 * Invariants: U1 no error of the socket leaves this module other than by `chunks` throwing and `write` rejecting. U2 a tunnel that
 * was ended is closed after `endLimitMs` in which its peer took nothing.
 */
import type { Socket } from 'node:net';
import type { Tunnel } from '../http.ts';

const endLimitMs = 10_000;
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

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get chunks(): AsyncIterable<Uint8Array> {
    // The reader may leave before the end: writing goes on then.
    return this.#socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
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
    if (socket.destroyed) return;
    socket.setTimeout(endLimitMs, () => socket.destroy()); // U2
    socket.destroySoon();
  }

  close(): void {
    this.#socket.destroy();
  }
}

function gone(): Error {
  return new Error('the peer closed the connection');
}
