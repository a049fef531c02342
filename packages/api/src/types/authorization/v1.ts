/**
 * Access reviews: may this user do that.
 * @group authorization.k8s.io v1
 */
import type { ObjectMeta } from '../meta/v1/object.ts';
import type { FieldSelectorRequirement, LabelSelectorRequirement } from '../meta/v1/selector.ts';
import type { StringMap } from '../scalars.ts';

/**
 * Asks whether someone may do something in one namespace.
 * @kind
 */
export interface LocalSubjectAccessReview {
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
  readonly spec: SubjectAccessReviewSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: SubjectAccessReviewStatus;
}

/** Who would do what. One of the two kinds of attributes is set. */
export interface SubjectAccessReviewSpec {
  /**
   * What would be done with a resource.
   * @proto 1 @explicit
   */
  readonly resourceAttributes?: ResourceAttributes;
  /**
   * What would be done with a path.
   * @proto 2 @explicit
   */
  readonly nonResourceAttributes?: NonResourceAttributes;
  /**
   * The user. Needed when there are no groups.
   * @proto 3
   */
  readonly user?: string;
  /**
   * The user's groups.
   * @proto 4 @listType atomic
   */
  readonly groups?: readonly string[];
  /**
   * Whatever else authentication had to say about the user.
   * @proto 5
   */
  readonly extra?: StringMap<ExtraValue>;
  /**
   * The user's uid.
   * @proto 6
   */
  readonly uid?: string;
}

/** Something done with a resource. */
export interface ResourceAttributes {
  /**
   * The namespace; empty for all, or for cluster scope.
   * @proto 1
   */
  readonly namespace?: string;
  /**
   * The verb, such as `get`; `*` for all.
   * @proto 2
   */
  readonly verb?: string;
  /**
   * The API group; `*` for all.
   * @proto 3
   */
  readonly group?: string;
  /**
   * The version; `*` for all.
   * @proto 4
   */
  readonly version?: string;
  /**
   * The resource; `*` for all.
   * @proto 5
   */
  readonly resource?: string;
  /**
   * The subresource; empty for none.
   * @proto 6
   */
  readonly subresource?: string;
  /**
   * The name of the object; empty for all.
   * @proto 7
   */
  readonly name?: string;
  /**
   * The field selector that limits it.
   * @proto 8 @explicit
   */
  readonly fieldSelector?: FieldSelectorAttributes;
  /**
   * The label selector that limits it.
   * @proto 9 @explicit
   */
  readonly labelSelector?: LabelSelectorAttributes;
}

/** A field selector, as text or parsed. */
export interface FieldSelectorAttributes {
  /**
   * The selector as text. Not for use by webhooks.
   * @proto 1
   */
  readonly rawSelector?: string;
  /**
   * The selector, parsed.
   * @proto 2 @listType atomic
   */
  readonly requirements?: readonly FieldSelectorRequirement[];
}

/** A label selector, as text or parsed. */
export interface LabelSelectorAttributes {
  /**
   * The selector as text. Not for use by webhooks.
   * @proto 1
   */
  readonly rawSelector?: string;
  /**
   * The selector, parsed.
   * @proto 2 @listType atomic
   */
  readonly requirements?: readonly LabelSelectorRequirement[];
}

/** Something done with a path. */
export interface NonResourceAttributes {
  /**
   * The path.
   * @proto 1
   */
  readonly path?: string;
  /**
   * The HTTP method, in lower case.
   * @proto 2
   */
  readonly verb?: string;
}

/**
 * The values of one extra key.
 * @message
 */
export type ExtraValue = readonly string[];

/** Whether it is allowed. */
export interface SubjectAccessReviewStatus {
  /**
   * Whether it is allowed.
   * @proto 1
   */
  readonly allowed: boolean;
  /**
   * Whether it is refused for good. With neither, nobody had an opinion, which refuses it too.
   * @proto 4
   */
  readonly denied?: boolean;
  /**
   * Why.
   * @proto 2
   */
  readonly reason?: string;
  /**
   * What went wrong in finding out. The answer can be right all the same.
   * @proto 3
   */
  readonly evaluationError?: string;
}

/**
 * Asks whether the one that asks may do something.
 * @kind
 */
export interface SelfSubjectAccessReview {
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
  readonly spec: SelfSubjectAccessReviewSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: SubjectAccessReviewStatus;
}

/** What would be done. One of the two is set. */
export interface SelfSubjectAccessReviewSpec {
  /**
   * What would be done with a resource.
   * @proto 1 @explicit
   */
  readonly resourceAttributes?: ResourceAttributes;
  /**
   * What would be done with a path.
   * @proto 2 @explicit
   */
  readonly nonResourceAttributes?: NonResourceAttributes;
}

/**
 * Asks for all that the one that asks may do in a namespace.
 * @kind
 */
export interface SelfSubjectRulesReview {
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
  readonly spec: SelfSubjectRulesReviewSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: SubjectRulesReviewStatus;
}

/** The namespace in question. */
export interface SelfSubjectRulesReviewSpec {
  /**
   * The namespace.
   * @proto 1
   */
  readonly namespace?: string;
}

/** What someone may do in a namespace. It may leave things out. */
export interface SubjectRulesReviewStatus {
  /**
   * What is allowed with resources.
   * @proto 1 @listType atomic
   */
  readonly resourceRules: readonly ResourceRule[];
  /**
   * What is allowed with paths.
   * @proto 2 @listType atomic
   */
  readonly nonResourceRules: readonly NonResourceRule[];
  /**
   * Whether more may be allowed than is listed.
   * @proto 3
   */
  readonly incomplete: boolean;
  /**
   * What went wrong in finding out. The answer can be right all the same.
   * @proto 4
   */
  readonly evaluationError?: string;
}

/** Verbs that are allowed on resources. */
export interface ResourceRule {
  /**
   * The verbs; `*` for all.
   * @proto 1 @listType atomic
   */
  readonly verbs: readonly string[];
  /**
   * The API groups; `*` for all.
   * @proto 2 @listType atomic
   */
  readonly apiGroups?: readonly string[];
  /**
   * The resources; `*` for all.
   * @proto 3 @listType atomic
   */
  readonly resources?: readonly string[];
  /**
   * Only objects of these names; empty for all.
   * @proto 4 @listType atomic
   */
  readonly resourceNames?: readonly string[];
}

/** Verbs that are allowed on paths. */
export interface NonResourceRule {
  /**
   * The verbs; `*` for all.
   * @proto 1 @listType atomic
   */
  readonly verbs: readonly string[];
  /**
   * The paths; a `*` stands for any rest.
   * @proto 2 @listType atomic
   */
  readonly nonResourceURLs?: readonly string[];
}

/**
 * Asks whether someone may do something.
 * @kind
 */
export interface SubjectAccessReview {
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
  readonly spec: SubjectAccessReviewSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: SubjectAccessReviewStatus;
}
