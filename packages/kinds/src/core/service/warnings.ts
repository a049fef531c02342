/** Remarks on services that are accepted and will not do what their authors may think. */
import { Path } from '@navarch/api/field-error';
import type { Service, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { canonicalCidr, ipWarnings, parseCidr } from '../ip.ts';

import { isHeadless } from './traits.ts';

const hintsAnnotation = 'service.kubernetes.io/topology-aware-hints';

export function serviceWarnings(service: Service, stored: Service | undefined): readonly string[] {
  const { metadata, spec } = service;
  const warnings: string[] = [];
  if (metadata.annotations?.[hintsAnnotation] !== undefined) {
    warnings.push(
      `annotation ${hintsAnnotation} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    );
  }
  if (stored === undefined || !semanticallyEqual(addressesOf(spec), addressesOf(stored.spec))) {
    warnings.push(...addressWarnings(spec));
  }
  warnings.push(...ignoredFields(spec));
  return warnings;
}

function addressesOf(spec: ServiceSpec): unknown {
  const { clusterIP, clusterIPs, externalIPs, loadBalancerIP, loadBalancerSourceRanges } = spec;
  return { clusterIP, clusterIPs, externalIPs, loadBalancerIP, loadBalancerSourceRanges };
}

function addressWarnings(spec: ServiceSpec): readonly string[] {
  const path = Path.of('spec');
  const list = (field: 'clusterIPs' | 'externalIPs'): readonly string[] =>
    listOf(spec[field]).flatMap((ip, index) => ipWarnings(ip, path.child(field).index(index)));
  return [
    ...list('clusterIPs'),
    ...list('externalIPs'),
    ...ipWarnings(spec.loadBalancerIP ?? '', path.child('loadBalancerIP')),
    ...listOf(spec.loadBalancerSourceRanges).flatMap((range, index) =>
      rangeWarnings(range, path.child('loadBalancerSourceRanges').index(index)),
    ),
  ];
}

function rangeWarnings(text: string, path: Path): readonly string[] {
  const range = parseCidr(text.trim());
  if (range === undefined) return [];
  const canonical = canonicalCidr(range);
  if (canonical === text) return [];
  return [
    `${String(path)}: non-standard CIDR value "${text}" will be considered invalid in a future Kubernetes release: use "${canonical}"`,
  ];
}

function ignoredFields(spec: ServiceSpec): readonly string[] {
  const warnings: string[] = [];
  const hasExternalIps = listOf(spec.externalIPs).length > 0;
  if (isHeadless(spec)) {
    const text = 'is ignored for headless services';
    if (spec.loadBalancerIP) warnings.push(`spec.loadBalancerIP ${text}`);
    if (hasExternalIps) warnings.push(`spec.externalIPs ${text}`);
    if (spec.sessionAffinity !== 'None') warnings.push(`spec.SessionAffinity ${text}`);
  }
  if (spec.type === 'ExternalName') {
    if (hasExternalIps) {
      warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
    }
  } else if (spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  return warnings;
}
