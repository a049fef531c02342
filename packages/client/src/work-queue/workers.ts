/** The loops that empty a work queue. */
import { errorText } from '@navarch/runtime/log';
import { isConflict, isNamespaceTerminating } from '../errors.ts';
import type { Reconcile, WorkerOptions, WorkQueue } from '../work-queue.ts';

/** After this long without a pause, a worker lets the rest of the process have a turn. */
const turnMs = 10;

export function startWorkers(queue: WorkQueue, reconcile: Reconcile, options: WorkerOptions): void {
  const { lifetime, count, ready } = options;
  lifetime.onStop(() => queue.stop());
  lifetime.run(`workers of ${queue.name}`, async (signal) => {
    await ready?.(signal);
    await Promise.all(Array.from({ length: count }, () => work(queue, reconcile, options, signal)));
  });
}

async function work(
  queue: WorkQueue,
  reconcile: Reconcile,
  options: WorkerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = options.runtime;
  let turnBeganMs = clock.monotonicMs();
  for (let key = await queue.next(); key !== undefined; key = await queue.next()) {
    try {
      await processKey(queue, key, reconcile, signal);
    } catch (error) {
      retryLater(queue, key, error, { log: options.runtime.log, signal });
    }
    queue.done(key);
    // Keys that need no I/O are done within one turn of the event loop; sockets and timers would starve.
    if (clock.monotonicMs() - turnBeganMs >= turnMs) {
      await new Promise<void>((resolve) => clock.soon(resolve));
      turnBeganMs = clock.monotonicMs();
    }
  }
}

async function processKey(
  queue: WorkQueue,
  key: string,
  reconcile: Reconcile,
  signal: AbortSignal,
): Promise<void> {
  const result = await reconcile(key, signal);
  if (result?.requeue) {
    queue.addRateLimited(key);
    return;
  }
  queue.forget(key);
  if (result?.requeueAfterMs !== undefined) queue.addAfter(key, result.requeueAfterMs);
}

function retryLater(
  queue: WorkQueue,
  key: string,
  error: unknown,
  { log, signal }: { log: WorkerOptions['runtime']['log']; signal: AbortSignal },
): void {
  if (signal.aborted) return;
  const fields = { queue: queue.name, key, error: errorText(error), retries: queue.retries(key) };
  // Losing a race is how optimistic concurrency works: nothing for people to look at.
  if (isConflict(error) || isNamespaceTerminating(error)) log.debug('trying again', fields);
  else log.error('reconciling failed; trying again', fields);
  queue.addRateLimited(key);
}
