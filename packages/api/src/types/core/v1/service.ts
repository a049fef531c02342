/**
 * Services: a stable address in front of a changing set of pods.
 * @group core v1
 */
import type { Condition } from '../../meta/v1/condition.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, IntOrString, StringMap } from '../../scalars.ts';
import type { Protocol } from './container.ts';

/**
 * A stable address in front of a changing set of pods.
 * @kind
 */
export interface Service {
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
  readonly spec: ServiceSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: ServiceStatus;
}

/**
 * A list of services.
 * @kind
 */
export interface ServiceList {
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
   * The services.
   * @proto 2
   */
  readonly items: readonly Service[];
}

/** How a service is reached, and what is behind it. */
export interface ServiceSpec {
  /**
   * The ports of the service.
   * @proto 1 @listType map port protocol @patch merge port
   */
  readonly ports?: readonly ServicePort[];
  /**
   * Labels of the pods behind it. Without one, someone else keeps the endpoints.
   * @proto 2 @mapType atomic
   */
  readonly selector?: StringMap<string>;
  /**
   * Its address within the cluster: given by the server, chosen from its range, or `None` for a
   * service without one. It cannot be changed.
   * @proto 3
   */
  readonly clusterIP?: string;
  /**
   * Its addresses within the cluster, at most one per IP family; the first is `clusterIP`.
   * @proto 18 @listType atomic
   */
  readonly clusterIPs?: readonly string[];
  /**
   * `ClusterIP` (the default), `NodePort`, `LoadBalancer` or `ExternalName`; each of the first
   * three includes the one before.
   * @proto 4
   */
  readonly type?: ServiceType;
  /**
   * Further addresses whose traffic, where it reaches a node, goes to this service. Not managed by
   * the cluster.
   * @proto 5 @listType atomic
   */
  readonly externalIPs?: readonly string[];
  /**
   * `ClientIP` sends a client to the same pod each time; `None` (the default) does not.
   * @proto 7
   */
  readonly sessionAffinity?: ServiceAffinity;
  /**
   * The address that a load balancer should get. Few providers honour it.
   * @proto 8
   */
  readonly loadBalancerIP?: string;
  /**
   * The addresses of clients that a load balancer lets in.
   * @proto 9 @listType atomic
   */
  readonly loadBalancerSourceRanges?: readonly string[];
  /**
   * For `ExternalName`: the DNS name that the service is an alias of.
   * @proto 10
   */
  readonly externalName?: string;
  /**
   * Where traffic from outside goes: to all pods (`Cluster`), or only those on the node that it
   * came to, with the client's address kept (`Local`).
   * @proto 11
   */
  readonly externalTrafficPolicy?: ServiceExternalTrafficPolicy;
  /**
   * The port on which nodes tell load balancers whether they have pods, with
   * `externalTrafficPolicy: Local`.
   * @proto 12
   */
  readonly healthCheckNodePort?: Int32;
  /**
   * Count pods that are not ready as if they were. Mostly for stateful sets to find each other.
   * @proto 13
   */
  readonly publishNotReadyAddresses?: boolean;
  /**
   * Settings of the session affinity.
   * @proto 14 @explicit
   */
  readonly sessionAffinityConfig?: SessionAffinityConfig;
  /**
   * The IP families of the service, the main one first.
   * @proto 19 @listType atomic
   */
  readonly ipFamilies?: readonly IPFamily[];
  /**
   * `SingleStack` (the default), `PreferDualStack` or `RequireDualStack`.
   * @proto 17 @explicit
   */
  readonly ipFamilyPolicy?: IPFamilyPolicy;
  /**
   * Whether a load balancer's service gets node ports too. Defaults to true.
   * @proto 20 @explicit
   */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /**
   * Which kind of load balancer to use; by default the provider's own. It cannot be changed.
   * @proto 21 @explicit
   */
  readonly loadBalancerClass?: string;
  /**
   * Where traffic from within goes: to all pods (`Cluster`), or only to those on the same node
   * (`Local`).
   * @proto 22 @explicit
   */
  readonly internalTrafficPolicy?: ServiceInternalTrafficPolicy;
  /**
   * A preference for near pods: `PreferSameZone` or `PreferSameNode`. `PreferClose` is the older
   * name of the first.
   * @proto 23 @explicit
   */
  readonly trafficDistribution?: string;
}

/** A port of a service. */
export interface ServicePort {
  /**
   * Its name, unique in the service. Needed when there are several.
   * @proto 1
   */
  readonly name?: string;
  /**
   * `TCP` (the default), `UDP` or `SCTP`.
   * @proto 2 @default "TCP"
   */
  readonly protocol?: Protocol;
  /**
   * The protocol spoken on the port, as a hint, such as `http` or `kubernetes.io/h2c`.
   * @proto 6 @explicit
   */
  readonly appProtocol?: string;
  /**
   * The port of the service.
   * @proto 3
   */
  readonly port: Int32;
  /**
   * The port of the pods, as a number or by name. Defaults to `port`.
   * @proto 4 @always
   */
  readonly targetPort?: IntOrString;
  /**
   * The port of every node, for the types that have one. Given by the server unless chosen.
   * @proto 5
   */
  readonly nodePort?: Int32;
}

/**
 * How a service is reached.
 * @enum
 */
export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

/**
 * Whether a client gets to the same pod each time.
 * @enum
 */
export type ServiceAffinity = 'ClientIP' | 'None';

/**
 * Where traffic from outside goes.
 * @enum
 */
export type ServiceExternalTrafficPolicy = 'Cluster' | 'Local';

/** Settings of a service's session affinity. */
export interface SessionAffinityConfig {
  /**
   * Settings of `ClientIP`.
   * @proto 1 @explicit
   */
  readonly clientIP?: ClientIPConfig;
}

/** Settings of the affinity by client address. */
export interface ClientIPConfig {
  /**
   * Seconds that a client is remembered, 1 to 86400. Defaults to three hours.
   * @proto 1 @explicit
   */
  readonly timeoutSeconds?: Int32;
}

/**
 * An IP family.
 * @enum
 */
export type IPFamily = 'IPv4' | 'IPv6' | '';

/**
 * How many IP families a service has.
 * @enum
 */
export type IPFamilyPolicy = 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

/**
 * Where traffic from within the cluster goes.
 * @enum
 */
export type ServiceInternalTrafficPolicy = 'Cluster' | 'Local';

/** How a service is doing. */
export interface ServiceStatus {
  /**
   * Where its load balancer is reached.
   * @proto 1 @always
   */
  readonly loadBalancer?: LoadBalancerStatus;
  /**
   * The latest findings about this object, one per type.
   * @proto 2 @listType map type @patch merge type
   */
  readonly conditions?: readonly Condition[];
}

/** Where a load balancer is reached. */
export interface LoadBalancerStatus {
  /**
   * Its addresses.
   * @proto 1 @listType atomic
   */
  readonly ingress?: readonly LoadBalancerIngress[];
}

/** An address of a load balancer. */
export interface LoadBalancerIngress {
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
   * Whether traffic arrives with the load balancer's address as its target (`VIP`) or the node's or
   * pod's (`Proxy`).
   * @proto 3 @explicit
   */
  readonly ipMode?: LoadBalancerIPMode;
  /**
   * The state of each port.
   * @proto 4 @listType atomic
   */
  readonly ports?: readonly PortStatus[];
}

/** How traffic from a load balancer arrives. Known values: `VIP`, `Proxy`. */
export type LoadBalancerIPMode = string;

/** The state of a port of a load balancer. */
export interface PortStatus {
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
 * Options of a request that is passed on to a service.
 * @kind
 */
export interface ServiceProxyOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The path to ask the service for.
   * @proto 1
   */
  readonly path?: string;
}

/** Where traffic from outside goes. */
export type ServiceExternalTrafficPolicyType = ServiceExternalTrafficPolicy;

/** Where traffic from within the cluster goes. */
export type ServiceInternalTrafficPolicyType = ServiceInternalTrafficPolicy;

/** How many IP families a service has. */
export type IPFamilyPolicyType = IPFamilyPolicy;
