/** The replication controller controller: replication controllers are kept as replica sets are. */
import { replicationControllers } from '@navarch/api/resources';
import type { ReplicaSet, ReplicaSetStatus } from '@navarch/api/types/apps/v1/replica-set';
import type { ReplicationController } from '@navarch/api/types/core/v1/replication-controller';
import type { ControllerDefinition } from '../controller.ts';
import type { ReplicaKind } from '../replica-set/replica-kind.ts';
import { startReplicaController } from '../replica-set/replica-set.ts';

export const replicationControllerController: ControllerDefinition = {
  name: 'replicationcontroller-controller',
  serviceAccount: 'replication-controller',
  eventSource: 'replication-controller',
  start: (deps) => startReplicaController(deps, replicationControllerKind),
};

const replicationControllerKind: ReplicaKind<ReplicationController> = {
  reference: replicationControllers,
  queue: 'replicationmanager',
  asReplicaSet,
  withStatus,
};

/** Its selector is a map of labels; without one it selects what its template makes, which the server has written into it. */
function asReplicaSet({ metadata, spec, status }: ReplicationController): ReplicaSet {
  const { selector, ...rest } = spec;
  return {
    metadata,
    spec: { ...rest, selector: { matchLabels: selector ?? {} } },
    ...(status && { status }),
  };
}

/** It has no count of the pods that are going. */
function withStatus(
  controller: ReplicationController,
  status: ReplicaSetStatus,
): ReplicationController {
  const { terminatingReplicas: _, ...counted } = status;
  return { ...controller, status: counted };
}
