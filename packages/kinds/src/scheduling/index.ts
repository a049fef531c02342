/** The kinds of group scheduling.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { priorityClasses } from './priority-class.ts';

export const schedulingResources: readonly ResourceDefinition[] = [priorityClasses];
