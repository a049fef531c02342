/** Resource quotas: how much a namespace may use, and how much it uses. */
import type { ResourceQuota } from '@navarch/api/types/core/v1/quota';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { defineResource } from '../../define.ts';
import { specAndStatus, statusSubresource } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { compareText } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import {
  validateResourceQuota,
  validateResourceQuotaStatus,
  validateResourceQuotaUpdate,
} from './validate.ts';

const kind = { group: '', version: 'v1', kind: 'ResourceQuota' };

export const resourceQuotas = defineResource<ResourceQuota>({
  ...kind,
  plural: 'resourcequotas',
  shortNames: ['quota'],
  scope: 'Namespaced',
  deleteAnswersObject: true,
  ...specAndStatus<ResourceQuota>({ emptyStatus: {}, newGeneration: 'never' }),
  validate: validateResourceQuota,
  validateUpdate: validateResourceQuotaUpdate,
  subresources: [
    statusSubresource<ResourceQuota>(kind, { validateUpdate: validateResourceQuotaStatus }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Request', 'What is used of each amount that may be requested or counted.'),
      column('Limit', 'What is used of each amount that may be set as a limit.'),
      ageColumn,
    ],
    row: ({ metadata, status }, nowMs) => [
      metadata.name ?? '',
      usageCell(status?.used, status?.hard, (name) => !isLimit(name)),
      usageCell(status?.used, status?.hard, isLimit),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

function isLimit(name: string): boolean {
  return name.startsWith('limits.');
}

/** `pods: 1/10, secrets: 0/5`. */
function usageCell(
  used: ResourceList | undefined,
  hard: ResourceList | undefined,
  wanted: (name: string) => boolean,
): string {
  return Object.keys(hard ?? {})
    .filter(wanted)
    .toSorted(compareText)
    .map((name) => `${name}: ${used?.[name] ?? '0'}/${hard?.[name] ?? '0'}`)
    .join(', ');
}
