/**
 * Ingresses, network policies, service address ranges.
 * @group networking.k8s.io v1
 */
import type { Protocol } from '../core/v1/container.ts';
import type { TypedLocalObjectReference } from '../core/v1/reference.ts';
import type { Condition } from '../meta/v1/condition.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';
import type { Int32, IntOrString } from '../scalars.ts';

/** @kind */
export interface IPAddress {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: IPAddressSpec;
}

/** @kind */
export interface IPAddressList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly IPAddress[];
}

export interface IPAddressSpec {
  /** @proto 1 @explicit @required */
  readonly parentRef?: ParentReference;
}

export interface ParentReference {
  /** @proto 1 */
  readonly group?: string;
  /** @proto 2 @required */
  readonly resource?: string;
  /** @proto 3 */
  readonly namespace?: string;
  /** @proto 4 @required */
  readonly name?: string;
}

/** @kind */
export interface Ingress {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: IngressSpec;
  /** @proto 3 @always */
  readonly status?: IngressStatus;
}

/** @kind */
export interface IngressList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Ingress[];
}

export interface IngressSpec {
  /** @proto 4 @explicit */
  readonly ingressClassName?: string;
  /** @proto 1 @explicit */
  readonly defaultBackend?: IngressBackend;
  /** @proto 2 @listType atomic */
  readonly tls?: readonly IngressTLS[];
  /** @proto 3 @listType atomic */
  readonly rules?: readonly IngressRule[];
}

export interface IngressBackend {
  /** @proto 4 @explicit */
  readonly service?: IngressServiceBackend;
  /** @proto 3 @explicit */
  readonly resource?: TypedLocalObjectReference;
}

export interface IngressServiceBackend {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 @always */
  readonly port?: ServiceBackendPort;
}

/** @structType atomic */
export interface ServiceBackendPort {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 */
  readonly number?: Int32;
}

export interface IngressTLS {
  /** @proto 1 @listType atomic */
  readonly hosts?: readonly string[];
  /** @proto 2 */
  readonly secretName?: string;
}

/** @inline IngressRuleValue 2 after host */
export interface IngressRule extends IngressRuleValue {
  /** @proto 1 */
  readonly host?: string;
}

export interface IngressRuleValue {
  /** @proto 1 @explicit */
  readonly http?: HTTPIngressRuleValue;
}

export interface HTTPIngressRuleValue {
  /** @proto 1 @listType atomic */
  readonly paths: readonly HTTPIngressPath[];
}

export interface HTTPIngressPath {
  /** @proto 1 */
  readonly path?: string;
  /** @proto 3 @nullable */
  readonly pathType: PathType;
  /** @proto 2 */
  readonly backend: IngressBackend;
}

/** @enum */
export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export interface IngressStatus {
  /** @proto 1 @always */
  readonly loadBalancer?: IngressLoadBalancerStatus;
}

export interface IngressLoadBalancerStatus {
  /** @proto 1 @listType atomic */
  readonly ingress?: readonly IngressLoadBalancerIngress[];
}

export interface IngressLoadBalancerIngress {
  /** @proto 1 */
  readonly ip?: string;
  /** @proto 2 */
  readonly hostname?: string;
  /** @proto 4 @listType atomic */
  readonly ports?: readonly IngressPortStatus[];
}

export interface IngressPortStatus {
  /** @proto 1 */
  readonly port: Int32;
  /** @proto 2 */
  readonly protocol: Protocol;
  /** @proto 3 @explicit */
  readonly error?: string;
}

/** @kind */
export interface IngressClass {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: IngressClassSpec;
}

/** @kind */
export interface IngressClassList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly IngressClass[];
}

export interface IngressClassSpec {
  /** @proto 1 */
  readonly controller?: string;
  /** @proto 2 @explicit */
  readonly parameters?: IngressClassParametersReference;
}

export interface IngressClassParametersReference {
  /** @proto 1 @explicit */
  readonly apiGroup?: string;
  /** @proto 2 */
  readonly kind: string;
  /** @proto 3 */
  readonly name: string;
  /** @proto 4 @nullable @optional */
  readonly scope: string;
  /** @proto 5 @explicit */
  readonly namespace?: string;
}

/** @kind */
export interface NetworkPolicy {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: NetworkPolicySpec;
}

/** @kind */
export interface NetworkPolicyList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly NetworkPolicy[];
}

export interface NetworkPolicySpec {
  /** @proto 1 @optional */
  readonly podSelector: LabelSelector;
  /** @proto 2 @listType atomic */
  readonly ingress?: readonly NetworkPolicyIngressRule[];
  /** @proto 3 @listType atomic */
  readonly egress?: readonly NetworkPolicyEgressRule[];
  /** @proto 4 @listType atomic */
  readonly policyTypes?: readonly PolicyType[];
}

export interface NetworkPolicyIngressRule {
  /** @proto 1 @listType atomic */
  readonly ports?: readonly NetworkPolicyPort[];
  /** @proto 2 @listType atomic */
  readonly from?: readonly NetworkPolicyPeer[];
}

export interface NetworkPolicyPort {
  /** @proto 1 @explicit */
  readonly protocol?: Protocol;
  /** @proto 2 @explicit */
  readonly port?: IntOrString;
  /** @proto 3 @explicit */
  readonly endPort?: Int32;
}

export interface NetworkPolicyPeer {
  /** @proto 1 @explicit */
  readonly podSelector?: LabelSelector;
  /** @proto 2 @explicit */
  readonly namespaceSelector?: LabelSelector;
  /** @proto 3 @explicit */
  readonly ipBlock?: IPBlock;
}

export interface IPBlock {
  /** @proto 1 */
  readonly cidr: string;
  /** @proto 2 @listType atomic */
  readonly except?: readonly string[];
}

export interface NetworkPolicyEgressRule {
  /** @proto 1 @listType atomic */
  readonly ports?: readonly NetworkPolicyPort[];
  /** @proto 2 @listType atomic */
  readonly to?: readonly NetworkPolicyPeer[];
}

/** @enum */
export type PolicyType = 'Ingress' | 'Egress';

/** @kind */
export interface ServiceCIDR {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: ServiceCIDRSpec;
  /** @proto 3 @always */
  readonly status?: ServiceCIDRStatus;
}

/** @kind */
export interface ServiceCIDRList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ServiceCIDR[];
}

export interface ServiceCIDRSpec {
  /** @proto 1 @listType atomic */
  readonly cidrs?: readonly string[];
}

export interface ServiceCIDRStatus {
  /** @proto 1 @listType map type @patch merge type */
  readonly conditions?: readonly Condition[];
}
