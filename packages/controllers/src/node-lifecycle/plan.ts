/** What a node's silence or sickness means for its status and taints. Pure. */
import { formatTime } from '@navarch/api/time';
import type { Node, NodeCondition } from '@navarch/api/types/core/v1/node';
import type { Taint } from '@navarch/api/types/core/v1/scheduling';
import { taintKeys } from '../nodes/taints.ts';

/** What a kubelet reports. The network's condition is somebody else's. */
const reportedTypes = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

export function readyStatus({ status }: Node): string | undefined {
  return status?.conditions?.find(({ type }) => type === 'Ready')?.status;
}

/** The conditions of a node that has not been heard of for too long: nothing is known. */
export function unknownConditions(node: Node, nowMs: number): readonly NodeCondition[] {
  const before = node.status?.conditions ?? [];
  const now = formatTime(nowMs);
  const known = before.map((condition) => {
    const isReported = reportedTypes.some((type) => type === condition.type);
    if (!isReported || condition.status === 'Unknown') return condition;
    return {
      ...condition,
      status: 'Unknown' as const,
      lastTransitionTime: now,
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    };
  });
  const missing = reportedTypes
    .filter((type) => !before.some((condition) => condition.type === type))
    .map((type) => ({
      type,
      status: 'Unknown' as const,
      lastHeartbeatTime: node.metadata.creationTimestamp ?? now,
      lastTransitionTime: now,
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
    }));
  return [...known, ...missing];
}

/** Which taint a condition makes, by its type and status. */
const taintOfCondition: Readonly<Record<string, string>> = {
  'Ready False': taintKeys.notReady,
  'Ready Unknown': taintKeys.unreachable,
  'MemoryPressure True': taintKeys.memoryPressure,
  'DiskPressure True': taintKeys.diskPressure,
  'PIDPressure True': taintKeys.pidPressure,
  'NetworkUnavailable True': taintKeys.networkUnavailable,
};

const ourKeys: ReadonlySet<string> = new Set([
  ...Object.values(taintOfCondition),
  taintKeys.unschedulable,
]);

/** The taints that keep new pods away. */
function noScheduleKeys({ spec, status }: Node): readonly string[] {
  const keys = (status?.conditions ?? []).flatMap(
    (condition) => taintOfCondition[`${condition.type} ${condition.status}`] ?? [],
  );
  return spec.unschedulable ? [...keys, taintKeys.unschedulable] : keys;
}

/** The taint that drives pods away; undefined when there is to be none. */
export function noExecuteKey(node: Node): string | undefined {
  const status = readyStatus(node);
  return status === undefined ? undefined : taintOfCondition[`Ready ${status}`];
}

/** May pods be driven away? `keep`: not now, or not as fast; what is tainted stays so. `never`: nobody knows who is sick. */
export type Eviction = 'allowed' | 'keep' | 'never';

/** Undefined when nothing changes. Taints that somebody else put there stay. */
export function planTaints(
  node: Node,
  eviction: Eviction,
  nowMs: number,
): readonly Taint[] | undefined {
  const before = node.spec.taints ?? [];
  const wanted: Taint[] = [
    ...noScheduleKeys(node).map((key) => ({ key, effect: 'NoSchedule' as const })),
    ...plannedNoExecute(node, eviction).map((key) => ({ key, effect: 'NoExecute' as const })),
  ];
  const kept = before.filter((taint) => !isOurs(taint) || wanted.some((it) => isSame(it, taint)));
  const added = wanted.filter((taint) => !before.some((it) => isSame(it, taint)));
  if (added.length === 0 && kept.length === before.length) return undefined;
  const timeAdded = formatTime(nowMs);
  return [...kept, ...added.map((taint) => ({ ...taint, timeAdded }))];
}

function plannedNoExecute(node: Node, eviction: Eviction): readonly string[] {
  const key = noExecuteKey(node);
  if (!key || eviction === 'never') return [];
  // From one kind of sickness to the other there is no new decision.
  return eviction === 'allowed' || isEvicting(node) ? [key] : [];
}

/** Whether pods are being driven away already. */
export function isEvicting({ spec }: Node): boolean {
  return (spec.taints ?? []).some(
    ({ key, effect }) =>
      effect === 'NoExecute' && (key === taintKeys.notReady || key === taintKeys.unreachable),
  );
}

function isOurs({ key, effect }: Taint): boolean {
  if (effect === 'NoSchedule') return ourKeys.has(key);
  const isSickness = key === taintKeys.notReady || key === taintKeys.unreachable;
  return effect === 'NoExecute' && isSickness;
}

function isSame(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect;
}

/** Old names of labels that some still read, with the labels that they follow. */
const followingLabels = [
  ['kubernetes.io/os', 'beta.kubernetes.io/os'],
  ['kubernetes.io/arch', 'beta.kubernetes.io/arch'],
] as const;

/** Labels to be set; empty when all is well. */
export function planLabels({ metadata }: Node): Readonly<Record<string, string>> {
  const { labels = {} } = metadata;
  return Object.fromEntries(
    followingLabels.flatMap(([leading, following]) => {
      const value = labels[leading];
      return value === undefined || labels[following] === value ? [] : [[following, value]];
    }),
  );
}
