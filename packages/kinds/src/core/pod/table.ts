/** How a pod is printed: the one line in which kubectl sums up its state. */
import type { CellValue, TableColumn } from '@navarch/api/extension/resource';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { ContainerState, ContainerStatus } from '@navarch/api/types/core/v1/container-status';
import type { Pod, PodStatus } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../../nil.ts';
import { age, humanDuration } from '../../table/age.ts';
import { none } from '../../table/cells.ts';
import { ageColumn, column, nameColumn, wide } from '../../table/columns.ts';

export const podColumns: readonly TableColumn[] = [
  nameColumn,
  column('Ready', 'The aggregate readiness state of this pod for accepting traffic.'),
  column('Status', 'The aggregate status of the containers in this pod.'),
  column(
    'Restarts',
    'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
  ),
  ageColumn,
  wide(
    'IP',
    'podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated.',
  ),
  wide(
    'Node',
    'NodeName indicates in which node this pod is scheduled. If empty, this pod is a candidate for scheduling by the scheduler defined in schedulerName. Once this field is set, the kubelet for this node becomes responsible for the lifecycle of this pod. This field should not be used to express a desire for the pod to be scheduled on a specific node. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename',
  ),
  wide(
    'Nominated Node',
    'nominatedNodeName is set only when this pod preempts other pods on the node, but it cannot be scheduled right away as preemption victims receive their graceful termination periods. This field does not guarantee that the pod will be scheduled on this node. Scheduler may decide to place the pod elsewhere if other nodes become available sooner. Scheduler may also decide to give the resources on this node to a higher priority pod that is created after preemption. As a result, this field may be different than PodSpec.nodeName when the pod is scheduled.',
  ),
  wide(
    'Readiness Gates',
    'If specified, all readiness gates will be evaluated for pod readiness. A pod is ready when all its containers are ready AND all conditions specified in the readiness gates have status equal to "True" More info: https://git.k8s.io/enhancements/keps/sig-network/580-pod-readiness-gates',
  ),
];

export function podRow(pod: Pod, nowMs: number): readonly CellValue[] {
  const { metadata, spec, status = {} } = pod;
  const summary = summarize(pod);
  const sidecars = listOf(spec.initContainers).filter(isSidecar).length;
  return [
    metadata.name ?? '',
    `${summary.ready}/${listOf(spec.containers).length + sidecars}`,
    summary.reason,
    restartsCell(summary.restarts, nowMs),
    age(nowMs, metadata.creationTimestamp),
    status.podIPs?.[0]?.ip || status.podIP || none,
    spec.nodeName || none,
    status.nominatedNodeName || none,
    gatesCell(pod),
  ];
}

/** Whether the pod is at its end, for clients that leave such rows out. */
export function podRowConditions({ status }: Pod): readonly {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}[] {
  const phase = status?.phase;
  if (phase === 'Succeeded') return [completed(phase, 'The pod has completed successfully.')];
  if (phase === 'Failed') return [completed(phase, 'The pod failed.')];
  return [];
}

function completed(reason: string, message: string) {
  return { type: 'Completed', status: 'True', reason, message };
}

interface Restarts {
  readonly count: number;
  /** When the container that ended last did so. */
  readonly lastMs: number | undefined;
}

interface Summary {
  readonly reason: string;
  readonly ready: number;
  readonly restarts: Restarts;
}

const noRestarts: Restarts = { count: 0, lastMs: undefined };

function summarize(pod: Pod): Summary {
  const { spec, status = {}, metadata } = pod;
  const start = status.reason || status.phase || '';
  const gated = listOf(status.conditions).some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  const initial = gated ? 'SchedulingGated' : start;
  const init = summarizeInit(listOf(spec.initContainers), listOf(status.initContainerStatuses));
  const initialized = init.reason === undefined || hasCondition(status, 'Initialized');
  const summary = initialized
    ? summarizeMain(status, init.reason ?? initial, init.ready, init.sidecarRestarts)
    : { reason: init.reason ?? initial, ready: init.ready, restarts: init.restarts };
  return {
    ...summary,
    reason: deletedReason(metadata.deletionTimestamp, status) ?? summary.reason,
  };
}

function deletedReason(
  deletionTimestamp: string | undefined,
  status: PodStatus,
): string | undefined {
  if (deletionTimestamp === undefined) return undefined;
  if (status.reason === 'NodeLost') return 'Unknown';
  return status.phase === 'Succeeded' || status.phase === 'Failed' ? undefined : 'Terminating';
}

interface InitSummary {
  /** Undefined when all init containers are through. */
  readonly reason: string | undefined;
  readonly ready: number;
  readonly restarts: Restarts;
  readonly sidecarRestarts: Restarts;
}

function summarizeInit(
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
): InitSummary {
  const sidecars = new Set(containers.filter(isSidecar).map(({ name }) => name));
  let ready = 0;
  let restarts = noRestarts;
  let sidecarRestarts = noRestarts;
  for (const [index, status] of statuses.entries()) {
    const sidecar = sidecars.has(status.name);
    restarts = withRestarts(restarts, status);
    if (sidecar) sidecarRestarts = withRestarts(sidecarRestarts, status);
    if (status.state?.terminated?.exitCode === 0) continue;
    if (sidecar && status.started === true) {
      if (status.ready) ready++;
      continue;
    }
    const reason = `Init:${stoppedInit(status.state) ?? `${index}/${containers.length}`}`;
    return { reason, ready, restarts, sidecarRestarts };
  }
  return { reason: undefined, ready, restarts, sidecarRestarts };
}

/** Why an init container does not run; undefined when it does, or is about to. */
function stoppedInit(state: ContainerState | undefined): string | undefined {
  if (state?.terminated) return terminatedReason(state.terminated);
  const waiting = state?.waiting?.reason;
  return waiting && waiting !== 'PodInitializing' ? waiting : undefined;
}

function terminatedReason(terminated: NonNullable<ContainerState['terminated']>): string {
  if (terminated.reason) return terminated.reason;
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`;
}

function summarizeMain(
  status: PodStatus,
  initial: string,
  ready: number,
  before: Restarts,
): Summary {
  let reason = initial;
  let readyCount = ready;
  let restarts = before;
  let running = false;
  // The first container has the last word, so they are read backwards.
  for (const container of listOf(status.containerStatuses).toReversed()) {
    restarts = withRestarts(restarts, container);
    const { state, ready: isReady } = container;
    if (state?.waiting?.reason) reason = state.waiting.reason;
    else if (state?.terminated) reason = terminatedReason(state.terminated);
    else if (isReady && state?.running) {
      running = true;
      readyCount++;
    }
  }
  if (reason === 'Completed' && running) {
    reason = hasCondition(status, 'Ready') ? 'Running' : 'NotReady';
  }
  return { reason, ready: readyCount, restarts };
}

function withRestarts({ count, lastMs }: Restarts, status: ContainerStatus): Restarts {
  const finishedAt = status.lastState?.terminated?.finishedAt;
  const endedMs = finishedAt ? Date.parse(finishedAt) : undefined;
  const later = endedMs !== undefined && (lastMs === undefined || endedMs > lastMs);
  return { count: count + status.restartCount, lastMs: later ? endedMs : lastMs };
}

function restartsCell({ count, lastMs }: Restarts, nowMs: number): string {
  if (count === 0 || lastMs === undefined) return String(count);
  return `${count} (${humanDuration(nowMs - lastMs)} ago)`;
}

function gatesCell({ spec, status }: Pod): string {
  const gates = listOf(spec.readinessGates);
  if (gates.length === 0) return none;
  const met = gates.filter(({ conditionType }) => hasCondition(status, conditionType)).length;
  return `${met}/${gates.length}`;
}

function hasCondition(status: PodStatus | undefined, wanted: string): boolean {
  return listOf(status?.conditions).some(
    ({ type, status: is }) => type === wanted && is === 'True',
  );
}

export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}
