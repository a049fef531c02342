/**
 * The answer to a request that has no object to return, above all to one that failed.
 * @group meta.k8s.io v1
 */
import type { Int32 } from '../../scalars.ts';
import type { ListMeta } from './object.ts';

/**
 * The outcome of a request that returns no object; above all, why it failed.
 * @kind unversioned
 */
export interface Status {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * `Success` or `Failure`.
   * @proto 2
   */
  readonly status?: string;
  /**
   * What happened, as text for people.
   * @proto 3
   */
  readonly message?: string;
  /**
   * Why it failed, as one word for programs. It goes with `code`.
   * @proto 4
   */
  readonly reason?: StatusReason;
  /**
   * More about the cause; what is in it depends on `reason`.
   * @proto 5 @explicit
   */
  readonly details?: StatusDetails;
  /**
   * The HTTP status code of the answer.
   * @proto 6
   */
  readonly code?: Int32;
}

/**
 * Why a request failed, as one word for programs. Known values: empty, `Unauthorized`, `Forbidden`,
 * `NotFound`, `AlreadyExists`, `Conflict`, `Gone`, `Invalid`, `ServerTimeout`, `StorageReadError`,
 * `Timeout`, `TooManyRequests`, `BadRequest`, `MethodNotAllowed`, `NotAcceptable`,
 * `RequestEntityTooLarge`, `UnsupportedMediaType`, `InternalError`, `Expired`,
 * `ServiceUnavailable`.
 */
export type StatusReason = string;

/** What a failed request was about. */
export interface StatusDetails {
  /**
   * The name of the object, where one is concerned.
   * @proto 1
   */
  readonly name?: string;
  /**
   * The API group of `kind`.
   * @proto 2
   */
  readonly group?: string;
  /**
   * The resource, or sometimes the kind, that is concerned.
   * @proto 3
   */
  readonly kind?: string;
  /**
   * The uid of the object, where it is known.
   * @proto 6
   */
  readonly uid?: string;
  /**
   * Each thing that was wrong.
   * @proto 4 @listType atomic
   */
  readonly causes?: readonly StatusCause[];
  /**
   * Seconds to wait before the request may be tried again.
   * @proto 5
   */
  readonly retryAfterSeconds?: Int32;
}

/** One thing that was wrong with a request. */
export interface StatusCause {
  /**
   * What was wrong, as one word for programs.
   * @proto 1
   */
  readonly reason?: CauseType;
  /**
   * What was wrong, as text for people.
   * @proto 2
   */
  readonly message?: string;
  /**
   * The field that was wrong, as a path such as `spec.containers[0].name`.
   * @proto 3
   */
  readonly field?: string;
}

/**
 * What was wrong with a field. Known values: `FieldValueNotFound`, `FieldValueRequired`,
 * `FieldValueDuplicate`, `FieldValueInvalid`, `FieldValueNotSupported`, `FieldValueForbidden`,
 * `FieldValueTooLong`, `FieldValueTooMany`, `InternalError`, `FieldValueTypeInvalid`,
 * `UnexpectedServerResponse`, `FieldManagerConflict`, `ResourceVersionTooLarge`.
 */
export type CauseType = string;
