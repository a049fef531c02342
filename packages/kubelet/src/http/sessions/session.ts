/** exec and attach: a program with streams, whatever protocol carries them, and how it ended. */

export interface WantedStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** As the API server asks for them. */
export function wantedStreams(query: URLSearchParams): WantedStreams {
  return {
    stdin: query.has('input'),
    stdout: query.has('output'),
    stderr: query.has('error'),
    tty: query.has('tty'),
  };
}

/** Streams that nobody wants take everything, and give nothing. Writing rejects when the client is gone. */
export interface SessionStreams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (bytes: Uint8Array) => Promise<void>;
  readonly stderr: (bytes: Uint8Array) => Promise<void>;
}

export type Outcome = { readonly exitCode: number } | { readonly problem: string };

/** `signal` is aborted when the client is gone. */
export type Program = (streams: SessionStreams, signal: AbortSignal) => Promise<Outcome>;

/** What the error stream carries at the end. */
export function statusText(outcome: Outcome): string {
  if ('problem' in outcome) {
    const { problem: message } = outcome;
    return JSON.stringify({
      metadata: {},
      status: 'Failure',
      message: `Internal error occurred: ${message}`,
      reason: 'InternalError',
      details: { causes: [{ message }] },
      code: 500,
    });
  }
  const { exitCode } = outcome;
  if (exitCode === 0) return JSON.stringify({ metadata: {}, status: 'Success' });
  return JSON.stringify({
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  });
}
