/** Deployments: replica sets that are replaced gradually. */
import { nextInteger } from '@navarch/api/int64';
import { formatSelector } from '@navarch/api/selectors';
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
import { defineResource } from '../../define.ts';
import { semanticallyEqual } from '../../equal.ts';
import { scaleSubresource } from '../../scale.ts';
import { specAndStatus, specChanged, statusSubresource, withGeneration } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { containerCells } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { scaleSelector } from '../scale-selector.ts';
import { trimmingTemplate, workloadColumns } from '../template.ts';
import { setDeploymentDefaults } from './defaults.ts';
import {
  deploymentWarnings,
  validateDeployment,
  validateDeploymentStatusUpdate,
  validateDeploymentUpdate,
} from './validate.ts';

const kind = { group: 'apps', version: 'v1', kind: 'Deployment' };

export const deployments = defineResource<Deployment>({
  ...kind,
  plural: 'deployments',
  shortNames: ['deploy'],
  categories: ['all'],
  scope: 'Namespaced',
  setDefaults: setDeploymentDefaults,
  // Annotations count as well: the controller copies them to its replica sets.
  ...trimmingTemplate(
    specAndStatus<Deployment>({
      emptyStatus: {},
      newGeneration: (submitted, stored) =>
        specChanged(submitted, stored) ||
        !semanticallyEqual(submitted.metadata.annotations, stored.metadata.annotations),
    }),
  ),
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  warnings: deploymentWarnings,
  subresources: [
    scaleSubresource<Deployment>(scaleSelector, (object) =>
      withGeneration(object, nextInteger(object.metadata.generation)),
    ),
    statusSubresource<Deployment>(kind, {
      keepsMetadata: 'labels',
      validateUpdate: validateDeploymentStatusUpdate,
    }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Ready', 'Ready pods, of those wanted.'),
      column('Up-to-date', 'Pods made from the current template.'),
      column('Available', 'Pods that have been ready for minReadySeconds.'),
      ageColumn,
      ...workloadColumns,
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
      status?.updatedReplicas ?? 0,
      status?.availableReplicas ?? 0,
      age(nowMs, metadata.creationTimestamp),
      ...containerCells(spec.template.spec?.containers),
      formatSelector(spec.selector),
    ],
  },
});
