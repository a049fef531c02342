/** Priority levels: how many requests of a kind run at once, and who waits. */
import type { PriorityLevelConfiguration } from '@navarch/api/types/flowcontrol/v1';
import type { Draft } from '@navarch/api/types/scalars';
import type { CellValue } from '@navarch/api/extension/resource';
import { defineResource } from '../define.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { none } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validatePriorityLevel } from './validate-priority-level.ts';
import { validateFlowControlStatus } from './validate-status.ts';

const kind = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'PriorityLevelConfiguration',
};

export const priorityLevelConfigurations = defineResource<PriorityLevelConfiguration>({
  ...kind,
  plural: 'prioritylevelconfigurations',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  scope: 'Cluster',
  setDefaults,
  ...specAndStatus<PriorityLevelConfiguration>({ emptyStatus: {} }),
  validate: validatePriorityLevel,
  validateUpdate: validatePriorityLevel,
  subresources: [
    statusSubresource<PriorityLevelConfiguration>(kind, {
      validateUpdate: validateFlowControlStatus,
    }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Type', 'Whether it is limited.'),
      column('NominalConcurrencyShares', 'Its share of what runs at once.'),
      column('Queues', 'How many queues it has.'),
      column('HandSize', 'How many queues a flow may use.'),
      column('QueueLengthLimit', 'How many requests wait in a queue.'),
      ageColumn,
    ],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      spec.type,
      ...limitCells(spec),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

function limitCells({ limited, exempt }: PriorityLevelConfiguration['spec']): CellValue[] {
  const queuing = limited?.limitResponse?.queuing;
  const shares = limited?.nominalConcurrencyShares ?? exempt?.nominalConcurrencyShares;
  return [
    shares ?? none,
    queuing?.queues ?? none,
    queuing?.handSize ?? none,
    queuing?.queueLengthLimit ?? none,
  ];
}

function setDefaults({ spec }: Draft<PriorityLevelConfiguration>): void {
  if (spec.exempt) {
    spec.exempt.nominalConcurrencyShares ??= 0;
    spec.exempt.lendablePercent ??= 0;
  }
  const { limited } = spec;
  if (!limited) return;
  limited.nominalConcurrencyShares ??= 30;
  limited.lendablePercent ??= 0;
  const queuing = limited.limitResponse?.queuing;
  if (!queuing) return;
  queuing.queues ||= 64;
  queuing.handSize ||= 8;
  queuing.queueLengthLimit ||= 50;
}
