/** What the fake kubelet runs: a command is a function of its input. */
import type { IncomingMessage } from 'node:http';

export interface Asked {
  readonly action: string;
  readonly method: string;
  /** Namespace, pod, container. */
  readonly target: readonly string[];
  readonly command: readonly string[];
  readonly streams: string;
  readonly protocols: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly onBegin: () => void;
}

export function readAsked(request: IncomingMessage, onBegin: () => void): Asked {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://kubelet');
  const [, action = '', ...target] = pathname.split('/');
  const { headers } = request;
  const offered =
    headers['sec-websocket-protocol'] ?? headers['x-stream-protocol-version']?.toString() ?? '';
  return {
    action,
    method: request.method ?? '',
    target,
    command: searchParams.getAll('command'),
    streams: ['input', 'output', 'error', 'tty'].filter((name) => searchParams.has(name)).join(' '),
    protocols: offered.split(',').map((each) => each.trim()),
    headers,
    onBegin,
  };
}

/** The ends of a command's streams. */
export interface Ends {
  readonly input: AsyncIterable<Uint8Array>;
  readonly output: (text: Uint8Array) => Promise<void>;
  readonly error: (text: Uint8Array) => Promise<void>;
  readonly sizes: AsyncIterable<Uint8Array>;
}

/** Resolves with the status that clients are sent. */
export async function runCommand({ command, action, onBegin }: Asked, ends: Ends): Promise<string> {
  onBegin();
  const [name, ...rest] = action === 'attach' ? ['cat'] : command;
  switch (name) {
    case 'echo':
      await ends.output(Buffer.from(`${rest.join(' ')}\n`));
      break;
    case 'cat':
      for await (const piece of ends.input) await ends.output(piece);
      break;
    case 'size':
      for await (const size of ends.sizes) {
        await ends.output(size);
        break;
      }
      break;
    case 'wait':
      await new Promise(() => {}); // Until the connection ends.
      break;
    case 'flood':
      for (let i = 0; i < Number(rest[0]); i++) await ends.output(Buffer.alloc(1024, 'x'));
      break;
    case 'exit':
      await ends.error(Buffer.from(`leaving with ${rest[0]}\n`));
      return failed(rest[0] ?? '1');
    default:
      return JSON.stringify({ metadata: {}, status: 'Failure', message: `no command ${name}` });
  }
  return JSON.stringify({ metadata: {}, status: 'Success' });
}

function failed(code: string): string {
  return JSON.stringify({
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: code }] },
  });
}
