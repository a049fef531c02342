/**
 * Priority and fairness: how concurrent requests share the API server.
 * @group flowcontrol.apiserver.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32, Time } from '../scalars.ts';

/**
 * Sorts requests into flows, and gives them a priority level.
 * @kind
 */
export interface FlowSchema {
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
  readonly spec: FlowSchemaSpec;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 3 @always
   */
  readonly status?: FlowSchemaStatus;
}

/**
 * A list of flow schemas.
 * @kind
 */
export interface FlowSchemaList {
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
   * The flow schemas.
   * @proto 2
   */
  readonly items: readonly FlowSchema[];
}

/** Which requests, and where they go. */
export interface FlowSchemaSpec {
  /**
   * The priority level.
   * @proto 1
   */
  readonly priorityLevelConfiguration: PriorityLevelConfigurationReference;
  /**
   * Of the schemas that fit a request the one with the lowest number counts. 1 to 10000, by default
   * 1000.
   * @proto 2 @optional
   */
  readonly matchingPrecedence: Int32;
  /**
   * What tells flows apart. Missing puts all requests into one flow.
   * @proto 3 @explicit
   */
  readonly distinguisherMethod?: FlowDistinguisherMethod;
  /**
   * The requests; any of the rules.
   * @proto 4 @listType atomic
   */
  readonly rules?: readonly PolicyRulesWithSubjects[];
}

/** Names a priority level. */
export interface PriorityLevelConfigurationReference {
  /**
   * The name.
   * @proto 1
   */
  readonly name: string;
}

/** What tells flows apart. */
export interface FlowDistinguisherMethod {
  /**
   * `ByUser` or `ByNamespace`.
   * @proto 1
   */
  readonly type: FlowDistinguisherMethodType;
}

/** What tells flows apart. Known values: `ByUser`, `ByNamespace`. */
export type FlowDistinguisherMethodType = string;

/** Requests, by who makes them and what they do. */
export interface PolicyRulesWithSubjects {
  /**
   * Who; any of them.
   * @proto 1 @listType atomic
   */
  readonly subjects: readonly Subject[];
  /**
   * What is done with resources; any of them.
   * @proto 2 @listType atomic
   */
  readonly resourceRules?: readonly ResourcePolicyRule[];
  /**
   * What is done with paths; any of them.
   * @proto 3 @listType atomic
   */
  readonly nonResourceRules?: readonly NonResourcePolicyRule[];
}

/**
 * A user, group or service account.
 * @union
 */
export interface Subject {
  /**
   * Which of the others is set: `User`, `Group` or `ServiceAccount`.
   * @proto 1 @discriminator
   */
  readonly kind: SubjectKind;
  /**
   * The user.
   * @proto 2 @explicit
   */
  readonly user?: UserSubject;
  /**
   * The group.
   * @proto 3 @explicit
   */
  readonly group?: GroupSubject;
  /**
   * The service account.
   * @proto 4 @explicit
   */
  readonly serviceAccount?: ServiceAccountSubject;
}

/** What a subject is. Known values: `User`, `Group`, `ServiceAccount`. */
export type SubjectKind = string;

/** A user. */
export interface UserSubject {
  /**
   * The name; `*` for all.
   * @proto 1
   */
  readonly name: string;
}

/** A group. */
export interface GroupSubject {
  /**
   * The name; `*` for all.
   * @proto 1
   */
  readonly name: string;
}

/** A service account. */
export interface ServiceAccountSubject {
  /**
   * Its namespace.
   * @proto 1
   */
  readonly namespace: string;
  /**
   * Its name; `*` for all of the namespace.
   * @proto 2
   */
  readonly name: string;
}

/** Something done with resources. */
export interface ResourcePolicyRule {
  /**
   * The verbs; `*` for all.
   * @proto 1 @listType set
   */
  readonly verbs: readonly string[];
  /**
   * The API groups; `*` for all.
   * @proto 2 @listType set
   */
  readonly apiGroups: readonly string[];
  /**
   * The resources; `*` for all.
   * @proto 3 @listType set
   */
  readonly resources: readonly string[];
  /**
   * Whether requests without a namespace count. Defaults to false.
   * @proto 4
   */
  readonly clusterScope?: boolean;
  /**
   * The namespaces; `*` for all.
   * @proto 5 @optional @listType set
   */
  readonly namespaces: readonly string[];
}

/** Something done with paths. */
export interface NonResourcePolicyRule {
  /**
   * The verbs; `*` for all.
   * @proto 1 @listType set
   */
  readonly verbs: readonly string[];
  /**
   * The paths; a `*` stands for any rest.
   * @proto 6 @listType set
   */
  readonly nonResourceURLs: readonly string[];
}

/** What was found out about a flow schema. */
export interface FlowSchemaStatus {
  /**
   * The latest findings about this object, one per type.
   * @proto 1 @listType map type @patch merge type
   */
  readonly conditions?: readonly FlowSchemaCondition[];
}

/** A finding about a flow schema. */
export interface FlowSchemaCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type?: FlowSchemaConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status?: ConditionStatus;
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

/** What a flow schema's condition is about. */
export type FlowSchemaConditionType = string;

/** Whether a condition holds. Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;

/**
 * A share of the server's capacity, and how requests wait for it.
 * @kind
 */
export interface PriorityLevelConfiguration {
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
  readonly spec: PriorityLevelConfigurationSpec;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 3 @always
   */
  readonly status?: PriorityLevelConfigurationStatus;
}

/**
 * A list of priority level configurations.
 * @kind
 */
export interface PriorityLevelConfigurationList {
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
   * The priority level configurations.
   * @proto 2
   */
  readonly items: readonly PriorityLevelConfiguration[];
}

/**
 * How a priority level treats requests.
 * @union
 */
export interface PriorityLevelConfigurationSpec {
  /**
   * `Limited`, or `Exempt` for requests that never wait.
   * @proto 1 @discriminator
   */
  readonly type: PriorityLevelEnablement;
  /**
   * Details for `Limited`.
   * @proto 2 @explicit
   */
  readonly limited?: LimitedPriorityLevelConfiguration;
  /**
   * Details for `Exempt`.
   * @proto 3 @explicit
   */
  readonly exempt?: ExemptPriorityLevelConfiguration;
}

/** Whether requests may have to wait. Known values: `Exempt`, `Limited`. */
export type PriorityLevelEnablement = string;

/** A level whose requests may have to wait. */
export interface LimitedPriorityLevelConfiguration {
  /**
   * Its share of the capacity, in relation to the other levels. Defaults to 30.
   * @proto 1 @nullable @optional
   */
  readonly nominalConcurrencyShares: Int32;
  /**
   * What happens when the share is used up.
   * @proto 2 @always
   */
  readonly limitResponse?: LimitResponse;
  /**
   * How many percent of the share others may borrow. Defaults to 0.
   * @proto 3 @explicit
   */
  readonly lendablePercent?: Int32;
  /**
   * How many percent of the share it may borrow on top. Missing for no limit.
   * @proto 4 @explicit
   */
  readonly borrowingLimitPercent?: Int32;
}

/**
 * What happens to requests when a share is used up.
 * @union
 */
export interface LimitResponse {
  /**
   * `Queue` lets them wait, `Reject` refuses them.
   * @proto 1 @discriminator
   */
  readonly type: LimitResponseType;
  /**
   * Details for `Queue`.
   * @proto 2 @explicit
   */
  readonly queuing?: QueuingConfiguration;
}

/** What happens to requests when a share is used up. Known values: `Queue`, `Reject`. */
export type LimitResponseType = string;

/** How requests wait. */
export interface QueuingConfiguration {
  /**
   * How many queues there are. Defaults to 64.
   * @proto 1 @optional
   */
  readonly queues: Int32;
  /**
   * How many queues a flow may use; more spread it, fewer shield others from it. Defaults to 8.
   * @proto 2 @optional
   */
  readonly handSize: Int32;
  /**
   * How many requests wait in a queue, at most. Defaults to 50.
   * @proto 3 @optional
   */
  readonly queueLengthLimit: Int32;
}

/** A level whose requests never wait. */
export interface ExemptPriorityLevelConfiguration {
  /**
   * Its share of the capacity, of which others may borrow. Defaults to 0.
   * @proto 1 @explicit
   */
  readonly nominalConcurrencyShares?: Int32;
  /**
   * How many percent of the share others may borrow. Defaults to 0.
   * @proto 2 @explicit
   */
  readonly lendablePercent?: Int32;
}

/** What was found out about a priority level. */
export interface PriorityLevelConfigurationStatus {
  /**
   * The latest findings about this object, one per type.
   * @proto 1 @listType map type @patch merge type
   */
  readonly conditions?: readonly PriorityLevelConfigurationCondition[];
}

/** A finding about a priority level. */
export interface PriorityLevelConfigurationCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type?: PriorityLevelConfigurationConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status?: ConditionStatus;
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

/** What a priority level's condition is about. */
export type PriorityLevelConfigurationConditionType = string;
