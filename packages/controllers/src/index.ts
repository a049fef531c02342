/** All controllers. To add one: a folder, and a line here. */
import type { ControllerDefinition } from './controller.ts';
import { deploymentController } from './deployment/deployment.ts';
import { replicaSetController } from './replica-set/replica-set.ts';

export const controllers: readonly ControllerDefinition[] = [
  replicaSetController,
  deploymentController,
];
