/** Logs through pino: JSON lines for machines, or one readable line per event for people. */
import { type DestinationStream, pino, type Logger } from 'pino';
import type { Log, LogFields, LogLevel } from '../log.ts';

export type LogFormat = 'text' | 'json';
export interface LogOptions {
  readonly format: LogFormat;
  readonly level: LogLevel;
  /** Takes whole lines, each with its newline. */
  readonly write: (line: string) => void;
}

export function createLog(options: LogOptions): Log {
  const destination: DestinationStream = {
    write: options.format === 'json' ? options.write : (line) => options.write(asText(line)),
  };
  const logger = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'msg',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return wrap(logger);
}

function wrap(logger: Logger): Log {
  const write =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (fields) logger[level](fields, message);
      else logger[level](message);
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => wrap(logger.child(fields)),
  };
}

/** `I1124 06:55:09.123 message key=value`: klog's shape, without its source position. */
function asText(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const mark = String(level).slice(0, 1).toUpperCase();
  const [, month, day, clock] = /-(\d\d)-(\d\d)T([\d:.]+)/.exec(String(time)) ?? [];
  const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return `${mark}${month}${day} ${clock} ${String(msg)}${rest.join('')}\n`;
}
