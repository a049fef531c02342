/** Horizontal pod autoscalers: version 2 is stored, version 1 is a view of it that knows only the processor. */
import type { HorizontalPodAutoscaler as OldAutoscaler } from '@navarch/api/types/autoscaling/v1';
import type { HorizontalPodAutoscaler } from '@navarch/api/types/autoscaling/v2';
import { defineResource } from '../define.ts';
import { nilList } from '../nil.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { fromVersion2, toVersion2 } from './convert.ts';
import { setAutoscalerDefaults, setOldAutoscalerDefaults } from './defaults.ts';
import { autoscalerTable } from './table.ts';
import { validateAutoscaler, validateAutoscalerStatus } from './validate.ts';

const group = 'autoscaling';
const plural = 'horizontalpodautoscalers';
const names = {
  group,
  kind: 'HorizontalPodAutoscaler',
  plural,
  shortNames: ['hpa'],
  categories: ['all'],
  scope: 'Namespaced',
} as const;

export const autoscalersV2 = defineResource<HorizontalPodAutoscaler>({
  ...names,
  version: 'v2',
  setDefaults: setAutoscalerDefaults,
  ...specAndStatus<HorizontalPodAutoscaler>({
    emptyStatus: { desiredReplicas: 0, currentMetrics: nilList },
    newGeneration: 'never',
  }),
  validate: (object) => validateAutoscaler(object),
  validateUpdate: validateAutoscaler,
  subresources: [
    statusSubresource<HorizontalPodAutoscaler>(
      { group, version: 'v2', kind: names.kind },
      { validateUpdate: validateAutoscalerStatus },
    ),
  ],
  table: autoscalerTable,
});

export const autoscalersV1 = defineResource<OldAutoscaler>({
  ...names,
  version: 'v1',
  viewOf: { group, version: 'v2', plural, toStored: toVersion2, fromStored: fromVersion2 },
  setDefaults: setOldAutoscalerDefaults,
  resetFields: ['status'],
  subresources: [statusSubresource<OldAutoscaler>({ group, version: 'v1', kind: names.kind })],
  table: {
    columns: autoscalerTable.columns,
    row: (object, nowMs) => autoscalerTable.row(toVersion2(object), nowMs),
  },
});
