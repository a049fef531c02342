/** What is kept as replica sets are: the kind, and how its objects are said as replica sets. Pure. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { replicaSets, type ResourceReference } from '@navarch/api/resources';
import type { ReplicaSet, ReplicaSetStatus } from '@navarch/api/types/apps/v1/replica-set';

export interface ReplicaKind<T extends KubernetesObject> {
  readonly reference: ResourceReference<T>;
  /** Its queue in the metrics. */
  readonly queue: string;
  asReplicaSet(object: T): ReplicaSet;
  withStatus(object: T, status: ReplicaSetStatus): T;
}

export const replicaSetKind: ReplicaKind<ReplicaSet> = {
  reference: replicaSets,
  queue: 'replicaset',
  asReplicaSet: (replicaSet) => replicaSet,
  withStatus: (replicaSet, status) => ({ ...replicaSet, status }),
};
