/** Daemon sets: one pod on each node that fits. */
import { formatSelector } from '@navarch/api/selectors';
import type { DaemonSet } from '@navarch/api/types/apps/v1/daemon-set';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../../define.ts';
import { specAndStatus, statusSubresource } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { containerCells, formatLabels } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { setTemplateDefaults, trimmingTemplate, workloadColumns } from '../template.ts';
import {
  nextTemplateGeneration,
  templateGeneration,
  templateGenerationAnnotation,
  withTemplateGeneration,
} from './template-generation.ts';
import {
  daemonSetWarnings,
  validateDaemonSet,
  validateDaemonSetStatusUpdate,
  validateDaemonSetUpdate,
} from './validate.ts';

const kind = { group: 'apps', version: 'v1', kind: 'DaemonSet' };

const strategy = trimmingTemplate(
  specAndStatus<DaemonSet>({
    emptyStatus: {
      currentNumberScheduled: 0,
      numberMisscheduled: 0,
      desiredNumberScheduled: 0,
      numberReady: 0,
    },
  }),
);

export const daemonSets = defineResource<DaemonSet>({
  ...kind,
  plural: 'daemonsets',
  shortNames: ['ds'],
  categories: ['all'],
  scope: 'Namespaced',
  setDefaults: setDaemonSetDefaults,
  ...strategy,
  prepareForCreate: (submitted, context) =>
    withTemplateGeneration(
      strategy.prepareForCreate?.(submitted, context) ?? submitted,
      Math.max(1, templateGeneration(submitted)),
    ),
  prepareForUpdate: (submitted, stored, context) =>
    nextTemplateGeneration(
      strategy.prepareForUpdate?.(submitted, stored, context) ?? submitted,
      stored,
    ),
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  warnings: daemonSetWarnings,
  subresources: [
    statusSubresource<DaemonSet>(kind, { validateUpdate: validateDaemonSetStatusUpdate }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Desired', 'Nodes that should run the pod.', 'integer'),
      column('Current', 'Nodes that run the pod and should.', 'integer'),
      column('Ready', 'Nodes whose pod is ready.', 'integer'),
      column('Up-to-date', 'Nodes whose pod was made from the current template.', 'integer'),
      column('Available', 'Nodes whose pod has been ready for minReadySeconds.', 'integer'),
      column('Node Selector', 'Labels of the nodes that the pods may run on.'),
      ageColumn,
      ...workloadColumns,
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      status?.desiredNumberScheduled ?? 0,
      status?.currentNumberScheduled ?? 0,
      status?.numberReady ?? 0,
      status?.updatedNumberScheduled ?? 0,
      status?.numberAvailable ?? 0,
      formatLabels(spec.template.spec?.nodeSelector),
      age(nowMs, metadata.creationTimestamp),
      ...containerCells(spec.template.spec?.containers),
      formatSelector(spec.selector),
    ],
  },
});

export function setDaemonSetDefaults(draft: Draft<DaemonSet>): void {
  const { spec, metadata } = draft;
  metadata.annotations = { [templateGenerationAnnotation]: '0', ...metadata.annotations };
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  strategy.type ||= 'RollingUpdate';
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= 1;
    strategy.rollingUpdate.maxSurge ??= 0;
  }
  spec.revisionHistoryLimit ??= 10;
  setTemplateDefaults(spec.template);
}
