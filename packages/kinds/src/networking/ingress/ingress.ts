/** Ingresses: which requests from outside go to which services. */
import type { Ingress } from '@navarch/api/types/networking/v1';
import { defineResource } from '../../define.ts';
import { listOf } from '../../nil.ts';
import { specAndStatus, statusSubresource } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { ingressPoints, none } from '../../table/cells.ts';
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
      ingressPoints(object.status?.loadBalancer?.ingress),
      listOf(object.spec.tls).length === 0 ? '80' : '80, 443',
      age(nowMs, object.metadata.creationTimestamp),
    ],
  },
});

const hostsShownMax = 3;

function hostsCell({ spec }: Ingress): string {
  const rules = listOf(spec.rules);
  const shown: string[] = [];
  for (const { host } of rules) {
    // What follows is counted with the rules of any host, as clients have always seen it.
    if (shown.length === hostsShownMax) {
      return `${shown.join(',')} + ${rules.length - hostsShownMax} more...`;
    }
    if (host) shown.push(host);
  }
  return shown.join(',') || '*';
}
