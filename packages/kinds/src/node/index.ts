/** The kinds of group node.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { runtimeClasses } from './runtime-class.ts';

export const nodeResources: readonly ResourceDefinition[] = [runtimeClasses];
