/** Stateful sets: pods with an identity and storage of their own. */
import { nextInteger } from '@navarch/api/int64';
import { isDns1123Label } from '@navarch/api/names';
import type { StatefulSet } from '@navarch/api/types/apps/v1/stateful-set';
import { defineResource } from '../../define.ts';
import { scaleSubresource } from '../../scale.ts';
import { specAndStatus, statusSubresource, withGeneration } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { containerCells } from '../../table/cells.ts';
import {
  ageColumn,
  column,
  containersColumn,
  imagesColumn,
  nameColumn,
} from '../../table/columns.ts';
import { scaleSelector } from '../scale-selector.ts';
import { trimmingTemplate } from '../template.ts';
import { setStatefulSetDefaults } from './defaults.ts';
import {
  statefulSetWarnings,
  validateStatefulSet,
  validateStatefulSetStatusUpdate,
  validateStatefulSetUpdate,
} from './validate.ts';

const kind = { group: 'apps', version: 'v1', kind: 'StatefulSet' };

export const statefulSets = defineResource<StatefulSet>({
  ...kind,
  plural: 'statefulsets',
  shortNames: ['sts'],
  categories: ['all'],
  scope: 'Namespaced',
  // The name is part of its pods' host names.
  validateName: isDns1123Label,
  setDefaults: setStatefulSetDefaults,
  ...trimmingTemplate(
    specAndStatus<StatefulSet>({ emptyStatus: { replicas: 0, availableReplicas: 0 } }),
  ),
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  warnings: statefulSetWarnings,
  subresources: [
    scaleSubresource<StatefulSet>(scaleSelector, (object) =>
      withGeneration(object, nextInteger(object.metadata.generation)),
    ),
    statusSubresource<StatefulSet>(kind, { validateUpdate: validateStatefulSetStatusUpdate }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Ready', 'Ready pods, of those wanted.'),
      ageColumn,
      containersColumn,
      imagesColumn,
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
      age(nowMs, metadata.creationTimestamp),
      ...containerCells(spec.template.spec?.containers),
    ],
  },
});
