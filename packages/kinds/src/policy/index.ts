/** The kinds of group policy. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { podDisruptionBudgets } from './pod-disruption-budget.ts';

export const policyResources: readonly ResourceDefinition[] = [podDisruptionBudgets];
