/** How the command ends when something is wrong: one clear line, an exit code, no stack trace. */

/** The user asked for something that makes no sense: exit code 2. */
export class UsageError extends Error {}

export const exitCodes = { failure: 1, usage: 2 } as const;

/** One line for people. */
export function describeFailure(error: unknown): string {
  return `navarch: ${reasonOf(error)}`;
}

/** Errors that we expect carry a message made for people; others are said as they are, up to the end of the line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return explain(code, error) ?? text.split('\n')[0] ?? 'failed';
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
    case 'EEXIST':
    case 'ENOTDIR':
      return path ? `${path} is no directory: there is a file in the way` : undefined;
    case 'EISDIR':
      return path ? `${path} is a directory` : undefined;
    case 'EROFS':
      return path ? `${path} is on a disk that cannot be written` : undefined;
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
