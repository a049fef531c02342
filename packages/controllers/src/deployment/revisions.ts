/** Revisions: the numbered history of a deployment, kept in annotations of its replica sets. Pure. */
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';

export const annotations = {
  revision: 'deployment.kubernetes.io/revision',
  revisionHistory: 'deployment.kubernetes.io/revision-history',
  desiredReplicas: 'deployment.kubernetes.io/desired-replicas',
  maxReplicas: 'deployment.kubernetes.io/max-replicas',
} as const;

/** Annotations of the deployment that say something about the deployment only. */
const notCopied: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  ...Object.values(annotations),
]);

/** Whole numbers of 64 bits: people may number their replica sets before a deployment adopts them. None is 0. */
export function revisionOf(object: Deployment | ReplicaSet): bigint {
  return parseRevision(object.metadata.annotations?.[annotations.revision]) ?? 0n;
}

function parseRevision(text = ''): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const revision = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, revision) === revision ? revision : undefined;
}

/** One more than any of the old ones. */
export function nextRevision(old: readonly ReplicaSet[]): bigint {
  const last = old.map(revisionOf).reduce((a, b) => (a > b ? a : b), 0n);
  return last + 1n;
}

type Annotations = Readonly<Record<string, string>>;

/**
 * What a current replica set carries: the deployment's annotations, its revision, and the revisions it had before (when a rollback
 * brought it back).
 */
export function annotationsOfNew(
  deployment: Deployment,
  existing: ReplicaSet | undefined,
  revision: bigint,
): Annotations {
  const before = existing?.metadata.annotations ?? {};
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([key]) => !notCopied.has(key),
  );
  const had = before[annotations.revision];
  const moved = had !== undefined && (parseRevision(had) ?? revision) < revision;
  const history = moved
    ? [before[annotations.revisionHistory], had].filter(Boolean).join(',')
    : before[annotations.revisionHistory];
  return {
    ...before,
    ...Object.fromEntries(copied),
    [annotations.revision]: had === undefined || moved ? String(revision) : had,
    ...(history && { [annotations.revisionHistory]: history }),
  };
}

export function sizeAnnotations(replicas: number, surge: number): Annotations {
  return {
    [annotations.desiredReplicas]: String(replicas),
    [annotations.maxReplicas]: String(replicas + surge),
  };
}

/** Replica sets beyond the history limit, oldest first: empty, settled, and not needed for a rollback. */
export function expiredHistory(
  deployment: Deployment,
  old: readonly ReplicaSet[],
): readonly ReplicaSet[] {
  const limit = deployment.spec.revisionHistoryLimit;
  if (limit === undefined) return [];
  const alive = old.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const excess = alive.length - limit;
  if (excess <= 0) return [];
  return alive
    .toSorted((a, b) => Number(revisionOf(a) - revisionOf(b)))
    .slice(0, excess)
    .filter(
      ({ spec, status, metadata }) =>
        (spec.replicas ?? 1) === 0 &&
        (status?.replicas ?? 0) === 0 &&
        (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0),
    );
}
