/**
 * Reviews and requests about tokens: who is this, give me a token.
 * @group authentication.k8s.io v1
 */
import type { ObjectMeta } from '../meta/v1/object.ts';
import type { Int64, StringMap, Time } from '../scalars.ts';

/** @kind */
export interface SelfSubjectReview {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @always */
  readonly status?: SelfSubjectReviewStatus;
}

export interface SelfSubjectReviewStatus {
  /** @proto 1 @always */
  readonly userInfo?: UserInfo;
}

export interface UserInfo {
  /** @proto 1 */
  readonly username?: string;
  /** @proto 2 */
  readonly uid?: string;
  /** @proto 3 @listType atomic */
  readonly groups?: readonly string[];
  /** @proto 4 */
  readonly extra?: StringMap<ExtraValue>;
}

/** @message */
export type ExtraValue = readonly string[];

/** @kind */
export interface TokenRequest {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: TokenRequestSpec;
  /** @proto 3 @always */
  readonly status?: TokenRequestStatus;
}

export interface TokenRequestSpec {
  /** @proto 1 @optional @listType atomic */
  readonly audiences: readonly string[];
  /** @proto 4 @nullable @optional */
  readonly expirationSeconds: Int64;
  /** @proto 3 @nullable @optional */
  readonly boundObjectRef: BoundObjectReference;
}

export interface BoundObjectReference {
  /** @proto 1 */
  readonly kind?: string;
  /** @proto 2 */
  readonly apiVersion?: string;
  /** @proto 3 */
  readonly name?: string;
  /** @proto 4 */
  readonly uid?: string;
}

export interface TokenRequestStatus {
  /** @proto 1 @optional */
  readonly token: string;
  /** @proto 2 @optional */
  readonly expirationTimestamp: Time;
}

/** @kind */
export interface TokenReview {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: TokenReviewSpec;
  /** @proto 3 @always */
  readonly status?: TokenReviewStatus;
}

export interface TokenReviewSpec {
  /** @proto 1 @required */
  readonly token?: string;
  /** @proto 2 @listType atomic */
  readonly audiences?: readonly string[];
}

export interface TokenReviewStatus {
  /** @proto 1 */
  readonly authenticated?: boolean;
  /** @proto 2 @always */
  readonly user?: UserInfo;
  /** @proto 4 @listType atomic */
  readonly audiences?: readonly string[];
  /** @proto 3 */
  readonly error?: string;
}
