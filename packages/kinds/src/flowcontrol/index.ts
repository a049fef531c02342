/** The kinds of group flowcontrol.apiserver.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { flowSchemas } from './flow-schema.ts';
import { priorityLevelConfigurations } from './priority-level-configuration.ts';

export const flowcontrolResources: readonly ResourceDefinition[] = [
  flowSchemas,
  priorityLevelConfigurations,
];
