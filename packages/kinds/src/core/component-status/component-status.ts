/** Component statuses: whether the parts of the control plane are well. Deprecated; computed when asked for. */
import type { ComponentStatus } from '@navarch/api/types/core/v1/cluster';
import { defineResource } from '../../define.ts';
import { listOf } from '../../nil.ts';
import { column, nameColumn } from '../../table/columns.ts';

/** An answer at all means that the store is well: the request was authorized from it. */
const store: ComponentStatus = {
  metadata: { name: 'etcd-0' },
  conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
};

export const componentStatuses = defineResource<ComponentStatus>({
  group: '',
  version: 'v1',
  kind: 'ComponentStatus',
  plural: 'componentstatuses',
  shortNames: ['cs'],
  scope: 'Cluster',
  verbs: ['get', 'list'],
  deprecationWarning: 'v1 ComponentStatus is deprecated in v1.19+',
  answerRead: () => Promise.resolve([store]),
  table: {
    columns: [
      nameColumn,
      column('Status', 'Whether it is healthy.'),
      column('Message', 'What it said.'),
      column('Error', 'What went wrong.'),
    ],
    row: ({ metadata, conditions }) => {
      const healthy = listOf(conditions).find((condition) => condition.type === 'Healthy');
      return [
        metadata.name ?? '',
        stateText(healthy?.status),
        healthy?.message ?? '',
        healthy?.error ?? '',
      ];
    },
  },
});

function stateText(status: string | undefined): string {
  if (status === undefined) return 'Unknown';
  return status === 'True' ? 'Healthy' : 'Unhealthy';
}
