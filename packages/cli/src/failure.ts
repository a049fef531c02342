/** How the command ends when something is wrong: one clear line, an exit code, no stack trace. */

/** The user asked for something that makes no sense: exit code 2. */
export class UsageError extends Error {}

export const exitCodes = { failure: 1, usage: 2 } as const;

/** One line for people. Errors that we expect carry a message made for this; others are said as they are. */
export function describeFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return `navarch: ${explain(code, error) ?? text.split('\n')[0] ?? 'failed'}`;
}

interface SystemError {
  readonly address?: string;
  readonly port?: number;
  readonly path?: string;
}

/** Words for the operating system's refusals that users meet. */
function explain(code: unknown, error: unknown): string | undefined {
  const { address, port, path } = error as SystemError;
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} on ${address} is in use; choose another with --secure-port (0 takes a free one)`;
    case 'EADDRNOTAVAIL':
      return `${address} is not an address of this machine; see --bind-address`;
    case 'EACCES':
    case 'EPERM':
      return path ? `no permission for ${path}` : `no permission to listen on port ${port}`;
    case 'ENOENT':
      return path ? `there is no ${path}` : undefined;
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return undefined;
  }
}

export function exitCodeOf(error: unknown): number {
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failure;
}
