/** Time limits on calls, by any clock. */
import type { Clock } from '@navarch/runtime/clock';

export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/**
 * Runs `call` with a signal that is aborted with `signal`, or with `DeadlineExceeded` after `ms`. The deadline also holds for a call
 * that does not listen to its signal.
 */
export async function withDeadline<Result>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const linked = linkedAbort(signal);
  const late = Promise.withResolvers<never>();
  const timer = clock.after(ms, () => {
    const exceeded = new DeadlineExceeded(`no answer within ${ms} ms`);
    linked.abort(exceeded);
    late.reject(exceeded);
  });
  try {
    return await Promise.race([call(linked.signal), late.promise]);
  } finally {
    timer.cancel();
    linked.release();
  }
}

export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Lets go of the parent, which may live much longer. Call it when done. */
  release(): void;
}

/** A signal that can be aborted by itself and is with its parent. */
export function linkedAbort(parent: AbortSignal): LinkedAbort {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(parent.reason);
  if (parent.aborted) onAbort();
  else parent.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release: () => parent.removeEventListener('abort', onAbort),
  };
}
