/**
 * exec and attach by WebSocket v5 to kubelets that speak SPDY only (KEP-4006): the client's channels become the streams of a SPDY
 * connection. What goes wrong after the client's connection has left HTTP is told on its error channel.
 *
 * Invariants: V1 the last message is the session's status; then the connection ends, on both sides. V2 a client that leaves ends the
 * session.
 */
import { internalError, isStatusError, type Status, StatusError } from '@navarch/api/status';
import type { ApiResponse } from '@navarch/apiserver/request/request';
import type { Tunnel, WebSocketPeer } from '@navarch/wire/http/http';
import { SpdyConnection, type SpdyStream } from '@navarch/wire/spdy/connection';
import { goErrorText } from '../../go-errors.ts';
import { type Dial, onAbort, type TunnelRequest } from '../../upgrade.ts';
import { spdyRequest } from './spdy-tunnel.ts';

/** The first WebSocket protocol in which a client can end its input: kubelets that speak no newer ones have it translated. */
export const translatedProtocol = 'v5.channel.k8s.io';
/** What every kubelet speaks over SPDY. */
const kubeletProtocol = 'v4.channel.k8s.io';

/** The first byte of each message. */
const channels = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

export interface WantedStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** `request` is the client's, as it would be passed on. */
export function translate(dial: Dial, request: TunnelRequest, wanted: WantedStreams): ApiResponse {
  return {
    status: 101,
    headers: {},
    body: {
      kind: 'webSocket',
      protocol: translatedProtocol,
      run: (client) =>
        runSession(client, wanted, async () => {
          const kubelet = await openSpdy(dial, request);
          onAbort(request.signal, () => kubelet.end()); // V2
          return kubelet;
        }),
    },
  };
}

async function runSession(
  client: WebSocketPeer,
  wanted: WantedStreams,
  open: () => Promise<Tunnel>,
): Promise<void> {
  let status: Partial<Status>;
  const session: { input?: Promise<void> } = {};
  try {
    await client.send(Uint8Array.of(lowestWritten(wanted))); // Clients wait for a sign that it has begun.
    status = await work(client, wanted, await open(), session);
  } catch (error) {
    status = (isStatusError(error) ? error : internalError(error)).status;
  }
  const { kind: _kind, apiVersion: _apiVersion, metadata: _metadata, ...told } = status;
  const text = JSON.stringify({ metadata: {}, ...told });
  await client.send(onChannel(channels.error, new TextEncoder().encode(text))).catch(() => {});
  client.end(); // V1
  await session.input;
}

function lowestWritten({ stdout, stderr }: WantedStreams): number {
  if (stdout) return channels.stdout;
  return stderr ? channels.stderr : channels.error;
}

/** A SPDY connection to the kubelet; rejects with what the client is told. */
async function openSpdy(dial: Dial, { peer, ...client }: TunnelRequest): Promise<Tunnel> {
  const headers = { connection: 'Upgrade' };
  const { peer: _peer, ...request } = spdyRequest({ peer, ...client, headers }, [kubeletProtocol]);
  try {
    const answer = await (await dial(peer)).upgrade(request);
    if (answer.kind === 'upgraded') return answer.tunnel;
    throw refused(Buffer.from(await answer.response.bytes()).toString());
  } catch (error) {
    if (isStatusError(error) || error instanceof Refused) throw error;
    const { host, hostname } = new URL(peer.url);
    const text = goErrorText(error, { host, name: peer.serverName ?? hostname });
    const url = JSON.stringify(peer.url + client.path);
    throw new Error(`error sending request: Post ${url}: ${text}`, { cause: error });
  }
}

class Refused extends Error {}

/** In the kubelet's words, or as the status that it sent. */
function refused(text: string): Error {
  try {
    const status = JSON.parse(text) as Status;
    if (status.kind === 'Status') return new StatusError(status);
  } catch {
    // It is a text.
  }
  return new Refused(`unable to upgrade connection: ${text}`);
}

/** Resolves with how the session ended. */
async function work(
  client: WebSocketPeer,
  wanted: WantedStreams,
  tunnel: Tunnel,
  session: { input?: Promise<void> },
): Promise<Partial<Status>> {
  const { createBlockInflater } = await import('@navarch/wire/spdy/inflate/node');
  const spdy = new SpdyConnection(tunnel, { side: 'client', inflate: createBlockInflater() });
  const running = spdy.run();
  try {
    const open = async (isWanted: boolean, streamtype: string): Promise<SpdyStream | undefined> =>
      isWanted ? spdy.open({ streamtype }) : undefined;
    const error = await spdy.open({ streamtype: 'error' });
    const stdin = await open(wanted.stdin, 'stdin');
    const stdout = await open(wanted.stdout, 'stdout');
    const stderr = await open(wanted.stderr && !wanted.tty, 'stderr');
    const resize = await open(wanted.tty, 'resize');
    session.input = receive(client, { stdin, resize }).finally(() => tunnel.end());
    const [text] = await Promise.all([
      textOf(error),
      send(client, channels.stdout, stdout),
      send(client, channels.stderr, stderr),
    ]);
    return statusOf(text);
  } finally {
    tunnel.end();
    await running;
  }
}

interface InputStreams {
  readonly stdin: SpdyStream | undefined;
  readonly resize: SpdyStream | undefined;
}

/** Until the client has closed its connection. */
async function receive(client: WebSocketPeer, { stdin, resize }: InputStreams): Promise<void> {
  const streams = new Map([
    [channels.stdin as number, stdin],
    [channels.resize, resize],
  ]);
  try {
    for await (const message of client.messages) {
      const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message;
      const [channel = -1, closed = -1] = bytes;
      // A stream that the kubelet has ended takes no more: what comes for it is dropped.
      if (channel === channels.close)
        await streams
          .get(closed)
          ?.end()
          .catch(() => {});
      else if (bytes.length > 1)
        await streams
          .get(channel)
          ?.write(bytes.subarray(1))
          .catch(() => {});
    }
  } catch {
    // The client is gone.
  }
}

async function send(
  client: WebSocketPeer,
  channel: number,
  stream: SpdyStream | undefined,
): Promise<void> {
  if (!stream) return;
  for await (const chunk of stream.chunks) await client.send(onChannel(channel, chunk));
}

function onChannel(channel: number, bytes: Uint8Array): Uint8Array {
  const message = new Uint8Array(bytes.byteLength + 1);
  message[0] = channel;
  message.set(bytes, 1);
  return message;
}

const errorTextMaxBytes = 64 * 1024;

async function textOf(stream: SpdyStream): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream.chunks) {
    length += chunk.byteLength;
    if (length > errorTextMaxBytes) throw new Error('error stream protocol error: too much text');
    pieces.push(chunk);
  }
  return Buffer.concat(pieces).toString();
}

/** What the client is told of what the kubelet says, which says nothing when all went well with old ones. */
export function statusOf(text: string): Partial<Status> {
  if (text === '') return { status: 'Success' };
  let said: Status;
  try {
    said = JSON.parse(text) as Status;
  } catch {
    throw new Error(`error stream protocol error: ${text}`);
  }
  if (said.status === 'Success') return { status: 'Success' };
  if (said.reason !== 'NonZeroExitCode') throw new Error(said.message ?? '');
  const code = said.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message ?? '';
  if (!/^-?\d+$/u.test(code)) {
    throw new Error(`error stream protocol error: invalid exit code value ${JSON.stringify(code)}`);
  }
  return {
    status: 'Failure',
    message: `command terminated with non-zero exit code: command terminated with exit code ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: code }] },
  };
}
