/**
 * What a reflector is doing. Pure: the loop in `reflector.ts` performs a state and feeds back what happened.
 *
 *     listing/streaming --listed--> watching --ended--> watching ...
 *            ^                        |  \--failed--> waiting --retry--> watching from where it was
 *            \------- expired --------/
 *
 * Invariants: S1 nothing repeats without a pause: a state that follows a failure is `waiting`, except that the first expiry after a
 * healthy watch lists at once. S2 a position is only given up when the server says that it is gone. S3 a list never goes back in time,
 * unless the server says that the time asked for does not exist.
 */
import { limits } from '@navarch/runtime/limits';

/** How to get (back) to a watch. */
export type Plan =
  /** List as of `notOlderThan`: '0' for whatever a cache has, '' for the very latest. */
  | { readonly kind: 'list'; readonly notOlderThan: string }
  /** Let a watch begin with the present state. */
  | { readonly kind: 'stream' }
  | { readonly kind: 'watch'; readonly from: string };

export type State =
  | { readonly kind: 'listing'; readonly notOlderThan: string; readonly attempt: number }
  | { readonly kind: 'streaming'; readonly attempt: number }
  | { readonly kind: 'watching'; readonly from: string; readonly attempt: number }
  /** `attempt` counts failures since things were last healthy. */
  | { readonly kind: 'waiting'; readonly plan: Plan; readonly attempt: number };

export type Event =
  /** The whole state as of `at` has been handed over. */
  | { readonly kind: 'listed'; readonly at: string }
  | { readonly kind: 'changed'; readonly at: string }
  /** The server ended the watch in good order. */
  | { readonly kind: 'ended'; readonly livedMs: number }
  /** Refused, broken or timed out. */
  | { readonly kind: 'failed'; readonly livedMs: number }
  /** The server does not have the version asked for: compacted away, or from another history. */
  | { readonly kind: 'expired'; readonly livedMs: number }
  /** The server does not know watches that begin with the present state. */
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'retry' };

export function start(mode: 'list' | 'stream'): State {
  return enter(mode === 'stream' ? { kind: 'stream' } : { kind: 'list', notOlderThan: '0' }, 0);
}

export function next(state: State, event: Event): State {
  switch (event.kind) {
    case 'listed':
      return isFetching(state)
        ? { kind: 'watching', from: event.at, attempt: state.attempt }
        : state;
    case 'changed':
      return state.kind === 'watching' ? { ...state, from: event.at } : state;
    case 'ended':
      return isStable(event) && state.kind === 'watching'
        ? { ...state, attempt: 0 }
        : pause(state, planOf(state), event);
    case 'failed':
      return pause(state, planOf(state), event);
    case 'expired':
      return startOver(state, event);
    case 'unsupported':
      return state.kind === 'streaming'
        ? enter({ kind: 'list', notOlderThan: '0' }, state.attempt)
        : state;
    default: // retry
      return state.kind === 'waiting' ? enter(state.plan, state.attempt) : state;
  }
}

/** Complete by construction: a missing state or event does not compile. */
export const expected: Record<State['kind'], Record<Event['kind'], State['kind']>> = {
  listing: {
    listed: 'watching',
    changed: 'listing',
    ended: 'waiting',
    failed: 'waiting',
    expired: 'listing',
    unsupported: 'listing',
    retry: 'listing',
  },
  streaming: {
    listed: 'watching',
    changed: 'streaming',
    ended: 'waiting',
    failed: 'waiting',
    expired: 'listing',
    unsupported: 'listing',
    retry: 'streaming',
  },
  watching: {
    listed: 'watching',
    changed: 'watching',
    ended: 'watching',
    failed: 'waiting',
    expired: 'listing',
    unsupported: 'watching',
    retry: 'watching',
  },
  waiting: {
    listed: 'waiting',
    changed: 'waiting',
    ended: 'waiting',
    failed: 'waiting',
    expired: 'waiting',
    unsupported: 'waiting',
    retry: 'watching',
  },
};

/** For logs and debug pages. */
export function describe(state: State): string {
  switch (state.kind) {
    case 'listing':
      return state.notOlderThan === ''
        ? 'listing the latest'
        : `listing not older than ${state.notOlderThan}`;
    case 'streaming':
      return 'reading the present state from a watch';
    case 'watching':
      return `watching from ${state.from}`;
    default:
      return `waiting after failure ${state.attempt} to ${describePlan(state.plan)}`;
  }
}

function describePlan(plan: Plan): string {
  switch (plan.kind) {
    case 'list':
      return 'list';
    case 'stream':
      return 'read the present state';
    default:
      return `watch from ${plan.from}`;
  }
}

function isFetching(state: State): boolean {
  return state.kind === 'listing' || state.kind === 'streaming';
}

function isStable(event: { readonly livedMs: number }): boolean {
  return event.livedMs >= limits.clientWatchStableMs;
}

/** S1 */
function pause(state: State, plan: Plan, event: { readonly livedMs: number }): State {
  if (state.kind === 'waiting') return state;
  return { kind: 'waiting', plan, attempt: isStable(event) ? 1 : state.attempt + 1 };
}

function startOver(state: State, event: { readonly livedMs: number }): State {
  if (state.kind === 'waiting') return state;
  const plan: Plan = { kind: 'list', notOlderThan: '' }; // S3
  if (state.attempt === 0 || isStable(event)) return enter(plan, 1);
  return pause(state, plan, event);
}

/** S2 */
function planOf(state: State): Plan {
  switch (state.kind) {
    case 'listing':
      return { kind: 'list', notOlderThan: state.notOlderThan };
    case 'streaming':
      return { kind: 'stream' };
    case 'watching':
      return { kind: 'watch', from: state.from };
    default:
      return state.plan;
  }
}

function enter(plan: Plan, attempt: number): State {
  switch (plan.kind) {
    case 'list':
      return { kind: 'listing', notOlderThan: plan.notOlderThan, attempt };
    case 'stream':
      return { kind: 'streaming', attempt };
    default:
      return { kind: 'watching', from: plan.from, attempt };
  }
}
