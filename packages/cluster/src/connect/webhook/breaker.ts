/**
 * Does not ask who did not answer in time again and again: after so many calls in a row that timed out, calls fail at once for a
 * while; then one is let through to see, and the others go on failing until it is back.
 *
 * Only time-outs count. Whoever refuses at once, or answers nonsense, costs nobody their time and is asked every time.
 */

export type BreakerState =
  | { readonly kind: 'closed'; readonly timeouts: number }
  | { readonly kind: 'open'; readonly untilMs: number }
  /** One call is under way that will tell. */
  | { readonly kind: 'probing' };

export type BreakerEvent =
  /** Somebody wants to call. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'answered' }
  /** Whoever asked left before anything was known. */
  | { readonly kind: 'left' };

export interface BreakerLimits {
  /** Calls in a row that time out before the next are not made. */
  readonly timeoutsMax: number;
  readonly openMs: number;
}

export const closed: BreakerState = { kind: 'closed', timeouts: 0 };

export function next(
  state: BreakerState,
  event: BreakerEvent,
  nowMs: number,
  { timeoutsMax, openMs }: BreakerLimits,
): BreakerState {
  switch (event.kind) {
    case 'answered':
      return closed;
    case 'timedOut':
      return timedOut(state, nowMs + openMs, timeoutsMax);
    case 'asked':
      return state.kind === 'open' && nowMs >= state.untilMs ? { kind: 'probing' } : state;
    case 'left':
      // It may have been the one that was to tell: the next one does.
      return state.kind === 'probing' ? { kind: 'open', untilMs: nowMs } : state;
    default:
      return event satisfies never;
  }
}

function timedOut(state: BreakerState, untilMs: number, timeoutsMax: number): BreakerState {
  if (state.kind === 'open') return state;
  const timeouts = state.kind === 'closed' ? state.timeouts + 1 : timeoutsMax;
  return timeouts >= timeoutsMax ? { kind: 'open', untilMs } : { kind: 'closed', timeouts };
}

/** One webhook's. */
export class Breaker {
  readonly #limits: BreakerLimits;
  #state: BreakerState = closed;

  constructor(limits: BreakerLimits) {
    this.#limits = limits;
  }

  /** Nothing is remembered. */
  get isClosed(): boolean {
    return this.#state.kind === 'closed' && this.#state.timeouts === 0;
  }

  /** Whether the call may be made. Whoever may says afterwards how it ended. */
  mayPass(nowMs: number): boolean {
    if (this.#state.kind === 'closed') return true;
    const before = this.#state;
    this.#state = next(before, { kind: 'asked' }, nowMs, this.#limits);
    return this.#state !== before;
  }

  /** True when calls fail at once from now on, and did not before. */
  ended(how: Exclude<BreakerEvent['kind'], 'asked'>, nowMs: number): boolean {
    const wasClosed = this.#state.kind === 'closed';
    this.#state = next(this.#state, { kind: how }, nowMs, this.#limits);
    return wasClosed && this.#state.kind === 'open';
  }
}
