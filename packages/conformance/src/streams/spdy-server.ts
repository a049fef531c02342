/** The kubelet's side of SPDY: a command whose streams the client opens, or ports that echo. */
import type { Tunnel } from '@navarch/wire/http/http';
import { SpdyConnection, type SpdyStream } from '@navarch/wire/spdy/connection';
import { createBlockInflater } from '@navarch/wire/spdy/inflate/node';
import { type Asked, runCommand } from './commands.ts';

export async function serveSpdy(tunnel: Tunnel, asked: Asked): Promise<void> {
  const inflate = createBlockInflater();
  const streams = new Map<string, SpdyStream>();
  const wanted = asked.action === 'portForward' ? undefined : wantedOf(asked);
  const connection = new SpdyConnection(tunnel, {
    side: 'server',
    inflate,
    onStream: (stream) => {
      const type = stream.headers['streamtype'] ?? '';
      if (!wanted) {
        void echoPort(stream, type);
        return;
      }
      streams.set(type, stream);
      if (wanted.every((name) => streams.has(name))) {
        void runIn(streams, asked).finally(() => void connection.end());
      }
    },
  });
  await connection.run();
}

const streamTypes = { input: 'stdin', output: 'stdout', error: 'stderr', tty: 'resize' } as const;

function wantedOf({ streams }: Asked): readonly string[] {
  const names = streams.split(' ') as (keyof typeof streamTypes)[];
  const isTty = names.includes('tty');
  return [
    'error',
    ...names.filter((name) => name !== 'error' || !isTty).map((name) => streamTypes[name]),
  ];
}

async function runIn(streams: ReadonlyMap<string, SpdyStream>, asked: Asked): Promise<void> {
  const write = (type: string) => async (bytes: Uint8Array) => streams.get(type)?.write(bytes);
  const status = await runCommand(asked, {
    input: streams.get('stdin')?.chunks ?? nothing(),
    sizes: streams.get('resize')?.chunks ?? nothing(),
    output: write('stdout'),
    error: write('stderr'),
  });
  await streams.get('error')?.write(Buffer.from(status));
  for (const stream of streams.values()) await stream.end();
}

async function* nothing(): AsyncIterable<Uint8Array> {}

/** Each port answers what it is sent, with its number before. */
async function echoPort(stream: SpdyStream, type: string): Promise<void> {
  if (type === 'data') {
    await stream.write(Buffer.from(`port ${stream.headers['port']}: `));
    for await (const chunk of stream.chunks) await stream.write(chunk);
  }
  await stream.end();
}
