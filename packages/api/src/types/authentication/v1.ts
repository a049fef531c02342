/**
 * Reviews and requests about tokens: who is this, give me a token.
 * @group authentication.k8s.io v1
 */
import type { ObjectMeta } from '../meta/v1/object.ts';
import type { Int64, StringMap, Time } from '../scalars.ts';

/**
 * Who the one that asks is, as the server sees it.
 * @kind
 */
export interface SelfSubjectReview {
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
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 2 @always
   */
  readonly status?: SelfSubjectReviewStatus;
}

/** Who the one that asked is. */
export interface SelfSubjectReviewStatus {
  /**
   * The user.
   * @proto 1 @always
   */
  readonly userInfo?: UserInfo;
}

/** A user, as authentication found out. */
export interface UserInfo {
  /**
   * The name.
   * @proto 1
   */
  readonly username?: string;
  /**
   * An id that is not given again to another user of the same name.
   * @proto 2
   */
  readonly uid?: string;
  /**
   * The groups that the user belongs to.
   * @proto 3 @listType atomic
   */
  readonly groups?: readonly string[];
  /**
   * Whatever else the authenticator had to say.
   * @proto 4
   */
  readonly extra?: StringMap<ExtraValue>;
}

/**
 * The values of one extra key.
 * @message
 */
export type ExtraValue = readonly string[];

/**
 * Asks for a token of a service account. Created as a subresource of the account.
 * @kind
 */
export interface TokenRequest {
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
  readonly spec: TokenRequestSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: TokenRequestStatus;
}

/** What token is wanted. */
export interface TokenRequestSpec {
  /**
   * Whom the token is for. Others must refuse it.
   * @proto 1 @optional @listType atomic
   */
  readonly audiences: readonly string[];
  /**
   * Seconds that it should be valid. The answer says how long it is.
   * @proto 4 @nullable @optional
   */
  readonly expirationSeconds: Int64;
  /**
   * An object with which the token ends: a pod, secret or node.
   * @proto 3 @nullable @optional
   */
  readonly boundObjectRef: BoundObjectReference;
}

/** Names an object that a token is bound to. */
export interface BoundObjectReference {
  /**
   * Its kind: `Pod`, `Secret` or `Node`.
   * @proto 1
   */
  readonly kind?: string;
  /**
   * Its group and version.
   * @proto 2
   */
  readonly apiVersion?: string;
  /**
   * Its name.
   * @proto 3
   */
  readonly name?: string;
  /**
   * Its uid.
   * @proto 4
   */
  readonly uid?: string;
}

/** The token. */
export interface TokenRequestStatus {
  /**
   * The token.
   * @proto 1 @optional
   */
  readonly token: string;
  /**
   * Until when it is valid.
   * @proto 2 @optional
   */
  readonly expirationTimestamp: Time;
}

/**
 * Asks whose token something is.
 * @kind
 */
export interface TokenReview {
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
  readonly spec: TokenReviewSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: TokenReviewStatus;
}

/** The token in question. */
export interface TokenReviewSpec {
  /**
   * The token.
   * @proto 1 @required
   */
  readonly token?: string;
  /**
   * Whom the token may be for; by default the API server.
   * @proto 2 @listType atomic
   */
  readonly audiences?: readonly string[];
}

/** Whose token it is. */
export interface TokenReviewStatus {
  /**
   * Whether it is a valid token.
   * @proto 1
   */
  readonly authenticated?: boolean;
  /**
   * Whose it is.
   * @proto 2 @always
   */
  readonly user?: UserInfo;
  /**
   * Those of the audiences asked for that it is for.
   * @proto 4 @listType atomic
   */
  readonly audiences?: readonly string[];
  /**
   * Why it could not be checked.
   * @proto 3
   */
  readonly error?: string;
}
