/** The real outside world: the machine's clock, randomness, and a log. */
import { Metrics } from './metrics.ts';
import { nodeClock } from './node/clock.ts';
import { createLog, type LogOptions } from './node/log.ts';
import { nodeRandom } from './node/random.ts';
import type { Runtime } from './runtime.ts';

export type { LogFormat, LogOptions } from './node/log.ts';

export function createNodeRuntime(log: LogOptions): Runtime {
  return { clock: nodeClock, random: nodeRandom, log: createLog(log), metrics: new Metrics() };
}
