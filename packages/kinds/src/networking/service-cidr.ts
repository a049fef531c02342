/** Service ranges: where the addresses of services come from. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import type { ServiceCIDR } from '@navarch/api/types/networking/v1';
import { canonicalCidr, checkCidr, parseCidr, parseIp } from '../core/ip.ts';
import { defineResource } from '../define.ts';
import { unchanged } from '../checks.ts';
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
  validateUpdate,
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

function validateRanges({ spec }: Pick<ServiceCIDR, 'spec'>): FieldError[] {
  const path = Path.of('spec', 'cidrs');
  const cidrs = listOf(spec.cidrs);
  if (cidrs.length === 0) return [required(path, 'at least one CIDR required')];
  if (cidrs.length > rangesMax) {
    return [invalid(path, { CIDRs: spec.cidrs }, `may only hold up to ${rangesMax} values`)];
  }
  const errors: FieldError[] = [];
  for (const [i, cidr] of cidrs.entries()) validateRange(cidr, path.index(i), errors);
  const families = cidrs.map((cidr) => parseCidr(cidr)?.family);
  if (families.length === rangesMax && families[0] && families[0] === families[1]) {
    const detail =
      'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';
    errors.push(invalid(path, spec.cidrs, detail));
  }
  return errors;
}

function validateRange(text: string, path: Path, errors: FieldError[]): void {
  checkCidr(text, path, errors);
  const range = parseCidr(text);
  const ip = parseIp(text.split('/')[0] ?? '');
  if (!range || !ip) return;
  if (ip.bits !== range.base) {
    errors.push(invalid(path, text, 'must not have bits set beyond the prefix length'));
  } else if (canonicalCidr(range) !== text) {
    const canonical = JSON.stringify(canonicalCidr(range));
    errors.push(invalid(path, text, `must be in canonical form (${canonical})`));
  }
}

/** Ranges stay; a range of the other family may come to one that is alone. */
function validateUpdate({ spec }: ServiceCIDR, stored: ServiceCIDR): FieldError[] {
  const path = Path.of('spec', 'cidrs');
  const cidrs = listOf(spec.cidrs);
  const storedCidrs = listOf(stored.spec.cidrs);
  if (storedCidrs.length === 1 && cidrs.length === rangesMax) {
    const errors = validateRanges({ spec });
    return [...unchanged(cidrs[0], storedCidrs[0], path.index(0)), ...errors];
  }
  if (storedCidrs.length !== cidrs.length) return unchanged(cidrs, storedCidrs, path);
  return cidrs.flatMap((cidr, i) => unchanged(cidr, storedCidrs[i], path.index(i)));
}
