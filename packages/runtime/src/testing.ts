/** What tests and simulations use instead of the real outside world. */
import type { Log, LogFields, LogLevel } from './log.ts';
import { Metrics } from './metrics.ts';
import type { Runtime } from './runtime.ts';
import { seededRandom } from './testing/seeded-random.ts';
import { VirtualClock } from './testing/virtual-clock.ts';

export { seededRandom } from './testing/seeded-random.ts';
export { VirtualClock } from './testing/virtual-clock.ts';

export interface LogLine {
  readonly atMs: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** A log that keeps its lines. */
export function recordingLog(nowMs: () => number, lines: LogLine[], fields: LogFields = {}): Log {
  const write =
    (level: LogLevel) =>
    (message: string, more: LogFields = {}): void => {
      lines.push({ atMs: nowMs(), level, message, fields: { ...fields, ...more } });
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (more) => recordingLog(nowMs, lines, { ...fields, ...more }),
  };
}

export interface VirtualRuntime extends Runtime {
  readonly clock: VirtualClock;
  readonly lines: readonly LogLine[];
}

/** A whole outside world from one seed. */
export function createVirtualRuntime(seed = 1): VirtualRuntime {
  const clock = new VirtualClock();
  const lines: LogLine[] = [];
  return {
    clock,
    random: seededRandom(seed),
    log: recordingLog(() => clock.monotonicMs(), lines),
    metrics: new Metrics(),
    lines,
  };
}
