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
  | { readonly kind: 'pullFailed'; readonly retryAtMs: number; readonly attempts: number }
  | {
      readonly kind: 'running';
      readonly startedAtMs: number;
      readonly readyAtMs: number;
      readonly exitAtMs: number;
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

/** What a step did, for events and logs. */
export type Happening =
  | {
      readonly kind: 'pulling' | 'created' | 'started' | 'backingOff' | 'pullFailed';
      readonly container: string;
      readonly image: string;
    }
  | {
      readonly kind: 'pulled';
      readonly container: string;
      readonly image: string;
      readonly tookMs: number;
    }
  | { readonly kind: 'present'; readonly container: string; readonly image: string }
  | { readonly kind: 'stopping'; readonly container: string; readonly image: string };

export interface Step {
  readonly run: ContainerRun;
  readonly happened: readonly Happening[];
}

const pullRetryFirstMs = 10_000;
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
      return startPull(run, input, happened);
    case 'pulling':
      if (nowMs < state.untilMs) return run;
      happened.push({ ...of(run), kind: 'pulled', tookMs: state.untilMs - state.sinceMs });
      return start(run, input, happened);
    case 'pullFailed':
      return nowMs < state.retryAtMs ? run : failPull(run, state.attempts + 1, nowMs, happened);
    case 'running':
      return nowMs < state.exitAtMs ? run : end(run, state, input, happened);
    case 'backOff':
      if (nowMs < state.untilMs) return run;
      happened.push({ ...of(run), kind: 'present' });
      return start({ ...run, restarts: run.restarts + 1 }, input, happened);
    case 'exited':
      return run;
  }
}

function of(run: ContainerRun): { readonly container: string; readonly image: string } {
  return { container: run.name, image: run.image };
}

function startPull(run: ContainerRun, input: StepInput, happened: Happening[]): ContainerRun {
  const { behaviour, nowMs } = input;
  if (behaviour.pullFails) return failPull(run, 1, nowMs, happened);
  if (input.imagePresent) {
    happened.push({ ...of(run), kind: 'present' });
    return start(run, input, happened);
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
  return { ...run, state: { kind: 'pullFailed', retryAtMs: nowMs + delayMs, attempts } };
}

function start(
  run: ContainerRun,
  { behaviour, nowMs }: StepInput,
  happened: Happening[],
): ContainerRun {
  happened.push({ ...of(run), kind: 'created' }, { ...of(run), kind: 'started' });
  return {
    ...run,
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
  const exit: Exit = {
    exitCode: behaviour.exitCode,
    startedAtMs: state.startedAtMs,
    finishedAtMs: state.exitAtMs,
    start: run.restarts,
  };
  const again = restart === 'Always' || (restart === 'OnFailure' && behaviour.exitCode !== 0);
  if (!again) return { ...run, state: { kind: 'exited', exit } };
  const ranLong = exit.finishedAtMs - exit.startedAtMs >= backOffResetMs;
  const delayMs =
    ranLong || run.restarts === 0
      ? 0
      : Math.min(backOffFirstMs * 2 ** (run.restarts - 1), backOffMaxMs);
  if (delayMs > 0) happened.push({ ...of(run), kind: 'backingOff' });
  return { ...run, lastExit: exit, state: { kind: 'backOff', untilMs: nowMs + delayMs, delayMs } };
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
      return run.lastExit ? { ...run, state: { kind: 'exited', exit: run.lastExit } } : run;
    case 'waiting':
    case 'pulling':
    case 'pullFailed':
      return run;
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
      return state.retryAtMs;
    case 'running':
      return Math.min(state.exitAtMs, nowMs < state.readyAtMs ? state.readyAtMs : never);
    case 'waiting':
    case 'exited':
      return never;
  }
}
