/** Runs until somebody says stop: SIGINT (Ctrl-C) or SIGTERM. A second one does not wait. */
import process from 'node:process';
import type { Clock } from '@navarch/runtime/clock';

/**
 * One Ctrl-C can arrive twice: from the terminal, which tells the whole process group, and from a parent such as npm, which passes
 * on what it was told. What comes this soon after the first is the same.
 */
const echoMs = 100;

export function untilSignal(clock: Clock): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const keepAlive = setInterval(() => undefined, 2 ** 30); // Servers may hold no handle of their own.
    const onSignal = (signal: NodeJS.Signals): void => {
      clearInterval(keepAlive);
      const toldAtMs = clock.monotonicMs();
      for (const name of ['SIGINT', 'SIGTERM'] as const) {
        process.off(name, onSignal);
        process.on(name, () => {
          if (clock.monotonicMs() - toldAtMs > echoMs) process.exit(1);
        });
      }
      resolve(signal);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
