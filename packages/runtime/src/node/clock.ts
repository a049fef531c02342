/** The machine's clock. */
import { performance } from 'node:perf_hooks';
import { type Clock, sleepWith, type Timer } from '../clock.ts';

/** The longest delay that `setTimeout` takes; more would fire at once. */
const timeoutMaxMs = 2 ** 31 - 1;

function after(ms: number, run: () => void): Timer {
  const timer = setTimeout(run, Math.min(Math.max(ms, 0), timeoutMaxMs));
  timer.unref();
  return { cancel: () => clearTimeout(timer) };
}

export const nodeClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after,
  soon: (run) => void setImmediate(run),
  sleep: (ms, signal) => sleepWith(after, ms, signal),
};
