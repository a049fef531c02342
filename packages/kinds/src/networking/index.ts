/** The kinds of group networking.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { ingressClasses } from './ingress-class.ts';
import { ingresses } from './ingress/ingress.ts';
import { ipAddresses } from './ip-address.ts';
import { networkPolicies } from './network-policy/network-policy.ts';
import { serviceCidrs } from './service-cidr.ts';

export const networkingResources: readonly ResourceDefinition[] = [
  ingressClasses,
  ingresses,
  ipAddresses,
  networkPolicies,
  serviceCidrs,
];
