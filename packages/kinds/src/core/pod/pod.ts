/** Pods: containers that run together on one node. What everything else exists for. */
import type { ObjectSubresource } from '@navarch/api/extension/resource';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { defineResource } from '../../define.ts';
import { bindingSubresource } from './binding.ts';
import {
  attachSubresource,
  execSubresource,
  portForwardSubresource,
  proxySubresource,
} from './connect.ts';
import { setPodDefaults } from './defaults.ts';
import { evictionSubresource } from './eviction.ts';
import { logSubresource } from './log.ts';
import {
  prepareForCreate,
  prepareForEphemeralContainers,
  prepareForResize,
  prepareForStatusUpdate,
  prepareForUpdate,
} from './prepare.ts';
import { podColumns, podRow, podRowConditions } from './table.ts';
import { validatePod } from './validate.ts';
import { validateEphemeralContainersUpdate } from './validate-ephemeral.ts';
import { validateResize } from './validate-resize.ts';
import { validatePodStatusUpdate } from './validate-status.ts';
import { validatePodUpdate } from './validate-update.ts';
import type { Int64 } from '@navarch/api/types/scalars';
import { podStatusWarnings, podWarnings } from './warnings.ts';

const kind = { group: '', version: 'v1', kind: 'Pod' };

function podSubresource(
  parts: Pick<
    ObjectSubresource<Pod>,
    'name' | 'prepareForUpdate' | 'validateUpdate' | 'warnings' | 'resetFields'
  >,
): ObjectSubresource<Pod> {
  return { type: 'object', kind, verbs: ['get', 'patch', 'update'], ...parts };
}

export const pods = defineResource<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  scope: 'Namespaced',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  resetFields: ['status'],
  setDefaults: setPodDefaults,
  prepareForCreate,
  prepareForUpdate,
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  warnings: podWarnings,
  deleteAnswersObject: true,
  gracefulDeletion: { graceSeconds },
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork ?? false),
    'status.phase': ({ status }) => status?.phase ?? '',
    'status.podIP': ({ status }) => status?.podIPs?.[0]?.ip ?? status?.podIP ?? '',
    'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
  },
  indexedFields: ['spec.nodeName'],
  table: { columns: podColumns, row: podRow, conditions: podRowConditions },
  subresources: [
    attachSubresource,
    bindingSubresource,
    podSubresource({
      name: 'ephemeralcontainers',
      prepareForUpdate: prepareForEphemeralContainers,
      validateUpdate: validateEphemeralContainersUpdate,
    }),
    evictionSubresource,
    execSubresource,
    logSubresource,
    portForwardSubresource,
    proxySubresource,
    podSubresource({
      name: 'resize',
      prepareForUpdate: prepareForResize,
      validateUpdate: validateResize,
    }),
    podSubresource({
      name: 'status',
      resetFields: ['spec', 'metadata.deletionTimestamp', 'metadata.ownerReferences'],
      prepareForUpdate: prepareForStatusUpdate,
      validateUpdate: validatePodStatusUpdate,
      warnings: podStatusWarnings,
    }),
  ],
});

/** Nothing is waited for where nothing runs. Negative wishes were accepted once, and always meant one second. */
function graceSeconds({ spec, status }: Pod, requested: Int64 | undefined): Int64 {
  const ended = status?.phase === 'Failed' || status?.phase === 'Succeeded';
  if (!spec.nodeName || ended) return 0;
  const seconds = requested ?? spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}
