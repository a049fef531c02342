/** The kinds of group certificates.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { certificateSigningRequests } from './certificate-signing-request.ts';

export const certificatesResources: readonly ResourceDefinition[] = [certificateSigningRequests];
