/** A session whose streams are the channels of a WebSocket: the first byte of each message says which. */
import type { WebSocketPeer } from '@navarch/wire/http/http';
import { ByteQueue } from '@navarch/wire/spdy/byte-queue';
import { type Program, statusText, type WantedStreams } from './session.ts';

/** The first allows clients to end their input. */
export const channelProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;

const channels = { stdin: 0, stdout: 1, stderr: 2, error: 3, close: 255 } as const;

/** Resolves when the client has gone. */
export async function serveChannels(
  client: WebSocketPeer,
  wanted: WantedStreams,
  program: Program,
): Promise<void> {
  const gone = new AbortController();
  const stdin = new ByteQueue();
  if (!wanted.stdin) stdin.end();
  const receiving = receive(client, stdin).finally(() => {
    stdin.end();
    gone.abort(new Error('the client has left'));
  });
  const to = (channel: number, isWanted: boolean) => (bytes: Uint8Array) =>
    isWanted ? client.send(onChannel(channel, bytes)) : Promise.resolve();
  try {
    const first = wanted.stdout
      ? channels.stdout
      : wanted.stderr
        ? channels.stderr
        : channels.error;
    await client.send(Uint8Array.of(first)); // Clients wait for a sign that it has begun.
    const outcome = await program(
      {
        stdin,
        stdout: to(channels.stdout, wanted.stdout),
        stderr: to(
          wanted.tty ? channels.stdout : channels.stderr,
          wanted.tty ? wanted.stdout : wanted.stderr,
        ),
      },
      gone.signal,
    );
    await client.send(onChannel(channels.error, new TextEncoder().encode(statusText(outcome))));
  } catch {
    // The client is gone.
  }
  client.end();
  await receiving;
}

async function receive(client: WebSocketPeer, stdin: ByteQueue): Promise<void> {
  try {
    for await (const message of client.messages) {
      const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message;
      if (bytes[0] === channels.stdin) await stdin.put(bytes.subarray(1));
      else if (bytes[0] === channels.close && bytes[1] === channels.stdin) stdin.end();
    }
  } catch {
    // It went without a word.
  }
}

function onChannel(channel: number, bytes: Uint8Array): Uint8Array {
  const message = new Uint8Array(bytes.byteLength + 1);
  message[0] = channel;
  message.set(bytes, 1);
  return message;
}
