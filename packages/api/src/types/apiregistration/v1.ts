/**
 * API services: which server answers for a group and version.
 * @group apiregistration.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Bytes, Int32, Time } from '../scalars.ts';

/** @kind */
export interface APIService {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: APIServiceSpec;
  /** @proto 3 @always */
  readonly status?: APIServiceStatus;
}

/** @kind */
export interface APIServiceList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly APIService[];
}

export interface APIServiceSpec {
  /** @proto 1 @explicit */
  readonly service?: ServiceReference;
  /** @proto 2 */
  readonly group?: string;
  /** @proto 3 */
  readonly version?: string;
  /** @proto 4 */
  readonly insecureSkipTLSVerify?: boolean;
  /** @proto 5 @listType atomic */
  readonly caBundle?: Bytes;
  /** @proto 7 */
  readonly groupPriorityMinimum: Int32;
  /** @proto 8 */
  readonly versionPriority: Int32;
}

export interface ServiceReference {
  /** @proto 1 */
  readonly namespace?: string;
  /** @proto 2 */
  readonly name?: string;
  /** @proto 3 @explicit */
  readonly port?: Int32;
}

export interface APIServiceStatus {
  /** @proto 1 @listType map type @patch merge type */
  readonly conditions?: readonly APIServiceCondition[];
}

export interface APIServiceCondition {
  /** @proto 1 */
  readonly type: APIServiceConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
}

/** Known values: `Available`. */
export type APIServiceConditionType = string;

/** Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;
