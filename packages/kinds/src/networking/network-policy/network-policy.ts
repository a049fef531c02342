/** Network policies: who may talk to pods, and to whom they may talk. */
import { formatSelector } from '@navarch/api/selectors';
import type { NetworkPolicy, NetworkPolicyPort } from '@navarch/api/types/networking/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../../define.ts';
import { listOf } from '../../nil.ts';
import { specGenerations } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { validateNetworkPolicy } from './validate.ts';
import { networkPolicyWarnings } from './warnings.ts';

export const networkPolicies = defineResource<NetworkPolicy>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  shortNames: ['netpol'],
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Namespaced',
  setDefaults,
  ...specGenerations<NetworkPolicy>(),
  validate: validateNetworkPolicy,
  // Upstream looks at all of it twice.
  validateUpdate: (object) => [...validateNetworkPolicy(object), ...validateNetworkPolicy(object)],
  warnings: networkPolicyWarnings,
  table: {
    columns: [nameColumn, column('Pod-Selector', 'The pods that it protects.'), ageColumn],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      formatSelector(spec.podSelector),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

function setDefaults({ spec }: Draft<NetworkPolicy>): void {
  if (listOf(spec.policyTypes).length === 0) {
    const egress = listOf(spec.egress).length > 0;
    spec.policyTypes = egress ? ['Ingress', 'Egress'] : ['Ingress'];
  }
  for (const rule of [...listOf(spec.ingress), ...listOf(spec.egress)]) setPortDefaults(rule.ports);
}

function setPortDefaults(ports: readonly Draft<NetworkPolicyPort>[] | undefined): void {
  for (const port of listOf(ports)) port.protocol ??= 'TCP';
}
