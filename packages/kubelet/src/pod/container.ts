/** The life of one container: what it is doing now, and when that changes. Pure. */
import type { RestartPolicy } from '@navarch/api/types/core/v1/pod';
import type { Behaviour } from './behaviour.ts';

export interface Exit {
  readonly exitCode: number;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  /** Which start of the container this was, for its id. */
  readonly start: number;
}

export type ContainerState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'pulling'; readonly sinceMs: number; readonly untilMs: number }
  /** An attempt to pull has just failed. */
  | {
      readonly kind: 'pullFailed';
      readonly backOffAtMs: number;
      readonly retryAtMs: number;
      readonly attempts: number;
    }
  /** It waits with the next attempt. */
  | { readonly kind: 'pullBackOff'; readonly retryAtMs: number; readonly attempts: number }
  /** What its environment refers to is not there. */
  | { readonly kind: 'notConfigured'; readonly problem: string; readonly retryAtMs: number }
  | {
      readonly kind: 'running';
      readonly startedAtMs: number;
      readonly readyAtMs: number;
      readonly exitAtMs: number;
      /** Of who was told to end, by what was typed. */
      readonly exitCode?: number;
    }
  | { readonly kind: 'backOff'; readonly untilMs: number; readonly delayMs: number }
  | { readonly kind: 'exited'; readonly exit: Exit };

export interface ContainerRun {
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  readonly restarts: number;
  /** How it ended the time before. */
  readonly lastExit?: Exit;
}

/** What a step did to a container, for events and logs. */
export interface Happening {
  readonly kind:
    | 'pulling'
    | 'present'
    | 'pullFailed'
    | 'pullBackOff'
    | 'notConfigured'
    | 'created'
    | 'started'
    | 'unready'
    | 'stopping'
    | 'redefined'
    | 'backingOff'
    | 'pulled';
  readonly container: string;
  readonly image: string;
  /** Of `pulled`. */
  readonly tookMs?: number;
  /** Of `notConfigured`. */
  readonly problem?: string;
}

export interface Step {
  readonly run: ContainerRun;
  readonly happened: readonly Happening[];
}

const pullRetryFirstMs = 10_000;
/** From a failed attempt to saying that the next one has to wait. */
const pullBackOffAfterMs = 1000;
const configurationRetryMs = 10_000;
/** Asking the registry about an image that the node has. */
const pullPresentMs = 1;
const backOffFirstMs = 10_000;
const backOffMaxMs = 300_000;
/** A container that ran this long is forgiven its earlier crashes. */
const backOffResetMs = 600_000;

export const never = Number.POSITIVE_INFINITY;

export function newContainer(name: string, image: string): ContainerRun {
  return { name, image, state: { kind: 'waiting' }, restarts: 0 };
}

export interface StepInput {
  readonly behaviour: Behaviour;
  readonly restart: RestartPolicy;
  readonly nowMs: number;
  /** The image is on the node already. */
  readonly imagePresent: boolean;
  /** The registry is asked though the image is there. */
  readonly pullsAlways: boolean;
  /** Why the container cannot be created, such as `configmap "web" not found`. */
  readonly problem?: string | undefined;
}

/** Moves a container on, as far as `nowMs` allows. Gives the same run when nothing is due. */
export function step(run: ContainerRun, input: StepInput): Step {
  const happened: Happening[] = [];
  let current = run;
  for (;;) {
    const moved = stepOnce(current, input, happened);
    if (moved === current) return { run: current, happened };
    current = moved;
  }
}

function stepOnce(run: ContainerRun, input: StepInput, happened: Happening[]): ContainerRun {
  const { state } = run;
  const { nowMs } = input;
  switch (state.kind) {
    case 'waiting':
      return begin(run, input, happened);
    case 'pulling':
      if (nowMs < state.untilMs) return run;
      happened.push({ ...of(run), kind: 'pulled', tookMs: state.untilMs - state.sinceMs });
      return create(run, input, happened);
    case 'pullFailed':
      return nowMs < state.backOffAtMs ? run : backOffPull(run, state, happened);
    case 'pullBackOff':
      return nowMs < state.retryAtMs ? run : begin(run, input, happened, state.attempts);
    case 'notConfigured':
      return nowMs < state.retryAtMs ? run : begin(run, input, happened);
    case 'running':
      return nowMs < state.exitAtMs ? run : end(run, state, input, happened);
    case 'backOff':
      return nowMs < state.untilMs ? run : begin(run, input, happened);
    case 'exited':
      return run;
  }
}

function of(run: ContainerRun): { readonly container: string; readonly image: string } {
  return { container: run.name, image: run.image };
}

/** Gets the image, and goes on when it is there. `attempts`: how often that has failed. */
function begin(
  run: ContainerRun,
  input: StepInput,
  happened: Happening[],
  attempts = 0,
): ContainerRun {
  const { behaviour, nowMs } = input;
  if (behaviour.pullFails) return failPull(run, attempts + 1, nowMs, happened);
  const isPulled = happened.some(({ kind }) => kind === 'pulled'); // In this very step.
  if (input.imagePresent || isPulled) {
    if (!input.pullsAlways) happened.push({ ...of(run), kind: 'present' });
    else
      happened.push(
        { ...of(run), kind: 'pulling' },
        { ...of(run), kind: 'pulled', tookMs: pullPresentMs },
      );
    return create(run, input, happened);
  }
  happened.push({ ...of(run), kind: 'pulling' });
  return { ...run, state: { kind: 'pulling', sinceMs: nowMs, untilMs: nowMs + behaviour.pullMs } };
}

function failPull(
  run: ContainerRun,
  attempts: number,
  nowMs: number,
  happened: Happening[],
): ContainerRun {
  happened.push({ ...of(run), kind: 'pulling' }, { ...of(run), kind: 'pullFailed' });
  const delayMs = Math.min(pullRetryFirstMs * 2 ** (attempts - 1), backOffMaxMs);
  const backOffAtMs = nowMs + pullBackOffAfterMs;
  return {
    ...run,
    state: { kind: 'pullFailed', backOffAtMs, retryAtMs: nowMs + delayMs, attempts },
  };
}

function backOffPull(
  run: ContainerRun,
  { retryAtMs, attempts }: Extract<ContainerState, { kind: 'pullFailed' }>,
  happened: Happening[],
): ContainerRun {
  happened.push({ ...of(run), kind: 'pullBackOff' });
  return { ...run, state: { kind: 'pullBackOff', retryAtMs, attempts } };
}

function create(run: ContainerRun, input: StepInput, happened: Happening[]): ContainerRun {
  const { behaviour, nowMs, problem } = input;
  if (problem !== undefined) {
    happened.push({ ...of(run), kind: 'notConfigured', problem });
    const retryAtMs = nowMs + configurationRetryMs;
    return { ...run, state: { kind: 'notConfigured', problem, retryAtMs } };
  }
  happened.push({ ...of(run), kind: 'created' }, { ...of(run), kind: 'started' });
  if (behaviour.readyAfterMs === never) happened.push({ ...of(run), kind: 'unready' });
  return {
    ...run,
    restarts: run.lastExit ? run.lastExit.start + 1 : run.restarts,
    state: {
      kind: 'running',
      startedAtMs: nowMs,
      readyAtMs: nowMs + behaviour.readyAfterMs,
      exitAtMs: nowMs + behaviour.runsForMs,
    },
  };
}

function end(
  run: ContainerRun,
  state: Extract<ContainerState, { kind: 'running' }>,
  { behaviour, restart, nowMs }: StepInput,
  happened: Happening[],
): ContainerRun {
  const { exitCode = behaviour.exitCode } = state;
  const exit: Exit = {
    exitCode,
    startedAtMs: state.startedAtMs,
    finishedAtMs: state.exitAtMs,
    start: run.restarts,
  };
  const again = restart === 'Always' || (restart === 'OnFailure' && exitCode !== 0);
  if (!again) return { ...run, state: { kind: 'exited', exit } };
  const ranLong = exit.finishedAtMs - exit.startedAtMs >= backOffResetMs;
  const delayMs =
    ranLong || run.restarts === 0
      ? 0
      : Math.min(backOffFirstMs * 2 ** (run.restarts - 1), backOffMaxMs);
  if (delayMs > 0) happened.push({ ...of(run), kind: 'backingOff' });
  return { ...run, lastExit: exit, state: { kind: 'backOff', untilMs: nowMs + delayMs, delayMs } };
}

/** A container that runs leaves by itself, now. */
export function leave(run: ContainerRun, nowMs: number, exitCode: number): ContainerRun {
  if (run.state.kind !== 'running') return run;
  return { ...run, state: { ...run.state, exitAtMs: nowMs, exitCode } };
}

/** Ends a container because the pod goes: what runs is told to stop, what waits never starts. */
export function terminate(run: ContainerRun, nowMs: number, exitCode: number): ContainerRun {
  switch (run.state.kind) {
    case 'running':
      return {
        ...run,
        state: {
          kind: 'exited',
          exit: {
            exitCode,
            startedAtMs: run.state.startedAtMs,
            finishedAtMs: nowMs,
            start: run.restarts,
          },
        },
      };
    case 'exited':
      return run;
    case 'backOff':
    case 'waiting':
    case 'pulling':
    case 'pullFailed':
    case 'pullBackOff':
    case 'notConfigured':
      return run.lastExit ? { ...run, state: { kind: 'exited', exit: run.lastExit } } : run;
  }
}

/** Nothing of it has run, or it is between two runs without a back-off. */
export function isUnstarted({ state, lastExit }: ContainerRun): boolean {
  switch (state.kind) {
    case 'running':
    case 'backOff':
    case 'exited':
      return false;
    case 'waiting':
    case 'pulling':
    case 'pullFailed':
    case 'pullBackOff':
    case 'notConfigured':
      return lastExit === undefined;
  }
}

export function isRunning(run: ContainerRun): boolean {
  return run.state.kind === 'running';
}

export function isReady(run: ContainerRun, nowMs: number): boolean {
  return run.state.kind === 'running' && nowMs >= run.state.readyAtMs;
}

export function exitOf(run: ContainerRun): Exit | undefined {
  return run.state.kind === 'exited' ? run.state.exit : undefined;
}

/** When the container changes by itself next; `never` when it does not. */
export function dueMs({ state }: ContainerRun, nowMs: number): number {
  switch (state.kind) {
    case 'pulling':
    case 'backOff':
      return state.untilMs;
    case 'pullFailed':
      return state.backOffAtMs;
    case 'pullBackOff':
    case 'notConfigured':
      return state.retryAtMs;
    case 'running':
      return Math.min(state.exitAtMs, nowMs < state.readyAtMs ? state.readyAtMs : never);
    case 'waiting':
    case 'exited':
      return never;
  }
}
