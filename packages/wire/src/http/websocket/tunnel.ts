/** The bytes of a WebSocket's binary messages as a tunnel: for protocols that are carried inside of one. */
import type { Tunnel, WebSocketPeer } from '../http.ts';

/** Ends at a message of text: whoever sends one speaks something else. */
export function tunnelOver(peer: WebSocketPeer): Tunnel {
  return {
    chunks: binary(peer.messages),
    write: (bytes) => peer.send(bytes),
    end: () => peer.end(),
    close: () => peer.close(),
  };
}

async function* binary(messages: WebSocketPeer['messages']): AsyncIterable<Uint8Array> {
  for await (const message of messages) {
    if (typeof message === 'string') return;
    yield message;
  }
}
