/** Flow schemas: which requests belong to which priority level. */
import type { FlowSchema } from '@navarch/api/types/flowcontrol/v1';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { compareText, none } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validateFlowSchema } from './validate-flow-schema.ts';
import { validateFlowControlStatus } from './validate-status.ts';

const kind = { group: 'flowcontrol.apiserver.k8s.io', version: 'v1', kind: 'FlowSchema' };

export const flowSchemas = defineResource<FlowSchema>({
  ...kind,
  plural: 'flowschemas',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  scope: 'Cluster',
  setDefaults: ({ spec }) => {
    if (spec.matchingPrecedence === 0) spec.matchingPrecedence = 1000;
  },
  ...specAndStatus<FlowSchema>({ emptyStatus: {} }),
  validate: validateFlowSchema,
  validateUpdate: validateFlowSchema,
  subresources: [
    statusSubresource<FlowSchema>(kind, { validateUpdate: validateFlowControlStatus }),
  ],
  table: {
    columns: [
      nameColumn,
      column('PriorityLevel', 'The level that its requests belong to.'),
      column('MatchingPrecedence', 'Lower numbers are asked first.'),
      column('DistinguisherMethod', 'What makes a flow of its own.'),
      ageColumn,
      column('MissingPL', 'Whether its priority level does not exist.'),
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      spec.priorityLevelConfiguration.name,
      spec.matchingPrecedence,
      spec.distinguisherMethod?.type ?? none,
      age(nowMs, metadata.creationTimestamp),
      listOf(status?.conditions).find((condition) => condition.type === 'Dangling')?.status ?? '?',
    ],
    // As requests are matched: the lowest number first.
    compareRows: (a, b) =>
      a.spec.matchingPrecedence - b.spec.matchingPrecedence ||
      compareText(a.metadata.name ?? '', b.metadata.name ?? ''),
  },
});
