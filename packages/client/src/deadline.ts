/** Time limits on calls, by any clock. */
import type { Clock } from '@navarch/runtime/clock';

export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/** Runs `call` with a signal that is aborted with `signal`, or with `DeadlineExceeded` after `ms`. */
export async function withDeadline<Result>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const linked = linkedAbort(signal);
  const timer = clock.after(ms, () =>
    linked.abort(new DeadlineExceeded(`no answer within ${ms} ms`)),
  );
  try {
    return await call(linked.signal);
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
