/** How services are printed. */
import type { CellValue, TableColumn } from '@navarch/api/extension/resource';
import type { Service, ServicePort } from '@navarch/api/types/core/v1/service';
import { listOf } from '../../nil.ts';
import { age } from '../../table/age.ts';
import { formatLabels, ingressPoints, none } from '../../table/cells.ts';
import { ageColumn, column, nameColumn, wide } from '../../table/columns.ts';

export const serviceColumns: readonly TableColumn[] = [
  nameColumn,
  column('Type', 'How the service is exposed.'),
  column('Cluster-IP', 'The address of the service inside the cluster.'),
  column('External-IP', 'Addresses of the service for those outside the cluster.'),
  column('Port(s)', 'The ports of the service, with the ports of the nodes that lead to them.'),
  ageColumn,
  wide('Selector', 'Labels by which the service finds its pods.'),
];

export function serviceRow(service: Service, nowMs: number): readonly CellValue[] {
  const { metadata, spec } = service;
  return [
    metadata.name ?? '',
    spec.type ?? '',
    spec.clusterIPs?.[0] || spec.clusterIP || none,
    externalCell(service),
    listOf(spec.ports).map(portText).join(',') || none,
    age(nowMs, metadata.creationTimestamp),
    formatLabels(spec.selector),
  ];
}

function externalCell({ spec, status }: Service): string {
  const externalIps = listOf(spec.externalIPs).join(',');
  if (spec.type === 'ExternalName') return spec.externalName || none;
  if (spec.type !== 'LoadBalancer') return externalIps || none;
  const all = [ingressPoints(status?.loadBalancer?.ingress), externalIps];
  return all.filter((text) => text !== '').join(',') || '<pending>';
}

function portText({ port, nodePort, protocol = 'TCP' }: ServicePort): string {
  return nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}
