/** Replica sets: a number of pods made from one template. */
import { nextInteger } from '@navarch/api/int64';
import { formatSelector } from '@navarch/api/selectors';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../../define.ts';
import { scaleSubresource } from '../../scale.ts';
import { specAndStatus, statusSubresource, withGeneration } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { containerCells } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { scaleSelector } from '../scale-selector.ts';
import { setTemplateDefaults, trimmingTemplate, workloadColumns } from '../template.ts';
import {
  replicaSetWarnings,
  validateReplicaSet,
  validateReplicaSetStatusUpdate,
  validateReplicaSetUpdate,
} from './validate.ts';

const kind = { group: 'apps', version: 'v1', kind: 'ReplicaSet' };

export const replicaSets = defineResource<ReplicaSet>({
  ...kind,
  plural: 'replicasets',
  shortNames: ['rs'],
  categories: ['all'],
  scope: 'Namespaced',
  setDefaults: setReplicaSetDefaults,
  ...trimmingTemplate(specAndStatus<ReplicaSet>({ emptyStatus: { replicas: 0 } })),
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  warnings: replicaSetWarnings,
  subresources: [
    scaleSubresource<ReplicaSet>(scaleSelector, (object) =>
      withGeneration(object, nextInteger(object.metadata.generation)),
    ),
    statusSubresource<ReplicaSet>(kind, { validateUpdate: validateReplicaSetStatusUpdate }),
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
      formatSelector(spec.selector),
    ],
  },
});

export function setReplicaSetDefaults(draft: Draft<ReplicaSet>): void {
  draft.spec.replicas ??= 1;
  setTemplateDefaults(draft.spec.template);
}
