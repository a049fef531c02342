/** Runs until somebody says stop: SIGINT (Ctrl-C) or SIGTERM. A second one does not wait. */
import process from 'node:process';

export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const keepAlive = setInterval(() => undefined, 2 ** 30); // Servers may hold no handle of their own.
    const onSignal = (signal: NodeJS.Signals): void => {
      clearInterval(keepAlive);
      for (const name of ['SIGINT', 'SIGTERM'] as const) {
        process.off(name, onSignal);
        process.once(name, () => process.exit(1));
      }
      resolve(signal);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
