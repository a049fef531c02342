/** Sessions and forwarded ports over SPDY: the client opens the streams. */
import type { Tunnel } from '@navarch/wire/http/http';
import { SpdyConnection, type SpdyStream } from '@navarch/wire/spdy/connection';
import { type Program, statusText, type WantedStreams } from './session.ts';

export const spdySessionProtocol = 'v4.channel.k8s.io';
export const spdyPortsProtocol = 'portforward.k8s.io';

/** Resolves when the connection has ended. */
export async function serveSpdySession(
  tunnel: Tunnel,
  wanted: WantedStreams,
  program: Program,
): Promise<void> {
  const gone = new AbortController();
  const missing = new Set(streamsOf(wanted));
  const streams = new Map<string, SpdyStream>();
  let running: Promise<void> | undefined;
  const connection = await connectionOn(tunnel, (stream) => {
    const type = stream.headers['streamtype'] ?? '';
    if (!missing.delete(type)) {
      void stream.reset().catch(() => {});
      return;
    }
    streams.set(type, stream);
    if (missing.size === 0) {
      running = run(streams, program, gone.signal).finally(() => void connection.end());
    }
  });
  await connection.run();
  gone.abort(new Error('the client has left'));
  await running;
}

function streamsOf({ stdin, stdout, stderr, tty }: WantedStreams): readonly string[] {
  return [
    'error',
    ...(stdin ? ['stdin'] : []),
    ...(stdout ? ['stdout'] : []),
    ...(stderr && !tty ? ['stderr'] : []),
    ...(tty ? ['resize'] : []),
  ];
}

async function connectionOn(
  tunnel: Tunnel,
  onStream: (stream: SpdyStream) => void,
): Promise<SpdyConnection> {
  const { createBlockInflater } = await import('@navarch/wire/spdy/inflate/node');
  return new SpdyConnection(tunnel, { side: 'server', inflate: createBlockInflater(), onStream });
}

async function run(
  streams: ReadonlyMap<string, SpdyStream>,
  program: Program,
  signal: AbortSignal,
): Promise<void> {
  const to = (stream: SpdyStream | undefined) => async (bytes: Uint8Array) => stream?.write(bytes);
  const stdout = streams.get('stdout');
  void drop(streams.get('resize'));
  try {
    const outcome = await program(
      {
        stdin: streams.get('stdin')?.chunks ?? nothing(),
        stdout: to(stdout),
        stderr: to(streams.get('stderr') ?? (streams.has('resize') ? stdout : undefined)),
      },
      signal,
    );
    await streams.get('error')?.write(new TextEncoder().encode(statusText(outcome)));
    for (const stream of streams.values()) await stream.end();
  } catch {
    // The client is gone.
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {}

async function drop(stream: SpdyStream | undefined): Promise<void> {
  if (stream) for await (const _ of stream.chunks);
}

/** Says on each forwarded connection's stream of errors why there is nobody. Resolves when the client has gone. */
export async function servePorts(
  tunnel: Tunnel,
  whyNobody: (port: string) => string,
): Promise<void> {
  const connection = await connectionOn(tunnel, (stream) => {
    void refuse(stream, whyNobody).catch(() => {});
  });
  await connection.run();
}

async function refuse(stream: SpdyStream, whyNobody: (port: string) => string): Promise<void> {
  const { streamtype, port = '' } = stream.headers;
  if (streamtype === 'error') await stream.write(new TextEncoder().encode(whyNobody(port)));
  await stream.end();
  await drop(stream);
}
