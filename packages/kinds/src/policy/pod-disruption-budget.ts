/** Pod disruption budgets: how many pods of a group may be missing when someone evicts. */
import { isPathSegmentName } from '@navarch/api/names';
import type { PodDisruptionBudget } from '@navarch/api/types/policy/v1';
import { defineResource } from '../define.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validateBudget, validateBudgetStatusUpdate } from './validate.ts';

const kind = { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget' };

export const podDisruptionBudgets = defineResource<PodDisruptionBudget>({
  ...kind,
  plural: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  metadataChecksOnUpdate: { asNew: 0, asChanged: 0 },
  scope: 'Namespaced',
  requireResourceVersion: true,
  validateName: isPathSegmentName,
  ...specAndStatus<PodDisruptionBudget>({
    emptyStatus: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  }),
  validate: validateBudget,
  validateUpdate: validateBudget,
  subresources: [
    statusSubresource<PodDisruptionBudget>(kind, { validateUpdate: validateBudgetStatusUpdate }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Min Available', 'Pods that must stay available.'),
      column('Max Unavailable', 'Pods that may be unavailable.'),
      column('Allowed Disruptions', 'Evictions that are allowed now.', 'integer'),
      ageColumn,
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      String(spec.minAvailable ?? 'N/A'),
      String(spec.maxUnavailable ?? 'N/A'),
      status?.disruptionsAllowed ?? 0,
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});
