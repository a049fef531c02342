/** The status that a kubelet reports for a pod, as a pure function of what the pod does on the node. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { ContainerState, ContainerStatus } from '@navarch/api/types/core/v1/container-status';
import type { Pod, PodCondition, PodPhase, PodStatus } from '@navarch/api/types/core/v1/pod';
import { formatTime } from '@navarch/api/time';
import {
  type ContainerRun,
  type Exit,
  exitOf,
  isReady,
  isRunning,
  isUnstarted,
} from './container.ts';
import { pullError } from './image.ts';
import type { PodRun } from './plan.ts';

export interface Host {
  readonly ip: string;
}

/** Only what a kubelet owns: other conditions and fields stay as they are. */
export function podStatusOf(pod: Pod, run: PodRun, host: Host, nowMs: number): PodStatus {
  const prepared = run.state.kind !== 'preparing' && run.state.kind !== 'gone';
  const ip = pod.spec.hostNetwork ? host.ip : run.ip;
  const phase = phaseOf(run);
  const statuses = (
    runs: readonly ContainerRun[],
    specs: readonly Container[] | undefined,
  ): ContainerStatus[] =>
    runs.map((container, index) =>
      containerStatusOf(pod, run, { container, spec: specs?.[index] }, nowMs),
    );
  return {
    observedGeneration: pod.metadata.generation,
    phase,
    conditions: conditionsOf(pod, run, phase, nowMs),
    ...run.failure,
    hostIP: host.ip,
    hostIPs: [{ ip: host.ip }],
    ...(prepared && { podIP: ip, podIPs: [{ ip }] }),
    startTime: formatTime(run.startedAtMs),
    ...(run.init.length > 0 && {
      initContainerStatuses: statuses(run.init, pod.spec.initContainers),
    }),
    containerStatuses: statuses(run.main, pod.spec.containers),
    ...(run.ephemeral.length > 0 && {
      ephemeralContainerStatuses: statuses(run.ephemeral, pod.spec.ephemeralContainers),
    }),
  };
}

function phaseOf(run: PodRun): PodPhase {
  if (run.failure) return 'Failed';
  switch (run.state.kind) {
    case 'preparing':
    case 'initialising':
      return 'Pending';
    case 'running':
      return run.main.some(isUnstarted) ? 'Pending' : 'Running';
    case 'ended':
      return endedPhase(run);
    case 'stopping':
      if (run.main.some(isUnstarted)) return 'Pending';
      return run.main.some(isRunning) ? 'Running' : endedPhase(run);
    case 'gone':
      return endedPhase(run);
  }
}

function endedPhase(run: PodRun): PodPhase {
  const succeeded = run.main.every((container) => exitOf(container)?.exitCode === 0);
  return succeeded ? 'Succeeded' : 'Failed';
}

interface Judgement {
  readonly holds: boolean;
  readonly reason?: string;
  readonly message?: string;
}

function conditionsOf(pod: Pod, run: PodRun, phase: PodPhase, nowMs: number): PodCondition[] {
  const sandbox =
    run.state.kind !== 'preparing' && run.state.kind !== 'ended' && run.state.kind !== 'gone';
  const ready = containersReady(pod, run, phase, nowMs);
  const judged: Readonly<Record<string, Judgement>> = {
    PodReadyToStartContainers: { holds: sandbox },
    Initialized: initialized(pod, run, phase),
    Ready: ready.holds ? gatesReady(pod) : ready,
    ContainersReady: ready,
    PodScheduled: { holds: true },
  };
  return Object.entries(judged).map(([type, judgement]) => condition(pod, type, judgement, nowMs));
}

/** A condition keeps its transition time while its status stays the same. */
function condition(
  pod: Pod,
  type: string,
  { holds, reason, message }: Judgement,
  nowMs: number,
): PodCondition {
  const before = pod.status?.conditions?.find((existing) => existing.type === type);
  const status = holds ? 'True' : 'False';
  return {
    type,
    observedGeneration: pod.metadata.generation,
    status,
    lastProbeTime: before?.lastProbeTime,
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : formatTime(nowMs),
    ...(reason && { reason }),
    ...(message && { message }),
  };
}

function initialized(pod: Pod, run: PodRun, phase: PodPhase): Judgement {
  if (phase === 'Succeeded') return { holds: true, reason: 'PodCompleted' };
  const open = run.init.filter((container, index) =>
    pod.spec.initContainers?.[index]?.restartPolicy === 'Always'
      ? isUnstarted(container)
      : exitOf(container)?.exitCode !== 0,
  );
  if (open.length === 0) return { holds: true };
  const names = open.map((container) => container.name).join(' ');
  return {
    holds: false,
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${names}]`,
  };
}

function containersReady(pod: Pod, run: PodRun, phase: PodPhase, nowMs: number): Judgement {
  if (phase === 'Succeeded') return { holds: false, reason: 'PodCompleted' };
  if (phase === 'Failed') return { holds: false, reason: 'PodFailed' };
  const sidecars = run.init.filter(
    (_, index) => pod.spec.initContainers?.[index]?.restartPolicy === 'Always',
  );
  const unready = [...sidecars, ...run.main].filter((container) => !isReady(container, nowMs));
  if (unready.length === 0 && run.state.kind === 'running') return { holds: true };
  const names = (unready.length > 0 ? unready : run.main)
    .map((container) => container.name)
    .join(' ');
  return {
    holds: false,
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${names}]`,
  };
}

/** Readiness gates are conditions that somebody else reports. */
function gatesReady(pod: Pod): Judgement {
  const open = (pod.spec.readinessGates ?? []).filter(
    (gate) =>
      !pod.status?.conditions?.some(
        ({ type, status }) => type === gate.conditionType && status === 'True',
      ),
  );
  const [first] = open;
  if (!first) return { holds: true };
  const missing = !pod.status?.conditions?.some(({ type }) => type === first.conditionType);
  const message = missing
    ? `corresponding condition of pod readiness gate "${first.conditionType}" does not exist.`
    : `the status of pod readiness gate "${first.conditionType}" is not "True", but False`;
  return { holds: false, reason: 'ReadinessGatesNotReady', message };
}

interface ContainerOnPod {
  readonly container: ContainerRun;
  readonly spec: Container | undefined;
}

function containerStatusOf(
  pod: Pod,
  run: PodRun,
  { container, spec }: ContainerOnPod,
  nowMs: number,
): ContainerStatus {
  const started = isRunning(container) && isReadyOrUnprobed(container, spec, nowMs);
  const ran = !isUnstarted(container);
  const startNumber = exitOf(container)?.start ?? container.restarts;
  const exitedWell = exitOf(container)?.exitCode === 0 && run.init.includes(container);
  return {
    name: container.name,
    state: currentState(pod, run, container),
    lastState: container.lastExit
      ? { terminated: terminated(run, container, container.lastExit) }
      : {},
    ready: isReady(container, nowMs) || exitedWell,
    restartCount: container.restarts,
    image: container.image,
    imageID: ran ? imageId(container.image) : '',
    ...(ran && { containerID: containerId(run, container, startNumber) }),
    started,
    ...(ran &&
      spec?.resources && {
        resources: spec.resources,
        allocatedResources: spec.resources.requests,
      }),
  };
}

function isReadyOrUnprobed(
  container: ContainerRun,
  spec: Container | undefined,
  nowMs: number,
): boolean {
  return spec?.startupProbe === undefined || isReady(container, nowMs);
}

function currentState(pod: Pod, run: PodRun, container: ContainerRun): ContainerState {
  const { state } = container;
  switch (state.kind) {
    case 'waiting':
    case 'pulling': {
      const initialising = run.init.length > 0 && run.state.kind !== 'running';
      return { waiting: { reason: initialising ? 'PodInitializing' : 'ContainerCreating' } };
    }
    case 'pullFailed':
      return waiting('ErrImagePull', pullError(container.image));
    case 'pullBackOff': {
      const cause = pullError(container.image);
      const message = `Back-off pulling image "${container.image}": ErrImagePull: ${cause}`;
      return waiting('ImagePullBackOff', message);
    }
    case 'notConfigured':
      return waiting('CreateContainerConfigError', state.problem);
    case 'running':
      return { running: { startedAt: formatTime(state.startedAtMs) } };
    case 'backOff': {
      const { name, namespace, uid } = pod.metadata;
      const message = `back-off ${goSeconds(state.delayMs)} restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`;
      return waiting('CrashLoopBackOff', message);
    }
    case 'exited':
      return { terminated: terminated(run, container, state.exit) };
  }
}

function waiting(reason: string, message: string): ContainerState {
  return { waiting: { reason, message } };
}

/** `10s`, `2m40s`: how Go prints whole seconds. */
function goSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}

function terminated(
  run: PodRun,
  container: ContainerRun,
  exit: Exit,
): ContainerState['terminated'] {
  return {
    exitCode: exit.exitCode,
    reason: exit.exitCode === 0 ? 'Completed' : 'Error',
    startedAt: formatTime(exit.startedAtMs),
    finishedAt: formatTime(exit.finishedAtMs),
    containerID: containerId(run, container, exit.start),
  };
}

/** An id that a container engine could have given: stable for one start of one container of one pod. */
function containerId(run: PodRun, container: ContainerRun, start: number): string {
  return `containerd://${digest(`${run.uid}/${container.name}/${start}`)}`;
}

function imageId(image: string): string {
  return `${image.replace(/@.*$/, '').replace(/:[^/]*$/, '')}@sha256:${digest(image)}`;
}

/** 64 hexadecimal digits from a text: eight rounds of FNV-1a. An identifier, not a checksum. */
function digest(text: string): string {
  let hex = '';
  for (let round = 0; round < 8; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (let index = 0; index < text.length; index++)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hex += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return hex;
}

/** Absent in `wanted`, these vanish: they say something about a moment that has passed. */
const passing = ['reason', 'message'] as const;

/** What the API object must become, as a strategic merge patch; undefined when it is so already. */
export function statusPatch(pod: Pod, wanted: PodStatus): unknown {
  const current = pod.status ?? {};
  const changes: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(wanted) as [keyof PodStatus, unknown][]) {
    if (field !== 'conditions' && !sameJson(current[field], value)) changes[field] = value;
  }
  for (const field of passing)
    if (wanted[field] === undefined && current[field] !== undefined) changes[field] = null;
  const conditions = conditionChanges(current.conditions, wanted.conditions);
  if (conditions.length > 0) {
    changes[`${mergeOrder}conditions`] = conditionOrder(current.conditions, wanted.conditions);
    changes.conditions = conditions;
  }
  if (Object.keys(changes).length === 0) return undefined;
  return { metadata: { uid: pod.metadata.uid }, status: changes };
}

const mergeOrder = '$setElementOrder/';

/** Ours come last, in our order. */
function conditionOrder(
  reported: readonly PodCondition[] = [],
  wanted: readonly PodCondition[] = [],
): readonly { readonly type: string }[] {
  const ours = new Set(wanted.map(({ type }) => type));
  const others = reported.filter(({ type }) => !ours.has(type));
  return [...others, ...wanted].map(({ type }) => ({ type }));
}

/** Those of our conditions that differ from what is reported. They are merged by type: what is to vanish is null. */
function conditionChanges(
  reported: readonly PodCondition[] | undefined,
  wanted: readonly PodCondition[] | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  return (wanted ?? []).flatMap((condition) => {
    const before = reported?.find(({ type }) => type === condition.type);
    if (sameJson(before, condition)) return [];
    const gone = passing.filter((field) => before?.[field] !== undefined && !condition[field]);
    return [{ ...condition, ...Object.fromEntries(gone.map((field) => [field, null])) }];
  });
}

/** Equal as JSON: absent, undefined and null members count the same, and so does the order of members. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b || ((a ?? undefined) === undefined && (b ?? undefined) === undefined)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    );
  }
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys) if (!sameJson(left[key], right[key])) return false;
  return true;
}
