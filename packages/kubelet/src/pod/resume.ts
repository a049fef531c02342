/** Picks up a pod that ran before this process started: what its status says was running, runs on. Pure. */
import type {
  ContainerStateTerminated,
  ContainerStatus,
} from '@navarch/api/types/core/v1/container-status';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { parseTime } from '@navarch/api/time';
import { behaviourOf } from './behaviour.ts';
import { type ContainerRun, type Exit, newContainer } from './container.ts';
import type { PodRun } from './plan.ts';
import type { State } from './state.ts';

/** Undefined when its status says that nothing of it has been started yet. */
export function resumePod(pod: Pod, ip: string): PodRun | undefined {
  const { startTime, podIP, phase } = pod.status ?? {};
  if (startTime === undefined || podIP === undefined) return undefined;
  const runs = (
    containers: readonly Container[] | undefined,
    statuses: readonly ContainerStatus[] | undefined,
  ): ContainerRun[] =>
    (containers ?? []).map((container) =>
      resumeContainer(
        pod,
        container,
        statuses?.find(({ name }) => name === container.name),
      ),
    );
  const main = runs(pod.spec.containers, pod.status?.containerStatuses);
  return {
    uid: pod.metadata.uid ?? '',
    state: stateOf(phase, main),
    startedAtMs: parseTime(startTime),
    ip,
    init: runs(pod.spec.initContainers, pod.status?.initContainerStatuses),
    main,
    ephemeral: runs(pod.spec.ephemeralContainers, pod.status?.ephemeralContainerStatuses),
    ...(phase === 'Failed' &&
      pod.status?.reason && {
        failure: { reason: pod.status.reason, message: pod.status.message ?? '' },
      }),
  };
}

function stateOf(phase: string | undefined, main: readonly ContainerRun[]): State {
  if (phase === 'Succeeded' || phase === 'Failed') return { kind: 'ended' };
  return main.some(({ state }) => state.kind !== 'waiting')
    ? { kind: 'running' }
    : { kind: 'initialising' };
}

function resumeContainer(
  pod: Pod,
  container: Container,
  status: ContainerStatus | undefined,
): ContainerRun {
  const fresh = newContainer(container.name, container.image ?? '');
  const { running, terminated } = status?.state ?? {};
  const restarts = status?.restartCount ?? 0;
  const before = status?.lastState?.terminated;
  // One that runs again has the run before in there, one that waits the last.
  const lastExit = before && exitOf(before, running ? restarts - 1 : restarts);
  const known = { ...fresh, restarts, ...(lastExit && { lastExit }) };
  if (running?.startedAt) {
    const behaviour = behaviourOf(pod, container);
    const startedAtMs = parseTime(running.startedAt);
    const state = {
      kind: 'running',
      startedAtMs,
      readyAtMs: startedAtMs + behaviour.readyAfterMs,
      exitAtMs: startedAtMs + behaviour.runsForMs,
    } as const;
    return { ...known, state };
  }
  if (terminated)
    return { ...known, state: { kind: 'exited', exit: exitOf(terminated, restarts) } };
  return known;
}

function exitOf(terminated: ContainerStateTerminated, start: number): Exit {
  return {
    exitCode: terminated.exitCode,
    startedAtMs: terminated.startedAt ? parseTime(terminated.startedAt) : 0,
    finishedAtMs: terminated.finishedAt ? parseTime(terminated.finishedAt) : 0,
    start,
  };
}
