/** The kinds of group apiregistration.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { apiServices } from './api-service.ts';

export const apiregistrationResources: readonly ResourceDefinition[] = [apiServices];
