/**
 * The life of a pod on its node, as the kubelet leads it. Containers have lives of their own: `container.ts`.
 *
 *     preparing -> initialising -> running -> ended
 *          \____________\____________\_________\---> stopping -> gone
 */

export type State =
  /** The sandbox (network, volumes) is being made. */
  | { readonly kind: 'preparing'; readonly readyAtMs: number }
  /** Init containers run, one after the other. */
  | { readonly kind: 'initialising' }
  | { readonly kind: 'running' }
  /** Every container has ended and none will start again. */
  | { readonly kind: 'ended' }
  /** Somebody deleted the pod; containers may take until `deadlineMs` to end. */
  | { readonly kind: 'stopping'; readonly deadlineMs: number }
  /** Nothing of it is left on the node: the API object may go. */
  | { readonly kind: 'gone' };

export type Event =
  | { readonly kind: 'prepared' }
  | { readonly kind: 'initialised' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'deleted'; readonly deadlineMs: number }
  | { readonly kind: 'stopped' };

export function next(state: State, event: Event): State {
  switch (event.kind) {
    case 'prepared':
      return state.kind === 'preparing' ? { kind: 'initialising' } : state;
    case 'initialised':
      return state.kind === 'initialising' ? { kind: 'running' } : state;
    case 'finished':
      return state.kind === 'initialising' || state.kind === 'running' ? { kind: 'ended' } : state;
    case 'deleted':
      return deleted(state, event.deadlineMs);
    case 'stopped':
      return state.kind === 'stopping' ? { kind: 'gone' } : state;
  }
}

/** A second deletion may shorten the time that is left, never lengthen it. */
function deleted(state: State, deadlineMs: number): State {
  if (state.kind === 'gone') return state;
  if (state.kind === 'stopping' && state.deadlineMs <= deadlineMs) return state;
  return { kind: 'stopping', deadlineMs };
}

export function describe(state: State): string {
  switch (state.kind) {
    case 'preparing':
      return `preparing until ${state.readyAtMs}`;
    case 'stopping':
      return `stopping until ${state.deadlineMs}`;
    case 'initialising':
    case 'running':
    case 'ended':
    case 'gone':
      return state.kind;
  }
}

/** Complete by construction: a missing state or event does not compile. The test walks every cell. */
export const expected: Readonly<
  Record<State['kind'], Readonly<Record<Event['kind'], State['kind']>>>
> = {
  preparing: {
    prepared: 'initialising',
    initialised: 'preparing',
    finished: 'preparing',
    deleted: 'stopping',
    stopped: 'preparing',
  },
  initialising: {
    prepared: 'initialising',
    initialised: 'running',
    finished: 'ended',
    deleted: 'stopping',
    stopped: 'initialising',
  },
  running: {
    prepared: 'running',
    initialised: 'running',
    finished: 'ended',
    deleted: 'stopping',
    stopped: 'running',
  },
  ended: {
    prepared: 'ended',
    initialised: 'ended',
    finished: 'ended',
    deleted: 'stopping',
    stopped: 'ended',
  },
  stopping: {
    prepared: 'stopping',
    initialised: 'stopping',
    finished: 'stopping',
    deleted: 'stopping',
    stopped: 'gone',
  },
  gone: {
    prepared: 'gone',
    initialised: 'gone',
    finished: 'gone',
    deleted: 'gone',
    stopped: 'gone',
  },
};
