/** How nodes are printed. */
import type { CellValue, TableColumn } from '@navarch/api/extension/resource';
import type { Node } from '@navarch/api/types/core/v1/node';
import { listOf } from '../../nil.ts';
import { age } from '../../table/age.ts';
import { none, unknown } from '../../table/cells.ts';
import { ageColumn, column, nameColumn, wide } from '../../table/columns.ts';

export const nodeColumns: readonly TableColumn[] = [
  nameColumn,
  column('Status', 'The status of the node'),
  column('Roles', 'The roles of the node'),
  ageColumn,
  column('Version', 'The version of the kubelet that runs on the node.'),
  wide('Internal-IP', 'The address of the node inside the cluster.'),
  wide('External-IP', 'The address of the node for those outside the cluster.'),
  wide('OS-Image', 'The operating system as the node reports it.'),
  wide('Kernel-Version', 'The kernel as the node reports it.'),
  wide('Container-Runtime', 'What runs the containers, and its version.'),
];

export function nodeRow(node: Node, nowMs: number): readonly CellValue[] {
  const { metadata, status } = node;
  const info = status?.nodeInfo;
  return [
    metadata.name ?? '',
    statusCell(node),
    rolesOf(node).join(',') || none,
    age(nowMs, metadata.creationTimestamp),
    info?.kubeletVersion ?? '',
    addressOf(node, 'InternalIP'),
    addressOf(node, 'ExternalIP'),
    info?.osImage || unknown,
    info?.kernelVersion || unknown,
    info?.containerRuntimeVersion || unknown,
  ];
}

function statusCell({ spec, status }: Node): string {
  const ready = listOf(status?.conditions).find(({ type }) => type === 'Ready');
  let text = 'Unknown';
  if (ready !== undefined) text = ready.status === 'True' ? 'Ready' : 'NotReady';
  return spec.unschedulable ? `${text},SchedulingDisabled` : text;
}

const roleLabelPrefix = 'node-role.kubernetes.io/';

/** Roles are said in the keys of labels, or in the value of an older one. */
function rolesOf({ metadata }: Node): readonly string[] {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    if (key.startsWith(roleLabelPrefix) && key !== roleLabelPrefix) {
      roles.add(key.slice(roleLabelPrefix.length));
    } else if (key === 'kubernetes.io/role' && value !== '') {
      roles.add(value);
    }
  }
  return [...roles].toSorted();
}

function addressOf({ status }: Node, wanted: string): string {
  return listOf(status?.addresses).find(({ type }) => type === wanted)?.address || none;
}
