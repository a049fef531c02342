/**
 * Priority and fairness: how concurrent requests share the API server.
 * @group flowcontrol.apiserver.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32, Time } from '../scalars.ts';

/** @kind */
export interface FlowSchema {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: FlowSchemaSpec;
  /** @proto 3 @always */
  readonly status?: FlowSchemaStatus;
}

/** @kind */
export interface FlowSchemaList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly FlowSchema[];
}

export interface FlowSchemaSpec {
  /** @proto 1 */
  readonly priorityLevelConfiguration: PriorityLevelConfigurationReference;
  /** @proto 2 @optional */
  readonly matchingPrecedence: Int32;
  /** @proto 3 @explicit */
  readonly distinguisherMethod?: FlowDistinguisherMethod;
  /** @proto 4 @listType atomic */
  readonly rules?: readonly PolicyRulesWithSubjects[];
}

export interface PriorityLevelConfigurationReference {
  /** @proto 1 */
  readonly name: string;
}

export interface FlowDistinguisherMethod {
  /** @proto 1 */
  readonly type: FlowDistinguisherMethodType;
}

/** Known values: `ByUser`, `ByNamespace`. */
export type FlowDistinguisherMethodType = string;

export interface PolicyRulesWithSubjects {
  /** @proto 1 @listType atomic */
  readonly subjects: readonly Subject[];
  /** @proto 2 @listType atomic */
  readonly resourceRules?: readonly ResourcePolicyRule[];
  /** @proto 3 @listType atomic */
  readonly nonResourceRules?: readonly NonResourcePolicyRule[];
}

/** @union */
export interface Subject {
  /** @proto 1 @discriminator */
  readonly kind: SubjectKind;
  /** @proto 2 @explicit */
  readonly user?: UserSubject;
  /** @proto 3 @explicit */
  readonly group?: GroupSubject;
  /** @proto 4 @explicit */
  readonly serviceAccount?: ServiceAccountSubject;
}

/** Known values: `User`, `Group`, `ServiceAccount`. */
export type SubjectKind = string;

export interface UserSubject {
  /** @proto 1 */
  readonly name: string;
}

export interface GroupSubject {
  /** @proto 1 */
  readonly name: string;
}

export interface ServiceAccountSubject {
  /** @proto 1 */
  readonly namespace: string;
  /** @proto 2 */
  readonly name: string;
}

export interface ResourcePolicyRule {
  /** @proto 1 @listType set */
  readonly verbs: readonly string[];
  /** @proto 2 @listType set */
  readonly apiGroups: readonly string[];
  /** @proto 3 @listType set */
  readonly resources: readonly string[];
  /** @proto 4 */
  readonly clusterScope?: boolean;
  /** @proto 5 @optional @listType set */
  readonly namespaces: readonly string[];
}

export interface NonResourcePolicyRule {
  /** @proto 1 @listType set */
  readonly verbs: readonly string[];
  /** @proto 6 @listType set */
  readonly nonResourceURLs: readonly string[];
}

export interface FlowSchemaStatus {
  /** @proto 1 @listType map type @patch merge type */
  readonly conditions?: readonly FlowSchemaCondition[];
}

export interface FlowSchemaCondition {
  /** @proto 1 */
  readonly type?: FlowSchemaConditionType;
  /** @proto 2 */
  readonly status?: ConditionStatus;
  /** @proto 3 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
}

export type FlowSchemaConditionType = string;

/** Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;

/** @kind */
export interface PriorityLevelConfiguration {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: PriorityLevelConfigurationSpec;
  /** @proto 3 @always */
  readonly status?: PriorityLevelConfigurationStatus;
}

/** @kind */
export interface PriorityLevelConfigurationList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly PriorityLevelConfiguration[];
}

/** @union */
export interface PriorityLevelConfigurationSpec {
  /** @proto 1 @discriminator */
  readonly type: PriorityLevelEnablement;
  /** @proto 2 @explicit */
  readonly limited?: LimitedPriorityLevelConfiguration;
  /** @proto 3 @explicit */
  readonly exempt?: ExemptPriorityLevelConfiguration;
}

/** Known values: `Exempt`, `Limited`. */
export type PriorityLevelEnablement = string;

export interface LimitedPriorityLevelConfiguration {
  /** @proto 1 @nullable @optional */
  readonly nominalConcurrencyShares: Int32;
  /** @proto 2 @always */
  readonly limitResponse?: LimitResponse;
  /** @proto 3 @explicit */
  readonly lendablePercent?: Int32;
  /** @proto 4 @explicit */
  readonly borrowingLimitPercent?: Int32;
}

/** @union */
export interface LimitResponse {
  /** @proto 1 @discriminator */
  readonly type: LimitResponseType;
  /** @proto 2 @explicit */
  readonly queuing?: QueuingConfiguration;
}

/** Known values: `Queue`, `Reject`. */
export type LimitResponseType = string;

export interface QueuingConfiguration {
  /** @proto 1 @optional */
  readonly queues: Int32;
  /** @proto 2 @optional */
  readonly handSize: Int32;
  /** @proto 3 @optional */
  readonly queueLengthLimit: Int32;
}

export interface ExemptPriorityLevelConfiguration {
  /** @proto 1 @explicit */
  readonly nominalConcurrencyShares?: Int32;
  /** @proto 2 @explicit */
  readonly lendablePercent?: Int32;
}

export interface PriorityLevelConfigurationStatus {
  /** @proto 1 @listType map type @patch merge type */
  readonly conditions?: readonly PriorityLevelConfigurationCondition[];
}

export interface PriorityLevelConfigurationCondition {
  /** @proto 1 */
  readonly type?: PriorityLevelConfigurationConditionType;
  /** @proto 2 */
  readonly status?: ConditionStatus;
  /** @proto 3 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
}

export type PriorityLevelConfigurationConditionType = string;
