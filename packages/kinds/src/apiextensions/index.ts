/** The kinds of group apiextensions.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { customResourceDefinitions } from './custom-resource-definition.ts';

export const apiextensionsResources: readonly ResourceDefinition[] = [customResourceDefinitions];
