/**
 * Access reviews: may this user do that.
 * @group authorization.k8s.io v1
 */
import type { ObjectMeta } from '../meta/v1/object.ts';
import type { FieldSelectorRequirement, LabelSelectorRequirement } from '../meta/v1/selector.ts';
import type { StringMap } from '../scalars.ts';

/** @kind */
export interface LocalSubjectAccessReview {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: SubjectAccessReviewSpec;
  /** @proto 3 @always */
  readonly status?: SubjectAccessReviewStatus;
}

export interface SubjectAccessReviewSpec {
  /** @proto 1 @explicit */
  readonly resourceAttributes?: ResourceAttributes;
  /** @proto 2 @explicit */
  readonly nonResourceAttributes?: NonResourceAttributes;
  /** @proto 3 */
  readonly user?: string;
  /** @proto 4 @listType atomic */
  readonly groups?: readonly string[];
  /** @proto 5 */
  readonly extra?: StringMap<ExtraValue>;
  /** @proto 6 */
  readonly uid?: string;
}

export interface ResourceAttributes {
  /** @proto 1 */
  readonly namespace?: string;
  /** @proto 2 */
  readonly verb?: string;
  /** @proto 3 */
  readonly group?: string;
  /** @proto 4 */
  readonly version?: string;
  /** @proto 5 */
  readonly resource?: string;
  /** @proto 6 */
  readonly subresource?: string;
  /** @proto 7 */
  readonly name?: string;
  /** @proto 8 @explicit */
  readonly fieldSelector?: FieldSelectorAttributes;
  /** @proto 9 @explicit */
  readonly labelSelector?: LabelSelectorAttributes;
}

export interface FieldSelectorAttributes {
  /** @proto 1 */
  readonly rawSelector?: string;
  /** @proto 2 @listType atomic */
  readonly requirements?: readonly FieldSelectorRequirement[];
}

export interface LabelSelectorAttributes {
  /** @proto 1 */
  readonly rawSelector?: string;
  /** @proto 2 @listType atomic */
  readonly requirements?: readonly LabelSelectorRequirement[];
}

export interface NonResourceAttributes {
  /** @proto 1 */
  readonly path?: string;
  /** @proto 2 */
  readonly verb?: string;
}

/** @message */
export type ExtraValue = readonly string[];

export interface SubjectAccessReviewStatus {
  /** @proto 1 */
  readonly allowed: boolean;
  /** @proto 4 */
  readonly denied?: boolean;
  /** @proto 2 */
  readonly reason?: string;
  /** @proto 3 */
  readonly evaluationError?: string;
}

/** @kind */
export interface SelfSubjectAccessReview {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: SelfSubjectAccessReviewSpec;
  /** @proto 3 @always */
  readonly status?: SubjectAccessReviewStatus;
}

export interface SelfSubjectAccessReviewSpec {
  /** @proto 1 @explicit */
  readonly resourceAttributes?: ResourceAttributes;
  /** @proto 2 @explicit */
  readonly nonResourceAttributes?: NonResourceAttributes;
}

/** @kind */
export interface SelfSubjectRulesReview {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: SelfSubjectRulesReviewSpec;
  /** @proto 3 @always */
  readonly status?: SubjectRulesReviewStatus;
}

export interface SelfSubjectRulesReviewSpec {
  /** @proto 1 */
  readonly namespace?: string;
}

export interface SubjectRulesReviewStatus {
  /** @proto 1 @listType atomic */
  readonly resourceRules: readonly ResourceRule[];
  /** @proto 2 @listType atomic */
  readonly nonResourceRules: readonly NonResourceRule[];
  /** @proto 3 */
  readonly incomplete: boolean;
  /** @proto 4 */
  readonly evaluationError?: string;
}

export interface ResourceRule {
  /** @proto 1 @listType atomic */
  readonly verbs: readonly string[];
  /** @proto 2 @listType atomic */
  readonly apiGroups?: readonly string[];
  /** @proto 3 @listType atomic */
  readonly resources?: readonly string[];
  /** @proto 4 @listType atomic */
  readonly resourceNames?: readonly string[];
}

export interface NonResourceRule {
  /** @proto 1 @listType atomic */
  readonly verbs: readonly string[];
  /** @proto 2 @listType atomic */
  readonly nonResourceURLs?: readonly string[];
}

/** @kind */
export interface SubjectAccessReview {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: SubjectAccessReviewSpec;
  /** @proto 3 @always */
  readonly status?: SubjectAccessReviewStatus;
}
