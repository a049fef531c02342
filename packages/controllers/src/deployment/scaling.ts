/** How many replicas each replica set of a deployment should have next. Pure: one step of a rollout at a time. */
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import { annotations, sizeAnnotations } from './revisions.ts';
import { type RolloutLimits, rolloutLimits } from './rollout-limits.ts';

/** A new size; or the present one, when only what the replica set remembers of the deployment's size is behind. */
export interface Scaling {
  readonly replicaSet: ReplicaSet;
  readonly replicas: number;
}

export function wanted(replicaSet: ReplicaSet): number {
  return replicaSet.spec.replicas ?? 1;
}

export function totalWanted(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, replicaSet) => sum + wanted(replicaSet), 0);
}

function available(replicaSet: ReplicaSet): number {
  return replicaSet.status?.availableReplicas ?? 0;
}

function totalAvailable(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((sum, replicaSet) => sum + available(replicaSet), 0);
}

/** The size of a replica set that is (or becomes) the current one: up to what surge leaves free. */
export function newReplicaCount(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  current: number,
): number {
  const { replicas, maxSurge } = rolloutLimits(deployment);
  if (deployment.spec.strategy?.type === 'Recreate') return replicas;
  const free = replicas + maxSurge - totalWanted(all);
  if (free <= 0) return current;
  return current + Math.min(free, replicas - current);
}

/** A step of a rolling update: the new one up first; then the old ones down, as far as availability allows. */
export function rollingStep(
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
): readonly Scaling[] {
  const limits = rolloutLimits(deployment);
  const all = [...old, current];
  const up =
    wanted(current) > limits.replicas
      ? limits.replicas
      : newReplicaCount(deployment, all, wanted(current));
  if (up !== wanted(current)) return [{ replicaSet: current, replicas: up }];
  return scaleDownOld(current, old, limits);
}

function scaleDownOld(
  current: ReplicaSet,
  old: readonly ReplicaSet[],
  limits: RolloutLimits,
): readonly Scaling[] {
  if (totalWanted(old) === 0) return [];
  const minAvailable = limits.replicas - limits.maxUnavailable;
  const newUnavailable = wanted(current) - available(current);
  const maxDown = totalWanted([...old, current]) - minAvailable - newUnavailable;
  if (maxDown <= 0) return [];
  const sizes = new Map(old.map((replicaSet) => [replicaSet, wanted(replicaSet)]));
  const oldestFirst = old.toSorted(byAge);
  // Pods that are not available anyway go first: they cost nothing.
  let left = maxDown;
  for (const replicaSet of oldestFirst) {
    const down = Math.min(left, Math.max(wanted(replicaSet) - available(replicaSet), 0));
    sizes.set(replicaSet, wanted(replicaSet) - down);
    left -= down;
  }
  let spare = totalAvailable([...old, current]) - minAvailable;
  for (const replicaSet of oldestFirst) {
    const size = sizes.get(replicaSet) ?? 0;
    const down = Math.min(Math.max(spare, 0), size);
    sizes.set(replicaSet, size - down);
    spare -= down;
  }
  return changes(sizes);
}

/** Old ones to nothing, all at once. */
export function scaleDownAll(old: readonly ReplicaSet[]): readonly Scaling[] {
  return old
    .filter((replicaSet) => wanted(replicaSet) > 0)
    .map((replicaSet) => ({ replicaSet, replicas: 0 }));
}

/** `replicas` of the deployment changed while nothing rolls, or while it is paused. */
export function rescale(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): readonly Scaling[] {
  const { replicas } = rolloutLimits(deployment);
  const only = activeOrLatest(current, old);
  if (only) {
    const settled = wanted(only) === replicas && remembersSize(deployment, only);
    return settled ? [] : [{ replicaSet: only, replicas }];
  }
  if (current && isSaturated(deployment, current)) return scaleDownAll(old);
  if (deployment.spec.strategy?.type === 'Recreate') return [];
  return proportional(deployment, [...old, ...(current ? [current] : [])]);
}

/** The one replica set that has all the replicas, or would; undefined when several share them. */
function activeOrLatest(
  current: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): ReplicaSet | undefined {
  const active = [...old, ...(current ? [current] : [])].filter(
    (replicaSet) => wanted(replicaSet) > 0,
  );
  if (active.length > 1) return undefined;
  return active[0] ?? current ?? old.toSorted(byAge).at(-1);
}

function isSaturated(deployment: Deployment, current: ReplicaSet): boolean {
  const { replicas } = rolloutLimits(deployment);
  const desired = Number(current.metadata.annotations?.[annotations.desiredReplicas] ?? Number.NaN);
  return wanted(current) === replicas && desired === replicas && available(current) === replicas;
}

/** Shares the change among the active replica sets by their size; what rounding leaves goes to the first. */
function proportional(deployment: Deployment, all: readonly ReplicaSet[]): readonly Scaling[] {
  const { replicas, maxSurge } = rolloutLimits(deployment);
  const active = all.filter((replicaSet) => wanted(replicaSet) > 0);
  const change = (replicas > 0 ? replicas + maxSurge : 0) - totalWanted(active);
  const ordered = active.toSorted(
    (a, b) => wanted(b) - wanted(a) || (change > 0 ? byAge(b, a) : byAge(a, b)),
  );
  const sizes = new Map(ordered.map((replicaSet) => [replicaSet, wanted(replicaSet)]));
  let added = 0;
  for (const replicaSet of change === 0 ? [] : ordered) {
    const left = change - added;
    const share = fairShare(deployment, replicaSet, replicas + maxSurge);
    const part = left > 0 ? Math.min(share, left) : Math.max(share, left);
    sizes.set(replicaSet, wanted(replicaSet) + part);
    added += part;
  }
  const [first] = ordered;
  if (first) sizes.set(first, Math.max((sizes.get(first) ?? 0) + change - added, 0));
  const behind = [...sizes].filter(
    ([replicaSet, size]) => wanted(replicaSet) !== size || !remembersSize(deployment, replicaSet),
  );
  return behind.map(([replicaSet, size]) => ({ replicaSet, replicas: size }));
}

/** Whether the annotations say the deployment's present size. One that does not keeps the deployment rescaling. */
function remembersSize(deployment: Deployment, { metadata }: ReplicaSet): boolean {
  const { replicas, maxSurge } = rolloutLimits(deployment);
  const expected = Object.entries(sizeAnnotations(replicas, maxSurge));
  return expected.every(([name, value]) => metadata.annotations?.[name] === value);
}

function fairShare(deployment: Deployment, replicaSet: ReplicaSet, allowed: number): number {
  if ((deployment.spec.replicas ?? 1) === 0) return -wanted(replicaSet);
  const before =
    Number(replicaSet.metadata.annotations?.[annotations.maxReplicas] ?? 0) ||
    (deployment.status?.replicas ?? 0);
  return before === 0
    ? 0
    : Math.round((wanted(replicaSet) * allowed) / before) - wanted(replicaSet);
}

function changes(sizes: ReadonlyMap<ReplicaSet, number>): readonly Scaling[] {
  return [...sizes]
    .filter(([replicaSet, replicas]) => wanted(replicaSet) !== replicas)
    .map(([replicaSet, replicas]) => ({ replicaSet, replicas }));
}

/** Oldest first; names decide between those of one second. */
export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [left, right] = [a, b].map(
    ({ metadata }) => `${metadata.creationTimestamp ?? ''}/${metadata.name}`,
  );
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
