/** Leases: who holds something, and until when. */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import type { Lease } from '@navarch/api/types/coordination/v1';
import { defineResource } from '../define.ts';
import { withMember } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';

export const leases = defineResource<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  scope: 'Namespaced',
  requireResourceVersion: true,
  createOnUpdate: true,
  prepareForCreate: (submitted) => dropCoordination(submitted),
  prepareForUpdate: dropCoordination,
  validate: validateLease,
  validateUpdate: validateLease,
  table: {
    columns: [
      nameColumn,
      column(
        'Holder',
        'holderIdentity contains the identity of the holder of a current lease. If Coordinated Leader Election is used, the holder identity must be equal to the elected LeaseCandidate.metadata.name field.',
      ),
      ageColumn,
    ],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      spec.holderIdentity ?? '',
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

/** Coordinated leader election is not on: its fields are dropped where they are not in use already. */
function dropCoordination(lease: Lease, stored?: Lease): Lease {
  let { spec } = lease;
  if (stored?.spec.strategy === undefined) spec = withMember(spec, 'strategy', undefined);
  if (stored?.spec.preferredHolder === undefined) {
    spec = withMember(spec, 'preferredHolder', undefined);
  }
  return { ...lease, spec };
}

function validateLease({ spec }: Lease): FieldError[] {
  const path = Path.of('spec');
  const errors: FieldError[] = [];
  const { leaseDurationSeconds: duration, leaseTransitions: transitions } = spec;
  if (duration !== undefined && duration <= 0) {
    errors.push(invalid(path.child('leaseDurationSeconds'), duration, 'must be greater than 0'));
  }
  if (transitions !== undefined && transitions < 0) {
    const detail = 'must be greater than or equal to 0';
    errors.push(invalid(path.child('leaseTransitions'), transitions, detail));
  }
  return errors;
}
