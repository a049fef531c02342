/** What a service is when nobody says otherwise. Addresses and ports of the cluster are not defaults: they are allocated. */
import type { Service, ServicePort, ServiceSpec } from '@navarch/api/types/core/v1/service';
import type { Draft } from '@navarch/api/types/scalars';
import { isExternallyAccessible } from './traits.ts';

const affinitySecondsDefault = 3 * 60 * 60;

export function setServiceDefaults(draft: Draft<Service>): void {
  const { spec } = draft;
  setAffinity(spec);
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) setPort(port);
  if (isExternallyAccessible(spec)) spec.externalTrafficPolicy ||= 'Cluster';
  if (spec.type !== 'ExternalName') spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  for (const ingress of draft.status?.loadBalancer?.ingress ?? []) {
    if (spec.type === 'LoadBalancer' && ingress.ip) ingress.ipMode ??= 'VIP';
  }
}

function setAffinity(spec: Draft<ServiceSpec>): void {
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity !== 'ClientIP') return;
  if (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined) return;
  spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: affinitySecondsDefault } };
}

function setPort(port: Draft<ServicePort>): void {
  port.protocol ||= 'TCP';
  port.targetPort ||= port.port;
}
