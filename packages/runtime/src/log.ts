/** Structured logging: a message for people, fields for machines. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log that adds `fields` to every line. */
  child(fields: LogFields): Log;
}

/** What a log writes about an error: its text, never its stack, unless nobody expected it. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
