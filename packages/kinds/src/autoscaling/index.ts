/** The kinds of group autoscaling. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { autoscalersV1, autoscalersV2 } from './horizontal-pod-autoscaler.ts';

export const autoscalingResources: readonly ResourceDefinition[] = [autoscalersV2, autoscalersV1];
