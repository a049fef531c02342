/**
 * What a pod on a node does next, as a pure function of its object, what it did so far, and the time.
 *
 * Invariants: P1 an init container starts after the one before it succeeded (a restartable one: started). P2 no regular container
 * starts before all init containers are through. P3 nothing starts in a pod that is being deleted. P4 `wakeAtMs` is the first moment
 * at which the answer changes by itself.
 */
import { afterSeconds } from '@navarch/api/int64';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod, RestartPolicy } from '@navarch/api/types/core/v1/pod';
import { parseTime } from '@navarch/api/time';
import { type Behaviour, behaviourOf } from './behaviour.ts';
import {
  type ContainerRun,
  dueMs,
  exitOf,
  type Happening,
  isRunning,
  never,
  newContainer,
  step,
  terminate,
} from './container.ts';
import { next, type State } from './state.ts';

export interface PodRun {
  readonly uid: string;
  readonly state: State;
  readonly startedAtMs: number;
  readonly ip: string;
  readonly init: readonly ContainerRun[];
  readonly main: readonly ContainerRun[];
  readonly ephemeral: readonly ContainerRun[];
  /** What could not be mounted when it was last tried. */
  readonly mounting?: { readonly attempts: number; readonly retryAtMs: number };
  /** Why the kubelet ended the pod itself, such as DeadlineExceeded. */
  readonly failure?: { readonly reason: string; readonly message: string };
}

export interface Plan {
  readonly run: PodRun;
  readonly wakeAtMs: number;
  readonly happened: readonly Happening[];
  readonly mountFailures: readonly MountFailure[];
}

export interface MountFailure {
  readonly volume: string;
  /** Such as `secret "web" not found`. */
  readonly problem: string;
}

/** What the pod refers to and is not there. */
export interface Missing {
  /** By the name of the container. */
  readonly environment: ReadonlyMap<string, string>;
  readonly volumes: readonly MountFailure[];
}

export const nothingMissing: Missing = { environment: new Map(), volumes: [] };

/** What the node has. */
export interface Surroundings {
  readonly hasImage: (image: string) => boolean;
  readonly missing: Missing;
}

const mountRetryFirstMs = 500;
const mountRetryMaxMs = 122_000;
const sandboxMs = 5;
/** How long a simulated container takes to obey SIGTERM. */
const stopMs = 20;
/** Exit codes of a process that ended by SIGTERM and by SIGKILL. A server expects the former, and ends well. */
const exitServed = 0;
const exitTerminated = 143;
const exitKilled = 137;

/** A pod that the node has just been given. */
export function beginPod(pod: Pod, ip: string, nowMs: number): PodRun {
  const containers = (of: readonly Container[] | undefined): ContainerRun[] =>
    (of ?? []).map(({ name, image }) => newContainer(name, image ?? ''));
  return {
    uid: pod.metadata.uid ?? '',
    state: { kind: 'preparing', readyAtMs: nowMs + sandboxMs },
    startedAtMs: nowMs,
    ip,
    init: containers(pod.spec.initContainers),
    main: containers(pod.spec.containers),
    ephemeral: [],
  };
}

export function plan(pod: Pod, before: PodRun, nowMs: number, surroundings: Surroundings): Plan {
  const planner = new Planner(pod, before, nowMs, surroundings);
  return planner.plan();
}

class Planner {
  readonly #pod: Pod;
  readonly #nowMs: number;
  readonly #surroundings: Surroundings;
  readonly #happened: Happening[] = [];
  #mountFailures: readonly MountFailure[] = [];
  #run: PodRun;

  constructor(pod: Pod, run: PodRun, nowMs: number, surroundings: Surroundings) {
    this.#pod = pod;
    this.#run = run;
    this.#nowMs = nowMs;
    this.#surroundings = surroundings;
  }

  plan(): Plan {
    this.#noticeDeletion();
    this.#noticeDeadline();
    for (let state: State | undefined; state !== this.#run.state;) {
      state = this.#run.state;
      this.#act(state);
    }
    return {
      run: this.#run,
      wakeAtMs: this.#wakeAtMs(),
      happened: this.#happened,
      mountFailures: this.#mountFailures,
    };
  }

  #noticeDeletion(): void {
    const { deletionTimestamp, deletionGracePeriodSeconds } = this.#pod.metadata;
    if (deletionTimestamp === undefined) return;
    // The timestamp already includes the grace period.
    const deadlineMs =
      deletionGracePeriodSeconds === 0 ? this.#nowMs : parseTime(deletionTimestamp);
    const wasStopping = this.#run.state.kind === 'stopping';
    this.#change(next(this.#run.state, { kind: 'deleted', deadlineMs }));
    if (!wasStopping && this.#run.state.kind === 'stopping') this.#announceStop();
  }

  #announceStop(): void {
    for (const run of this.#all()) {
      if (isRunning(run))
        this.#happened.push({ kind: 'stopping', container: run.name, image: run.image });
    }
  }

  #noticeDeadline(): void {
    const endMs = this.#deadlineMs();
    if (this.#nowMs < endMs || this.#run.failure) return;
    if (this.#run.state.kind !== 'running' && this.#run.state.kind !== 'initialising') return;
    this.#announceStop();
    const failure = {
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    };
    this.#run = { ...this.#run, failure };
    this.#endAll(exitOnRequest);
    this.#change(next(this.#run.state, { kind: 'finished' }));
  }

  #deadlineMs(): number {
    const { activeDeadlineSeconds } = this.#pod.spec;
    return activeDeadlineSeconds === undefined
      ? never
      : afterSeconds(this.#run.startedAtMs, activeDeadlineSeconds);
  }

  #act(state: State): void {
    switch (state.kind) {
      case 'preparing':
        if (this.#nowMs >= this.#preparedAtMs(state.readyAtMs) && this.#mount())
          this.#change(next(state, { kind: 'prepared' }));
        break;
      case 'initialising':
        this.#initialise();
        break;
      case 'running':
        this.#runContainers();
        break;
      case 'stopping':
        this.#stop(state.deadlineMs);
        break;
      case 'ended':
      case 'gone':
        break;
    }
  }

  #preparedAtMs(readyAtMs: number): number {
    return Math.max(readyAtMs, this.#run.mounting?.retryAtMs ?? 0);
  }

  /** Whether all volumes are there; if not, says when to look again. */
  #mount(): boolean {
    const { volumes } = this.#surroundings.missing;
    if (volumes.length === 0) return true;
    const attempts = (this.#run.mounting?.attempts ?? 0) + 1;
    const delayMs = Math.min(mountRetryFirstMs * 2 ** (attempts - 1), mountRetryMaxMs);
    this.#run = { ...this.#run, mounting: { attempts, retryAtMs: this.#nowMs + delayMs } };
    this.#mountFailures = volumes;
    return false;
  }

  /** P1. */
  #initialise(): void {
    for (const [index, container] of (this.#pod.spec.initContainers ?? []).entries()) {
      const before = this.#run.init[index];
      if (!before) continue;
      const sidecar = container.restartPolicy === 'Always';
      const run = this.#step(
        container,
        before,
        sidecar ? 'Always' : restartOfInit(this.#restart()),
      );
      this.#run = { ...this.#run, init: this.#run.init.with(index, run) };
      if (sidecar ? isRunning(run) : exitOf(run)?.exitCode === 0) continue;
      if (exitOf(run)) this.#change(next(this.#run.state, { kind: 'finished' })); // It failed for good, and so did the pod.
      return;
    }
    this.#change(next(this.#run.state, { kind: 'initialised' })); // P2
  }

  #runContainers(): void {
    const specs = this.#pod.spec;
    const sidecars = this.#run.init.map((run, index) => {
      const container = specs.initContainers?.[index];
      return container?.restartPolicy === 'Always' ? this.#step(container, run, 'Always') : run;
    });
    const main = this.#run.main.map((run, index) => {
      const container = specs.containers[index];
      return container ? this.#step(container, run, this.#restart()) : run;
    });
    const ephemeral = (specs.ephemeralContainers ?? []).map((container, index) => {
      const run = this.#run.ephemeral[index] ?? newContainer(container.name, container.image ?? '');
      return this.#step(container, run, 'Never');
    });
    this.#run = { ...this.#run, init: sidecars, main, ephemeral };
    if (!main.every((run) => exitOf(run))) return;
    this.#run = {
      ...this.#run,
      init: sidecars.map((run) => terminate(run, this.#nowMs, exitOnRequest(run))),
    };
    this.#change(next(this.#run.state, { kind: 'finished' }));
  }

  #step(container: Container, before: ContainerRun, restart: RestartPolicy): ContainerRun {
    const behaviour: Behaviour = behaviourOf(this.#pod, container);
    const run = this.#noticeImage(before, container.image ?? '');
    const stepped = step(run, {
      behaviour,
      restart,
      nowMs: this.#nowMs,
      imagePresent: this.#surroundings.hasImage(run.image),
      pullsAlways: container.imagePullPolicy === 'Always',
      problem: this.#surroundings.missing.environment.get(container.name),
    });
    this.#happened.push(...stepped.happened);
    return stepped.run;
  }

  /** Somebody gave the container another image: it begins anew with that one. */
  #noticeImage(run: ContainerRun, image: string): ContainerRun {
    if (run.image === image || exitOf(run)) return run;
    if (isRunning(run))
      this.#happened.push({ kind: 'redefined', container: run.name, image: run.image });
    const lastExit = exitOf(terminate(run, this.#nowMs, exitOnRequest(run)));
    return { ...run, image, state: { kind: 'waiting' }, ...(lastExit && { lastExit }) };
  }

  /** P3. */
  #stop(deadlineMs: number): void {
    const obeyedMs = this.#stopBeganMs(deadlineMs) + stopMs;
    if (this.#nowMs < Math.min(obeyedMs, deadlineMs) && this.#all().some(isRunning)) return;
    this.#endAll(this.#nowMs >= deadlineMs ? () => exitKilled : exitOnRequest);
    this.#change(next(this.#run.state, { kind: 'stopped' }));
  }

  /** The deletion's moment: its deadline less the grace period. */
  #stopBeganMs(deadlineMs: number): number {
    return deadlineMs - Number(this.#pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  }

  #endAll(exitCode: (run: ContainerRun) => number): void {
    const end = (run: ContainerRun): ContainerRun => terminate(run, this.#nowMs, exitCode(run));
    const { init, main, ephemeral } = this.#run;
    this.#run = {
      ...this.#run,
      init: init.map(end),
      main: main.map(end),
      ephemeral: ephemeral.map(end),
    };
  }

  /** P4. */
  #wakeAtMs(): number {
    const { state } = this.#run;
    if (state.kind === 'preparing') return this.#preparedAtMs(state.readyAtMs);
    if (state.kind === 'stopping')
      return Math.min(this.#stopBeganMs(state.deadlineMs) + stopMs, state.deadlineMs);
    if (state.kind === 'gone' || state.kind === 'ended') return never;
    return Math.min(this.#deadlineMs(), ...this.#all().map((run) => dueMs(run, this.#nowMs)));
  }

  #change(state: State): void {
    if (state !== this.#run.state) this.#run = { ...this.#run, state };
  }

  #all(): readonly ContainerRun[] {
    return [...this.#run.init, ...this.#run.main, ...this.#run.ephemeral];
  }

  #restart(): RestartPolicy {
    return this.#pod.spec.restartPolicy ?? 'Always';
  }
}

function exitOnRequest({ state }: ContainerRun): number {
  return state.kind === 'running' && state.exitAtMs === never ? exitServed : exitTerminated;
}

/** An init container that succeeded stays so; one that failed is tried again unless the pod says never. */
function restartOfInit(podPolicy: RestartPolicy): RestartPolicy {
  return podPolicy === 'Never' ? 'Never' : 'OnFailure';
}
