/**
 * API services: which server answers for a group and version.
 * @group apiregistration.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Bytes, Int32, Time } from '../scalars.ts';

/**
 * Says which server answers for a group and version. Its name is `VERSION.GROUP`.
 * @kind
 */
export interface APIService {
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
  readonly spec: APIServiceSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: APIServiceStatus;
}

/**
 * A list of API services.
 * @kind
 */
export interface APIServiceList {
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
   * The API services.
   * @proto 2
   */
  readonly items: readonly APIService[];
}

/** Which group and version, and who answers. */
export interface APIServiceSpec {
  /**
   * The service to ask. Missing for this server itself.
   * @proto 1 @explicit
   */
  readonly service?: ServiceReference;
  /**
   * The API group.
   * @proto 2
   */
  readonly group?: string;
  /**
   * The version.
   * @proto 3
   */
  readonly version?: string;
  /**
   * Do not check the certificate of the service. Unwise.
   * @proto 4
   */
  readonly insecureSkipTLSVerify?: boolean;
  /**
   * Certificates that sign the service's, in PEM. By default those of the system.
   * @proto 5 @listType atomic
   */
  readonly caBundle?: Bytes;
  /**
   * The rank of the group among groups; higher goes first.
   * @proto 7
   */
  readonly groupPriorityMinimum: Int32;
  /**
   * The rank of the version within the group; higher goes first.
   * @proto 8
   */
  readonly versionPriority: Int32;
}

/** Names a service, with port. */
export interface ServiceReference {
  /**
   * Its namespace.
   * @proto 1
   */
  readonly namespace?: string;
  /**
   * Its name.
   * @proto 2
   */
  readonly name?: string;
  /**
   * The port. Defaults to 443.
   * @proto 3 @explicit
   */
  readonly port?: Int32;
}

/** Whether a group and version can be used. */
export interface APIServiceStatus {
  /**
   * The latest findings about this object, one per type.
   * @proto 1 @listType map type @patch merge type
   */
  readonly conditions?: readonly APIServiceCondition[];
}

/** A finding about an API service. */
export interface APIServiceCondition {
  /**
   * What the condition is about; only `Available`.
   * @proto 1
   */
  readonly type: APIServiceConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When the status of this condition last changed.
   * @proto 3 @always
   */
  readonly lastTransitionTime?: Time;
  /**
   * Why, as one word for programs.
   * @proto 4
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 5
   */
  readonly message?: string;
}

/** What an API service's condition is about. Known values: `Available`. */
export type APIServiceConditionType = string;

/** Whether a condition holds. Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;
