/**
 * The answer to a request that has no object to return, above all to one that failed.
 * @group meta.k8s.io v1
 */
import type { Int32 } from '../../scalars.ts';
import type { ListMeta } from './object.ts';

/** @kind unversioned */
export interface Status {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly status?: string;
  /** @proto 3 */
  readonly message?: string;
  /** @proto 4 */
  readonly reason?: StatusReason;
  /** @proto 5 @explicit */
  readonly details?: StatusDetails;
  /** @proto 6 */
  readonly code?: Int32;
}

/**
 * Known values: empty, `Unauthorized`, `Forbidden`, `NotFound`, `AlreadyExists`, `Conflict`,
 * `Gone`, `Invalid`, `ServerTimeout`, `StorageReadError`, `Timeout`, `TooManyRequests`,
 * `BadRequest`, `MethodNotAllowed`, `NotAcceptable`, `RequestEntityTooLarge`,
 * `UnsupportedMediaType`, `InternalError`, `Expired`, `ServiceUnavailable`.
 */
export type StatusReason = string;

export interface StatusDetails {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 */
  readonly group?: string;
  /** @proto 3 */
  readonly kind?: string;
  /** @proto 6 */
  readonly uid?: string;
  /** @proto 4 @listType atomic */
  readonly causes?: readonly StatusCause[];
  /** @proto 5 */
  readonly retryAfterSeconds?: Int32;
}

export interface StatusCause {
  /** @proto 1 */
  readonly reason?: CauseType;
  /** @proto 2 */
  readonly message?: string;
  /** @proto 3 */
  readonly field?: string;
}

/**
 * Known values: `FieldValueNotFound`, `FieldValueRequired`, `FieldValueDuplicate`,
 * `FieldValueInvalid`, `FieldValueNotSupported`, `FieldValueForbidden`, `FieldValueTooLong`,
 * `FieldValueTooMany`, `InternalError`, `FieldValueTypeInvalid`, `UnexpectedServerResponse`,
 * `FieldManagerConflict`, `ResourceVersionTooLarge`.
 */
export type CauseType = string;
