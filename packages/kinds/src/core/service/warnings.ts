/** Remarks on services that are accepted and will not do what their authors may think. */
import { Path } from '@navarch/api/field-error';
import type { Service, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { listOf } from '../../nil.ts';
import { cidrWarnings, ipWarnings } from '../ip.ts';
import { headless } from './traits.ts';

const hintsAnnotation = 'service.kubernetes.io/topology-aware-hints';

export function serviceWarnings({ metadata, spec }: Service): readonly string[] {
  const warnings: string[] = [];
  if (metadata.annotations?.[hintsAnnotation] !== undefined) {
    warnings.push(
      `annotation ${hintsAnnotation} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    );
  }
  const hasAddress = spec.type !== 'ExternalName' && spec.clusterIP && spec.clusterIP !== headless;
  if (hasAddress) warnings.push(...listWarnings(spec, 'clusterIPs'));
  return [...warnings, ...headlessWarnings(spec), ...outsideWarnings(spec), ...nameWarnings(spec)];
}

function listWarnings(spec: ServiceSpec, field: 'clusterIPs' | 'externalIPs'): readonly string[] {
  return listOf(spec[field]).flatMap((ip, index) =>
    ipWarnings(ip, Path.of('spec', field).index(index)),
  );
}

function headlessWarnings(spec: ServiceSpec): readonly string[] {
  if (spec.type !== 'ClusterIP' || spec.clusterIP !== headless) return [];
  const text = 'is ignored for headless services';
  return [
    ...(spec.loadBalancerIP ? [`spec.loadBalancerIP ${text}`] : []),
    ...(listOf(spec.externalIPs).length > 0 ? [`spec.externalIPs ${text}`] : []),
    ...(spec.sessionAffinity === 'None' ? [] : [`spec.SessionAffinity ${text}`]),
  ];
}

function outsideWarnings(spec: ServiceSpec): readonly string[] {
  const path = Path.of('spec');
  return [
    ...listWarnings(spec, 'externalIPs'),
    ...ipWarnings(spec.loadBalancerIP ?? '', path.child('loadBalancerIP')),
    ...listOf(spec.loadBalancerSourceRanges).flatMap((range, index) =>
      cidrWarnings(range, path.child('loadBalancerSourceRanges').index(index)),
    ),
  ];
}

function nameWarnings(spec: ServiceSpec): readonly string[] {
  if (spec.type === 'ExternalName') {
    return listOf(spec.externalIPs).length > 0
      ? ['spec.externalIPs is ignored when spec.type is "ExternalName"']
      : [];
  }
  return spec.externalName
    ? ['spec.externalName is ignored when spec.type is not "ExternalName"']
    : [];
}

/** Remarks on what a load balancer reported. */
export function serviceStatusWarnings({ status }: Service): readonly string[] {
  const path = Path.of('status', 'loadBalancer', 'ingress');
  return listOf(status?.loadBalancer?.ingress).flatMap(({ ip }, index) =>
    ipWarnings(ip ?? '', path.index(index)),
  );
}
