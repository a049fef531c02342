/** Forwarded ports as the channels of a WebSocket, for clients that know no SPDY: two for each port, of data and of errors. */
import type { WebSocketPeer } from '@navarch/wire/http/http';

export const portChannelsProtocol = 'v4.channel.k8s.io';
const portsMax = 127;

/** The ports of the query, in their order; undefined when these are none, or too many for channels. */
export function portsIn(query: URLSearchParams): readonly number[] | undefined {
  const ports = query.getAll('port').flatMap((text) => text.split(',').map(Number));
  const isEach = ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536);
  return isEach && ports.length > 0 && ports.length <= portsMax ? ports : undefined;
}

/** Says on each channel which port it is for, and on those of errors why there is nobody. Resolves when the client has gone. */
export async function servePortChannels(
  client: WebSocketPeer,
  ports: readonly number[],
  whyNobody: (port: string) => string,
): Promise<void> {
  try {
    for (const [index, port] of ports.entries()) {
      const number = [port & 0xff, port >> 8];
      await client.send(Uint8Array.of(2 * index, ...number));
      await client.send(Uint8Array.of(2 * index + 1, ...number));
    }
    for (const [index, port] of ports.entries()) {
      const text = new TextEncoder().encode(whyNobody(String(port)));
      await client.send(Uint8Array.of(2 * index + 1, ...text));
    }
    for await (const _ of client.messages);
  } catch {
    // The client is gone.
  }
  client.end();
}
