/** Namespaces, priority classes, and how the cluster reaches its own API server. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import type { Endpoints } from '@navarch/api/types/core/v1/endpoints';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { Service } from '@navarch/api/types/core/v1/service';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import type { ServiceCIDR } from '@navarch/api/types/networking/v1';
import type { PriorityClass } from '@navarch/api/types/scheduling/v1';

export function bootstrapNamespaces(): readonly Namespace[] {
  return ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }));
}

/** The descriptions are part of the API: clients compare these two classes with what they expect. */
export function bootstrapPriorityClasses(): readonly PriorityClass[] {
  const classOf = (name: string, value: number, description: string): PriorityClass => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    description,
    preemptionPolicy: 'PreemptLowerPriority',
  });
  return [
    classOf(
      'system-cluster-critical',
      2_000_000_000,
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    ),
    classOf(
      'system-node-critical',
      2_000_001_000,
      'Used for system critical pods that must not be moved from their current node.',
    ),
  ];
}

export interface ServerAddress {
  /** Where nodes and pods reach the server; undefined when only its own machine can. */
  readonly ip: string | undefined;
  readonly port: number;
  /** The first address of the service range, which the `kubernetes` service has. */
  readonly serviceIp: string;
}

function family(ip: string): 'IPv4' | 'IPv6' {
  return ip.includes(':') ? 'IPv6' : 'IPv4';
}

export function kubernetesService({ port, serviceIp }: Omit<ServerAddress, 'ip'>): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: {
      ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: port }],
      clusterIP: serviceIp,
      clusterIPs: [serviceIp],
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ipFamilies: [family(serviceIp)],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    },
    status: { loadBalancer: {} },
  };
}

export function kubernetesEndpoints(ip: string, port: number): Endpoints {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    },
    subsets: [{ addresses: [{ ip }], ports: [{ name: 'https', port, protocol: 'TCP' }] }],
  };
}

export function kubernetesEndpointSlice(ip: string, port: number): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
    },
    addressType: family(ip),
    endpoints: [{ addresses: [ip], conditions: { ready: true } }],
    ports: [{ name: 'https', protocol: 'TCP', port }],
  };
}

export function defaultServiceCidr(ranges: readonly string[], time: string): ServiceCIDR {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name: 'kubernetes' },
    spec: { cidrs: ranges },
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          lastTransitionTime: time,
          reason: '',
          message: 'Kubernetes default Service CIDR is ready',
        },
      ],
    },
  };
}

/** Says since when the server tells apart tokens that are still used. */
export function tokenTracking(time: string): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'kube-apiserver-legacy-service-account-token-tracking',
      namespace: 'kube-system',
    },
    data: { since: time.slice(0, 10) },
  };
}

/** What other API servers need to believe requests that come through this one. PEM. */
export function authenticationConfig(authorities: {
  readonly client: string;
  readonly frontProxy: string;
}): KubernetesObject & ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'extension-apiserver-authentication', namespace: 'kube-system' },
    data: {
      'client-ca-file': authorities.client,
      'requestheader-allowed-names': '["front-proxy-client"]',
      'requestheader-client-ca-file': authorities.frontProxy,
      'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
      'requestheader-group-headers': '["X-Remote-Group"]',
      'requestheader-uid-headers': '["X-Remote-Uid"]',
      'requestheader-username-headers': '["X-Remote-User"]',
    },
  };
}
