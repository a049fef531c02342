/** More kinds of the core group: those that are not about pods, nodes, services and configuration. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { componentStatuses } from './component-status/component-status.ts';
import { events } from './event/event.ts';
import { limitRanges } from './limit-range/limit-range.ts';
import { persistentVolumeClaims } from './persistent-volume-claim/persistent-volume-claim.ts';
import { persistentVolumes } from './persistent-volume/persistent-volume.ts';
import { podTemplates } from './pod-template/pod-template.ts';
import { replicationControllers } from './replication-controller/replication-controller.ts';
import { resourceQuotas } from './resource-quota/resource-quota.ts';

export const coreMoreResources: readonly ResourceDefinition[] = [
  componentStatuses,
  events,
  limitRanges,
  persistentVolumeClaims,
  persistentVolumes,
  podTemplates,
  replicationControllers,
  resourceQuotas,
];
