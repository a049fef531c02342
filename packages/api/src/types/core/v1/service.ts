/**
 * Services: a stable address in front of a changing set of pods.
 * @group core v1
 */
import type { Condition } from '../../meta/v1/condition.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, IntOrString, StringMap } from '../../scalars.ts';
import type { Protocol } from './container.ts';

/** @kind */
export interface Service {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: ServiceSpec;
  /** @proto 3 @always */
  readonly status?: ServiceStatus;
}

/** @kind */
export interface ServiceList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Service[];
}

export interface ServiceSpec {
  /** @proto 1 @listType map port protocol @patch merge port */
  readonly ports?: readonly ServicePort[];
  /** @proto 2 @mapType atomic */
  readonly selector?: StringMap<string>;
  /** @proto 3 */
  readonly clusterIP?: string;
  /** @proto 18 @listType atomic */
  readonly clusterIPs?: readonly string[];
  /** @proto 4 */
  readonly type?: ServiceType;
  /** @proto 5 @listType atomic */
  readonly externalIPs?: readonly string[];
  /** @proto 7 */
  readonly sessionAffinity?: ServiceAffinity;
  /** @proto 8 */
  readonly loadBalancerIP?: string;
  /** @proto 9 @listType atomic */
  readonly loadBalancerSourceRanges?: readonly string[];
  /** @proto 10 */
  readonly externalName?: string;
  /** @proto 11 */
  readonly externalTrafficPolicy?: ServiceExternalTrafficPolicy;
  /** @proto 12 */
  readonly healthCheckNodePort?: Int32;
  /** @proto 13 */
  readonly publishNotReadyAddresses?: boolean;
  /** @proto 14 @explicit */
  readonly sessionAffinityConfig?: SessionAffinityConfig;
  /** @proto 19 @listType atomic */
  readonly ipFamilies?: readonly IPFamily[];
  /** @proto 17 @explicit */
  readonly ipFamilyPolicy?: IPFamilyPolicy;
  /** @proto 20 @explicit */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /** @proto 21 @explicit */
  readonly loadBalancerClass?: string;
  /** @proto 22 @explicit */
  readonly internalTrafficPolicy?: ServiceInternalTrafficPolicy;
  /** @proto 23 @explicit */
  readonly trafficDistribution?: string;
}

export interface ServicePort {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 @default "TCP" */
  readonly protocol?: Protocol;
  /** @proto 6 @explicit */
  readonly appProtocol?: string;
  /** @proto 3 */
  readonly port: Int32;
  /** @proto 4 @always */
  readonly targetPort?: IntOrString;
  /** @proto 5 */
  readonly nodePort?: Int32;
}

/** @enum */
export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

/** @enum */
export type ServiceAffinity = 'ClientIP' | 'None';

/** @enum */
export type ServiceExternalTrafficPolicy = 'Cluster' | 'Local';

export interface SessionAffinityConfig {
  /** @proto 1 @explicit */
  readonly clientIP?: ClientIPConfig;
}

export interface ClientIPConfig {
  /** @proto 1 @explicit */
  readonly timeoutSeconds?: Int32;
}

/** @enum */
export type IPFamily = 'IPv4' | 'IPv6' | '';

/** @enum */
export type IPFamilyPolicy = 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

/** @enum */
export type ServiceInternalTrafficPolicy = 'Cluster' | 'Local';

export interface ServiceStatus {
  /** @proto 1 @always */
  readonly loadBalancer?: LoadBalancerStatus;
  /** @proto 2 @listType map type @patch merge type */
  readonly conditions?: readonly Condition[];
}

export interface LoadBalancerStatus {
  /** @proto 1 @listType atomic */
  readonly ingress?: readonly LoadBalancerIngress[];
}

export interface LoadBalancerIngress {
  /** @proto 1 */
  readonly ip?: string;
  /** @proto 2 */
  readonly hostname?: string;
  /** @proto 3 @explicit */
  readonly ipMode?: LoadBalancerIPMode;
  /** @proto 4 @listType atomic */
  readonly ports?: readonly PortStatus[];
}

/** Known values: `VIP`, `Proxy`. */
export type LoadBalancerIPMode = string;

export interface PortStatus {
  /** @proto 1 */
  readonly port: Int32;
  /** @proto 2 */
  readonly protocol: Protocol;
  /** @proto 3 @explicit */
  readonly error?: string;
}

/** @kind */
export interface ServiceProxyOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly path?: string;
}

export type ServiceExternalTrafficPolicyType = ServiceExternalTrafficPolicy;

export type ServiceInternalTrafficPolicyType = ServiceInternalTrafficPolicy;

export type IPFamilyPolicyType = IPFamilyPolicy;
