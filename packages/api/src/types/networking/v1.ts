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

/**
 * An address of a service, and who has it. Its name is the address.
 * @kind
 */
export interface IPAddress {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2
   */
  readonly spec: IPAddressSpec;
}

/**
 * A list of IP addresses.
 * @kind
 */
export interface IPAddressList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The IP addresses.
   * @proto 2
   */
  readonly items: readonly IPAddress[];
}

/** Who has an address. */
export interface IPAddressSpec {
  /**
   * The object that has it.
   * @proto 1 @explicit @required
   */
  readonly parentRef?: ParentReference;
}

/** Names the object that has an address. */
export interface ParentReference {
  /**
   * Its API group.
   * @proto 1
   */
  readonly group?: string;
  /**
   * Its resource.
   * @proto 2 @required
   */
  readonly resource?: string;
  /**
   * Its namespace.
   * @proto 3
   */
  readonly namespace?: string;
  /**
   * Its name.
   * @proto 4 @required
   */
  readonly name?: string;
}

/**
 * Lets HTTP traffic from outside reach services, by host and path.
 * @kind
 */
export interface Ingress {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: IngressSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: IngressStatus;
}

/**
 * A list of ingresses.
 * @kind
 */
export interface IngressList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The ingresses.
   * @proto 2
   */
  readonly items: readonly Ingress[];
}

/** Which traffic goes where. */
export interface IngressSpec {
  /**
   * The class, which says which controller implements it. By default the default class.
   * @proto 4 @explicit
   */
  readonly ingressClassName?: string;
  /**
   * Where traffic goes that no rule fits.
   * @proto 1 @explicit
   */
  readonly defaultBackend?: IngressBackend;
  /**
   * Certificates for TLS on port 443, by host name.
   * @proto 2 @listType atomic
   */
  readonly tls?: readonly IngressTLS[];
  /**
   * The rules, by host.
   * @proto 3 @listType atomic
   */
  readonly rules?: readonly IngressRule[];
}

/** Where traffic goes. One of the two is set. */
export interface IngressBackend {
  /**
   * A port of a service.
   * @proto 4 @explicit
   */
  readonly service?: IngressServiceBackend;
  /**
   * Another object in the namespace.
   * @proto 3 @explicit
   */
  readonly resource?: TypedLocalObjectReference;
}

/** A port of a service. */
export interface IngressServiceBackend {
  /**
   * The service, in the same namespace.
   * @proto 1
   */
  readonly name: string;
  /**
   * The port.
   * @proto 2 @always
   */
  readonly port?: ServiceBackendPort;
}

/**
 * A port of a service. One of the two is set.
 * @structType atomic
 */
export interface ServiceBackendPort {
  /**
   * Its name.
   * @proto 1
   */
  readonly name?: string;
  /**
   * Its number.
   * @proto 2
   */
  readonly number?: Int32;
}

/** A certificate for some hosts. */
export interface IngressTLS {
  /**
   * The hosts; by default all that the certificate is for.
   * @proto 1 @listType atomic
   */
  readonly hosts?: readonly string[];
  /**
   * The secret with the certificate and its key.
   * @proto 2
   */
  readonly secretName?: string;
}

/**
 * Where traffic for a host goes.
 * @inline IngressRuleValue 2 after host
 */
export interface IngressRule extends IngressRuleValue {
  /**
   * The host, such as `www.example.com` or `*.example.com`. Empty for all.
   * @proto 1
   */
  readonly host?: string;
}

/** Where traffic goes, by protocol. */
export interface IngressRuleValue {
  /**
   * HTTP traffic.
   * @proto 1 @explicit
   */
  readonly http?: HTTPIngressRuleValue;
}

/** Where HTTP traffic goes, by path. */
export interface HTTPIngressRuleValue {
  /**
   * The paths.
   * @proto 1 @listType atomic
   */
  readonly paths: readonly HTTPIngressPath[];
}

/** Where HTTP traffic for a path goes. */
export interface HTTPIngressPath {
  /**
   * The path. It begins with `/`.
   * @proto 1
   */
  readonly path?: string;
  /**
   * `Exact`, `Prefix` by whole elements, or `ImplementationSpecific`.
   * @proto 3 @nullable
   */
  readonly pathType: PathType;
  /**
   * Where it goes.
   * @proto 2
   */
  readonly backend: IngressBackend;
}

/**
 * How a path is compared.
 * @enum
 */
export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

/** Where an ingress is reached. */
export interface IngressStatus {
  /**
   * Its load balancer.
   * @proto 1 @always
   */
  readonly loadBalancer?: IngressLoadBalancerStatus;
}

/** Where a load balancer is reached. */
export interface IngressLoadBalancerStatus {
  /**
   * Its addresses.
   * @proto 1 @listType atomic
   */
  readonly ingress?: readonly IngressLoadBalancerIngress[];
}

/** An address of a load balancer. */
export interface IngressLoadBalancerIngress {
  /**
   * The address, where it has one.
   * @proto 1
   */
  readonly ip?: string;
  /**
   * The name, where it has one.
   * @proto 2
   */
  readonly hostname?: string;
  /**
   * The state of each port.
   * @proto 4 @listType atomic
   */
  readonly ports?: readonly IngressPortStatus[];
}

/** The state of a port of a load balancer. */
export interface IngressPortStatus {
  /**
   * The port.
   * @proto 1
   */
  readonly port: Int32;
  /**
   * Its protocol.
   * @proto 2
   */
  readonly protocol: Protocol;
  /**
   * What is wrong with it, as one word.
   * @proto 3 @explicit
   */
  readonly error?: string;
}

/**
 * Says which controller implements ingresses of this class.
 * @kind
 */
export interface IngressClass {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: IngressClassSpec;
}

/**
 * A list of ingress classes.
 * @kind
 */
export interface IngressClassList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The ingress classes.
   * @proto 2
   */
  readonly items: readonly IngressClass[];
}

/** Which controller, with which parameters. */
export interface IngressClassSpec {
  /**
   * The controller, such as `example.com/ingress`. It cannot be changed.
   * @proto 1
   */
  readonly controller?: string;
  /**
   * An object with parameters for the controller.
   * @proto 2 @explicit
   */
  readonly parameters?: IngressClassParametersReference;
}

/** Names an object with parameters. */
export interface IngressClassParametersReference {
  /**
   * Its API group. Missing for the core group.
   * @proto 1 @explicit
   */
  readonly apiGroup?: string;
  /**
   * Its kind.
   * @proto 2
   */
  readonly kind: string;
  /**
   * Its name.
   * @proto 3
   */
  readonly name: string;
  /**
   * `Cluster` (the default) or `Namespace`.
   * @proto 4 @nullable @optional
   */
  readonly scope: string;
  /**
   * Its namespace, for scope `Namespace`.
   * @proto 5 @explicit
   */
  readonly namespace?: string;
}

/**
 * Which traffic pods may have. Pods that no policy selects may have all.
 * @kind
 */
export interface NetworkPolicy {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: NetworkPolicySpec;
}

/**
 * A list of network policies.
 * @kind
 */
export interface NetworkPolicyList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The network policies.
   * @proto 2
   */
  readonly items: readonly NetworkPolicy[];
}

/** Which pods, and which traffic they may have. */
export interface NetworkPolicySpec {
  /**
   * The pods, by label. Empty selects all of the namespace.
   * @proto 1 @optional
   */
  readonly podSelector: LabelSelector;
  /**
   * Traffic that may come in; any of the rules. Empty for none.
   * @proto 2 @listType atomic
   */
  readonly ingress?: readonly NetworkPolicyIngressRule[];
  /**
   * Traffic that may go out; any of the rules. Empty for none.
   * @proto 3 @listType atomic
   */
  readonly egress?: readonly NetworkPolicyEgressRule[];
  /**
   * Whether the policy is about `Ingress`, `Egress` or both. By default ingress, and egress when
   * there are rules for it.
   * @proto 4 @listType atomic
   */
  readonly policyTypes?: readonly PolicyType[];
}

/** Traffic that may come in: it must fit both. */
export interface NetworkPolicyIngressRule {
  /**
   * The ports; empty for all.
   * @proto 1 @listType atomic
   */
  readonly ports?: readonly NetworkPolicyPort[];
  /**
   * Where it comes from; empty for anywhere.
   * @proto 2 @listType atomic
   */
  readonly from?: readonly NetworkPolicyPeer[];
}

/** A port, or a range of ports. */
export interface NetworkPolicyPort {
  /**
   * `TCP` (the default), `UDP` or `SCTP`.
   * @proto 1 @explicit
   */
  readonly protocol?: Protocol;
  /**
   * The port, as a number or by name. Missing for all.
   * @proto 2 @explicit
   */
  readonly port?: IntOrString;
  /**
   * The last port of a range that begins at `port`.
   * @proto 3 @explicit
   */
  readonly endPort?: Int32;
}

/** The other end of traffic: pods, or a range of addresses. */
export interface NetworkPolicyPeer {
  /**
   * The pods, by label, in the namespaces selected or else in the policy's own.
   * @proto 1 @explicit
   */
  readonly podSelector?: LabelSelector;
  /**
   * The namespaces, by label. Empty selects all.
   * @proto 2 @explicit
   */
  readonly namespaceSelector?: LabelSelector;
  /**
   * A range of addresses. Not together with the selectors.
   * @proto 3 @explicit
   */
  readonly ipBlock?: IPBlock;
}

/** A range of addresses. */
export interface IPBlock {
  /**
   * The range, such as `192.168.1.0/24`.
   * @proto 1
   */
  readonly cidr: string;
  /**
   * Ranges within it to leave out.
   * @proto 2 @listType atomic
   */
  readonly except?: readonly string[];
}

/** Traffic that may go out: it must fit both. */
export interface NetworkPolicyEgressRule {
  /**
   * The ports; empty for all.
   * @proto 1 @listType atomic
   */
  readonly ports?: readonly NetworkPolicyPort[];
  /**
   * Where it goes to; empty for anywhere.
   * @proto 2 @listType atomic
   */
  readonly to?: readonly NetworkPolicyPeer[];
}

/**
 * A direction of traffic.
 * @enum
 */
export type PolicyType = 'Ingress' | 'Egress';

/**
 * Ranges of addresses for services.
 * @kind
 */
export interface ServiceCIDR {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: ServiceCIDRSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: ServiceCIDRStatus;
}

/**
 * A list of service CIDRs.
 * @kind
 */
export interface ServiceCIDRList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The service CIDRs.
   * @proto 2
   */
  readonly items: readonly ServiceCIDR[];
}

/** The ranges. */
export interface ServiceCIDRSpec {
  /**
   * At most one range per IP family. They cannot be changed.
   * @proto 1 @listType atomic
   */
  readonly cidrs?: readonly string[];
}

/** Whether the ranges are in use. */
export interface ServiceCIDRStatus {
  /**
   * The latest findings about this object, one per type.
   * @proto 1 @listType map type @patch merge type
   */
  readonly conditions?: readonly Condition[];
}
