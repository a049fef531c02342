/** The kinds of group coordination.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { leases } from './lease.ts';

export const coordinationResources: readonly ResourceDefinition[] = [leases];
