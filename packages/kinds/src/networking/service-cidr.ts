/** Service ranges: where the addresses of services come from. */
import { type FieldError, invalid, Path, required, tooMany } from '@navarch/api/field-error';
import type { ServiceCIDR } from '@navarch/api/types/networking/v1';
import { checkCidr, isDualStack, parseCidr } from '../core/ip.ts';
import { defineResource } from '../define.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';

const kind = { group: 'networking.k8s.io', version: 'v1', kind: 'ServiceCIDR' };
const rangesMax = 2;

export const serviceCidrs = defineResource<ServiceCIDR>({
  ...kind,
  plural: 'servicecidrs',
  scope: 'Cluster',
  ...specAndStatus<ServiceCIDR>({ emptyStatus: {}, newGeneration: 'never' }),
  validate: validateRanges,
  validateUpdate: (object, stored) =>
    semanticallyEqual(object.spec.cidrs, stored.spec.cidrs)
      ? []
      : [invalid(Path.of('spec', 'cidrs'), object.spec.cidrs, 'field is immutable')],
  subresources: [statusSubresource<ServiceCIDR>(kind)],
  table: {
    columns: [nameColumn, column('CIDRs', 'The ranges.'), ageColumn],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      listOf(spec.cidrs).join(','),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

function validateRanges({ spec }: ServiceCIDR): FieldError[] {
  const path = Path.of('spec', 'cidrs');
  const cidrs = listOf(spec.cidrs);
  if (cidrs.length === 0) return [required(path, 'at least one CIDR required')];
  if (cidrs.length > rangesMax) return [tooMany(path, cidrs.length, rangesMax)];
  const errors: FieldError[] = [];
  for (const [i, cidr] of cidrs.entries()) checkCidr(cidr, path.index(i), errors);
  if (errors.length === 0 && cidrs.length === rangesMax && !isDualStack(cidrs.map(parseCidr))) {
    const detail =
      'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/96';
    errors.push(invalid(path, spec.cidrs, detail));
  }
  return errors;
}
