/** Ingresses: which requests from outside go to which services. */
import type { Ingress } from '@navarch/api/types/networking/v1';
import { defineResource } from '../../define.ts';
import { listOf } from '../../nil.ts';
import { specAndStatus, statusSubresource } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { none } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import {
  classAnnotation,
  validateIngressCreate,
  validateIngressStatus,
  validateIngressUpdate,
} from './validate.ts';

const kind = { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' };

export const ingresses = defineResource<Ingress>({
  ...kind,
  plural: 'ingresses',
  shortNames: ['ing'],
  scope: 'Namespaced',
  storagePrefix: 'ingress',
  ...specAndStatus<Ingress>({ emptyStatus: { loadBalancer: {} } }),
  validate: validateIngressCreate,
  validateUpdate: validateIngressUpdate,
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  warnings: ({ metadata, spec }, stored) => {
    const isOld = metadata.annotations?.[classAnnotation] !== undefined;
    if (stored || !isOld || spec.ingressClassName !== undefined) return [];
    return [
      `annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`,
    ];
  },
  subresources: [statusSubresource<Ingress>(kind, { validateUpdate: validateIngressStatus })],
  table: {
    columns: [
      nameColumn,
      column('Class', 'The ingress class that serves it.'),
      column('Hosts', 'Hosts that it has rules for.'),
      column('Address', 'Where it is reached.'),
      column('Ports', 'Ports that it listens on.'),
      ageColumn,
    ],
    row: (object, nowMs) => [
      object.metadata.name ?? '',
      object.spec.ingressClassName ?? none,
      hostsCell(object),
      addressCell(object),
      listOf(object.spec.tls).length === 0 ? '80' : '80, 443',
      age(nowMs, object.metadata.creationTimestamp),
    ],
  },
});

const hostsShownMax = 3;

function hostsCell({ spec }: Ingress): string {
  const hosts = listOf(spec.rules)
    .map((rule) => rule.host ?? '')
    .filter((host) => host !== '');
  if (hosts.length === 0) return '*';
  const shown = hosts.slice(0, hostsShownMax).join(',');
  const more = hosts.length - hostsShownMax;
  return more > 0 ? `${shown} + ${more} more...` : shown;
}

function addressCell({ status }: Ingress): string {
  return listOf(status?.loadBalancer?.ingress)
    .map((point) => point.ip || point.hostname || '')
    .filter((text) => text !== '')
    .join(',');
}
