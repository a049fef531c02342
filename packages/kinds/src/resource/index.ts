/** The kinds of group resource.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { deviceClasses } from './device-class.ts';
import { resourceClaims, resourceClaimTemplates } from './resource-claim.ts';
import { resourceSlices } from './resource-slice.ts';

export const resourceResources: readonly ResourceDefinition[] = [
  deviceClasses,
  resourceClaims,
  resourceClaimTemplates,
  resourceSlices,
];
