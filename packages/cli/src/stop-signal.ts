/** Somebody says stop: SIGINT (Ctrl-C) or SIGTERM. A second one does not wait. */
import process from 'node:process';
import { MessageChannel } from 'node:worker_threads';
import type { Clock } from '@navarch/runtime/clock';

export interface StopSignal {
  /** Resolves with the first signal, also when that came before anybody waited. */
  readonly told: Promise<NodeJS.Signals>;
  /** Signals end the process again, and nothing keeps it alive. */
  release(): void;
}

/**
 * One Ctrl-C can arrive twice: from the terminal, which tells the whole process group, and from a parent such as npm, which passes
 * on what it was told. What comes this soon after the first is the same.
 */
const echoMs = 100;
const names = ['SIGINT', 'SIGTERM'] as const;

/** Listens from now on, and keeps the process alive: servers may hold no handle of their own. */
export function listenForStop(clock: Clock): StopSignal {
  const first = Promise.withResolvers<NodeJS.Signals>();
  let toldAtMs: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (toldAtMs !== undefined && clock.monotonicMs() - toldAtMs > echoMs) process.exit(1);
    toldAtMs ??= clock.monotonicMs();
    first.resolve(signal);
  };
  const keepAlive = new MessageChannel(); // A port that somebody listens to is a handle that needs no timer.
  keepAlive.port1.on('message', () => undefined);
  for (const name of names) process.on(name, onSignal);
  return {
    told: first.promise,
    release: () => {
      keepAlive.port1.close();
      for (const name of names) process.off(name, onSignal);
    },
  };
}
