/** What the workload kinds have in common: a pod template and the conditions they report. */
import type { TableColumn } from '@navarch/api/extension/resource';
import type { PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import type { Draft, IntOrString } from '@navarch/api/types/scalars';
import { setPodSpecDefaults } from '../core/pod/defaults.ts';
import { containersColumn, imagesColumn, selectorColumn } from '../table/columns.ts';

/** The three columns that wide output adds to workloads. */
export const workloadColumns: readonly TableColumn[] = [
  containersColumn,
  imagesColumn,
  selectorColumn,
];

export function setTemplateDefaults(template: Draft<PodTemplateSpec> | null | undefined): void {
  if (template?.spec) setPodSpecDefaults(template.spec);
}

/** A share of something is rounded by its owner; here only whole numbers and percentages are told apart. */
export function percentOf(value: IntOrString | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  return value.endsWith('%') ? Number.parseInt(value, 10) : undefined;
}
