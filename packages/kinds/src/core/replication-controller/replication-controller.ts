/** Replication controllers: what replica sets were before there were deployments. */
import { nextInteger } from '@navarch/api/int64';
import { selectorFromLabels } from '@navarch/api/selectors';
import type { ReplicationController } from '@navarch/api/types/core/v1/replication-controller';
import type { Draft } from '@navarch/api/types/scalars';
import { setTemplateDefaults, trimmingTemplate, workloadColumns } from '../../apps/template.ts';
import { defineResource } from '../../define.ts';
import { scaleSubresource } from '../../scale.ts';
import { specAndStatus, statusSubresource, withGeneration } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { containerCells, formatLabels } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import {
  controllerWarnings,
  validateController,
  validateControllerStatusUpdate,
  validateControllerUpdate,
} from './validate.ts';

const kind = { group: '', version: 'v1', kind: 'ReplicationController' };

export const replicationControllers = defineResource<ReplicationController>({
  ...kind,
  plural: 'replicationcontrollers',
  shortNames: ['rc'],
  categories: ['all'],
  scope: 'Namespaced',
  storagePrefix: 'controllers',
  defaultPropagation: 'orphan',
  setDefaults,
  ...trimmingTemplate(specAndStatus<ReplicationController>({ emptyStatus: { replicas: 0 } })),
  validate: validateController,
  validateUpdate: validateControllerUpdate,
  warnings: controllerWarnings,
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  subresources: [
    scaleSubresource<ReplicationController>(
      ({ spec }) => selectorFromLabels(spec.selector).toString(),
      (object) => withGeneration(object, nextInteger(object.metadata.generation)),
    ),
    statusSubresource<ReplicationController>(kind, {
      validateUpdate: validateControllerStatusUpdate,
    }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Desired', 'Pods that are wanted.', 'integer'),
      column('Current', 'Pods that exist.', 'integer'),
      column('Ready', 'Pods that are ready.', 'integer'),
      ageColumn,
      ...workloadColumns,
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      spec.replicas ?? 0,
      status?.replicas ?? 0,
      status?.readyReplicas ?? 0,
      age(nowMs, metadata.creationTimestamp),
      ...containerCells(spec.template?.spec?.containers),
      formatLabels(spec.selector),
    ],
  },
});

/** Without a selector it looks for the labels of its own template; without labels it takes the template's. */
function setDefaults(draft: Draft<ReplicationController>): void {
  const { spec, metadata } = draft;
  const labels = spec.template?.metadata?.labels;
  if (labels && Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
  spec.replicas ??= 1;
  setTemplateDefaults(spec.template);
}
