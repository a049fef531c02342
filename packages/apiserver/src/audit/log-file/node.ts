/**
 * The file that audit events are written to, and the files that it leaves behind when it has grown. Lines of one turn of the event
 * loop are written together, and at once: what is in the file survives the process, and nothing piles up in memory.
 *
 * Invariants: F1 lines are whole, and in the order in which they came. F2 a file grows past its size only by a line that is larger
 * itself, or when it cannot be put aside. F3 whatever the disk refuses is said in the log and lost; requests go on.
 */
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Clock } from '@navarch/runtime/clock';
import { errorText, type Log } from '@navarch/runtime/log';
import type { Metrics } from '@navarch/runtime/metrics';
import { AuditLosses } from '../backend/losses.ts';

export interface AuditLogFileOptions {
  readonly file: string;
  /** A file that would become larger is put aside. 0: never. */
  readonly maxSizeBytes: number;
  /** So many files put aside are kept, and for so long. 0: all, and for ever. */
  readonly maxBackups: number;
  readonly maxAgeMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface AuditLogFile {
  /** Takes a whole line. */
  readonly write: (line: string) => void;
  /** Takes whole lines. Resolves, once they are written with the others of this turn, to whether they could be. */
  readonly writeAll: (lines: readonly string[]) => Promise<boolean>;
  /** Writes what is left, and closes the file. */
  close(): void;
}

/** Throws when the file cannot be written: better not to start than to forget in silence. */
export function openAuditLogFile(options: AuditLogFileOptions): AuditLogFile {
  const file = new LogFile(options);
  return {
    write: (line) => file.take([line]),
    writeAll: (lines) => file.takeAll(lines),
    close: () => file.close(),
  };
}

class LogFile {
  readonly #options: AuditLogFileOptions;
  #descriptor: number;
  #bytes: number;
  readonly #losses: AuditLosses;
  #waiting: string[] = [];
  #waiters: ((areWritten: boolean) => void)[] = [];

  constructor(options: AuditLogFileOptions) {
    this.#options = options;
    this.#losses = new AuditLosses(options);
    mkdirSync(path.dirname(options.file), { recursive: true, mode: 0o700 });
    this.#descriptor = open(options.file);
    this.#bytes = fstatSync(this.#descriptor).size;
  }

  take(lines: readonly string[]): void {
    if (this.#waiting.length === 0) this.#options.clock.soon(() => this.#flush());
    for (const line of lines) this.#waiting.push(line);
  }

  takeAll(lines: readonly string[]): Promise<boolean> {
    this.take(lines);
    return new Promise((resolve) => void this.#waiters.push(resolve));
  }

  close(): void {
    this.#flush();
    this.#losses.end();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    const lines = this.#waiting.splice(0);
    const waiters = this.#waiters.splice(0);
    let left = lines.length;
    try {
      for (const part of this.#parts(lines)) {
        this.#append(part.bytes);
        left -= part.lines;
      }
    } catch (error) {
      this.#losses.add('log', error, left);
    }
    for (const waiter of waiters) waiter(left === 0);
  }

  /** Runs of lines that fit into one file; between two of them the file is put aside. */
  *#parts(lines: readonly string[]): Generator<{ bytes: Buffer; lines: number }> {
    let part: Buffer[] = [];
    let bytes = 0;
    let isRotating = true;
    for (const line of lines) {
      const next = Buffer.from(line);
      if (this.#isFull(bytes + next.byteLength)) {
        if (part.length > 0) yield { bytes: Buffer.concat(part), lines: part.length };
        [part, bytes] = [[], 0];
        if (this.#bytes > 0 && isRotating) isRotating = this.#tryRotate();
      }
      part.push(next);
      bytes += next.byteLength;
    }
    if (part.length > 0) yield { bytes: Buffer.concat(part), lines: part.length };
  }

  #isFull(more: number): boolean {
    const { maxSizeBytes } = this.#options;
    return maxSizeBytes > 0 && this.#bytes + more > maxSizeBytes;
  }

  #append(part: Buffer): void {
    for (let at = 0; at < part.byteLength;) at += writeSync(this.#descriptor, part, at);
    this.#bytes += part.byteLength;
  }

  /** A log that cannot be put aside grows: that is better than to lose what happened. */
  #tryRotate(): boolean {
    try {
      this.#rotate();
      return true;
    } catch (error) {
      this.#options.log.error('the audit log is not put aside', { error: errorText(error) });
      return false;
    }
  }

  #rotate(): void {
    const { file } = this.#options;
    renameSync(file, this.#freeName());
    const next = open(file); // Until there is one, lines go on to where they went.
    closeSync(this.#descriptor);
    this.#descriptor = next;
    this.#bytes = 0;
    this.#removeOld();
  }

  /** `audit-2026-01-02T15-04-05.000.log`. A later moment where that name is taken. */
  #freeName(): string {
    const { clock, file } = this.#options;
    const { dir, name, ext } = path.parse(file);
    const taken = new Set(readdirSync(dir === '' ? '.' : dir));
    for (let ms = clock.wallMs(); ; ms++) {
      const backup = `${name}-${stampOf(ms)}${ext}`;
      if (!taken.has(backup)) return path.join(dir, backup);
    }
  }

  #removeOld(): void {
    const { maxBackups, maxAgeMs, clock, file } = this.#options;
    const { dir, name, ext } = path.parse(file);
    const kept = readdirSync(dir === '' ? '.' : dir)
      .flatMap((entry) => {
        const ms = msOf(entry, `${name}-`, ext);
        return ms === undefined ? [] : [{ entry, ms }];
      })
      .toSorted((a, b) => b.ms - a.ms);
    const oldest = maxAgeMs > 0 ? clock.wallMs() - maxAgeMs : Number.NEGATIVE_INFINITY;
    kept.forEach(({ entry, ms }, index) => {
      const isTooMany = maxBackups > 0 && index >= maxBackups;
      if (isTooMany || ms < oldest) rmSync(path.join(dir, entry), { force: true });
    });
  }
}

function open(file: string): number {
  return openSync(file, 'a', 0o600);
}

function stampOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1).replaceAll(':', '-');
}

/** When a file was put aside; undefined when it is none of those. */
function msOf(entry: string, prefix: string, ext: string): number | undefined {
  if (!entry.startsWith(prefix) || !entry.endsWith(ext)) return undefined;
  const stamp = entry.slice(prefix.length, entry.length - ext.length);
  const match = /^(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3})$/.exec(stamp);
  if (!match) return undefined;
  const [, day, hour, minute, second] = match;
  const ms = Date.parse(`${day}${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
