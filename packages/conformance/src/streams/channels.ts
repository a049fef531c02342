/** A command whose streams are the channels of a WebSocket: the first byte of a message says which. */
import type { WebSocketPeer } from '@navarch/wire/http/http';
import { ByteQueue } from '@navarch/wire/spdy/byte-queue';
import { type Asked, runCommand } from './commands.ts';

export async function runInWebSocket(peer: WebSocketPeer, asked: Asked): Promise<void> {
  const input = new ByteQueue();
  const sizes = new ByteQueue();
  void distribute(peer, input, sizes);
  const send = (channel: number) => (bytes: Uint8Array) =>
    peer.send(Buffer.concat([Uint8Array.of(channel), bytes]));
  try {
    await send(1)(new Uint8Array(0));
    const status = await runCommand(asked, { input, sizes, output: send(1), error: send(2) });
    await send(3)(Buffer.from(status));
  } catch {
    // The client is gone.
  }
  peer.end();
}

async function distribute(peer: WebSocketPeer, input: ByteQueue, sizes: ByteQueue): Promise<void> {
  try {
    for await (const message of peer.messages) {
      const bytes = typeof message === 'string' ? Buffer.from(message) : message;
      if (bytes[0] === 0) await input.put(bytes.subarray(1));
      else if (bytes[0] === 4) await sizes.put(bytes.subarray(1));
      else if (bytes[0] === 255 && bytes[1] === 0) input.end();
    }
  } catch {
    // The client is gone.
  }
  input.end();
  sizes.end();
}
