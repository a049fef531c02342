/**
 * Watches and logs for clients that ask for a WebSocket, as browsers do, and some libraries for watches: what HTTP would carry, in
 * messages. Nothing that such a client sends counts, other than its goodbye.
 */
import type { HttpResponder, WebSocketPeer } from '@navarch/wire/http/http';
import type {
  ApiBody,
  ApiRequest,
  ApiResponse,
  WatchFrame,
  WatchSink,
} from '../request/request.ts';

/** With more than this still unsent when a watch ends, its peer has stopped reading. */
const abandonedMinBytes = 4 * 1024 * 1024;

/** The subprotocols of streams, and whether their messages are text, which is base64 then. */
const streamProtocols: ReadonlyMap<string, 'binary' | 'base64'> = new Map([
  ['', 'binary'],
  ['binary.k8s.io', 'binary'],
  ['base64.binary.k8s.io', 'base64'],
]);

type Watch = Extract<ApiBody, { kind: 'watch' }>;
type Stream = Extract<ApiBody, { kind: 'stream' }>;

/** Answers, if this is an answer for a WebSocket and the client asks for one; undefined when it is HTTP's. */
export function writeWebSocket(
  responder: HttpResponder,
  { status, body }: ApiResponse,
  request: ApiRequest,
): Promise<void> | undefined {
  const isAsked = request.upgrade?.toLowerCase() === 'websocket' && responder.webSocket;
  if (!isAsked || status !== 200) return undefined;
  if (body.kind === 'watch') return writeWatch(responder, body, request);
  return body.kind === 'stream' ? writeStream(responder, body, request) : undefined;
}

async function writeWatch(
  responder: HttpResponder,
  body: Watch,
  { headers, signal }: ApiRequest,
): Promise<void> {
  // As upstream: browsers always say where they come from.
  if (!URL.canParse(headers['origin'] ?? '')) return refuse(responder);
  const [only = '', ...others] = offeredBy(headers);
  const peer = await responder.webSocket?.(others.length === 0 ? only : '');
  if (!peer) return;
  body.start(new MessageSink(peer, signal, body.bytesOf));
  await drop(peer);
}

async function writeStream(
  responder: HttpResponder,
  { chunks }: Stream,
  { headers }: ApiRequest,
): Promise<void> {
  const offered = offeredBy(headers);
  const chosen = offered.length === 0 ? '' : offered.find((each) => streamProtocols.has(each));
  if (chosen === undefined) return refuse(responder);
  const peer = await responder.webSocket?.(chosen);
  if (!peer) return;
  const isText = streamProtocols.get(chosen) === 'base64';
  const done = drop(peer);
  try {
    await peer.send(isText ? '' : new Uint8Array(0)); // Clients learn that it has begun.
    for await (const chunk of chunks) {
      await peer.send(isText ? Buffer.from(chunk).toString('base64') : chunk);
    }
  } catch {
    // The client is gone, or whoever wrote the stream is: neither can be told more than the end.
  }
  peer.end();
  await done;
}

function refuse(responder: HttpResponder): void {
  responder.send(403, {}, undefined);
}

/** A token among them is no protocol. */
function offeredBy(headers: ApiRequest['headers']): readonly string[] {
  return (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('base64url.bearer.'));
}

/** Resolves when the client has gone. */
async function drop(peer: WebSocketPeer): Promise<void> {
  try {
    for await (const _ of peer.messages);
  } catch {
    // It went without a word.
  }
}

class MessageSink implements WatchSink {
  readonly signal: AbortSignal;
  readonly #peer: WebSocketPeer;
  readonly #bytesOf: ((frame: WatchFrame) => Uint8Array) | undefined;
  #unsentBytes = 0;

  constructor(peer: WebSocketPeer, signal: AbortSignal, bytesOf: Watch['bytesOf']) {
    this.signal = signal;
    this.#peer = peer;
    this.#bytesOf = bytesOf;
  }

  write(frames: readonly WatchFrame[]): void {
    for (const frame of frames) {
      if (this.#bytesOf) this.#send(this.#bytesOf(frame));
      else this.#send(Buffer.from(frame.json()).toString());
    }
  }

  end(): void {
    if (this.#unsentBytes > abandonedMinBytes) this.#peer.close();
    else this.#peer.end();
  }

  bufferedBytes(): number {
    return this.#unsentBytes;
  }

  /** The signal tells when the client is gone. */
  #send(message: Uint8Array | string): void {
    const { length } = message;
    this.#unsentBytes += length;
    const onSent = (): void => void (this.#unsentBytes -= length);
    this.#peer.send(message).then(onSent, onSent);
  }
}
