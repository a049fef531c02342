/** IP addresses that are taken, and by whom. */
import type { IPAddress } from '@navarch/api/types/networking/v1';
import { defineResource } from '../define.ts';
import { age } from '../table/age.ts';
import { column, nameColumn } from '../table/columns.ts';
import {
  validateIpAddress,
  validateIpAddressName,
  validateIpAddressUpdate,
} from './validate-ip-address.ts';

export const ipAddresses = defineResource<IPAddress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  shortNames: ['ip'],
  scope: 'Cluster',
  validateName: validateIpAddressName,
  validate: validateIpAddress,
  validateUpdate: validateIpAddressUpdate,
  table: {
    // The third cell, its age, has no column: clients have always seen it so.
    columns: [nameColumn, column('ParentRef', 'What the address was given to.')],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      parentCell(spec.parentRef),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

/** `resource.group/namespace/name`, without what is empty. */
function parentCell(parent: IPAddress['spec']['parentRef']): string {
  if (!parent) return '<none>';
  const { group = '', resource = '', namespace = '', name = '' } = parent;
  const what = group === '' ? resource : `${resource}.${group}`;
  return [what, namespace, name].filter((part) => part !== '').join('/');
}
