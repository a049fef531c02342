/** All controllers. To add one: a folder, and a line here. */
import { attributesClassProtectionController } from './attributes-class-protection/attributes-class-protection.ts';
import { claimProtectionController } from './claim-protection/claim-protection.ts';
import { clusterRoleAggregationController } from './cluster-role-aggregation/cluster-role-aggregation.ts';
import type { ControllerDefinition } from './controller.ts';
import { deploymentController } from './deployment/deployment.ts';
import { disruptionController } from './disruption/disruption.ts';
import { endpointSliceController } from './endpoint-slice/endpoint-slice.ts';
import { endpointSliceMirroringController } from './endpoint-slice-mirroring/endpoint-slice-mirroring.ts';
import { endpointsController } from './endpoints/endpoints.ts';
import { garbageCollectorController } from './garbage-collector/garbage-collector.ts';
import { namespaceController } from './namespace/namespace.ts';
import { nodeLifecycleController } from './node-lifecycle/node-lifecycle.ts';
import { podGarbageCollectorController } from './pod-garbage-collector/pod-garbage-collector.ts';
import { replicaSetController } from './replica-set/replica-set.ts';
import { replicationControllerController } from './replication-controller/replication-controller.ts';
import { resourceQuotaController } from './resource-quota/resource-quota.ts';
import { rootCaController } from './root-ca/root-ca.ts';
import { serviceAccountController } from './service-account/service-account.ts';
import { taintEvictionController } from './taint-eviction/taint-eviction.ts';
import { volumeProtectionController } from './volume-protection/volume-protection.ts';

export const controllers: readonly ControllerDefinition[] = [
  serviceAccountController,
  rootCaController,
  garbageCollectorController,
  namespaceController,
  replicaSetController,
  replicationControllerController,
  deploymentController,
  endpointSliceController,
  endpointsController,
  endpointSliceMirroringController,
  nodeLifecycleController,
  taintEvictionController,
  podGarbageCollectorController,
  clusterRoleAggregationController,
  disruptionController,
  resourceQuotaController,
  claimProtectionController,
  volumeProtectionController,
  attributesClassProtectionController,
];
