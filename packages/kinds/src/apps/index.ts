/** The kinds of group apps. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { controllerRevisions } from './controller-revision.ts';
import { daemonSets } from './daemon-set/daemon-set.ts';
import { deployments } from './deployment/deployment.ts';
import { replicaSets } from './replica-set/replica-set.ts';
import { statefulSets } from './stateful-set/stateful-set.ts';

export const appsResources: readonly ResourceDefinition[] = [
  controllerRevisions,
  daemonSets,
  deployments,
  replicaSets,
  statefulSets,
];
