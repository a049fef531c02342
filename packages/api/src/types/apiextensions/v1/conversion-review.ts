/**
 * What a conversion webhook is asked, and what it answers.
 * @group apiextensions.k8s.io v1
 */
import type { Status } from '../../meta/v1/status.ts';
import type { RawExtension } from '../../scalars.ts';

/**
 * Asks a webhook to convert objects, and carries its answer.
 * @kind
 */
export interface ConversionReview {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * What to convert.
   * @proto 1 @explicit
   */
  readonly request?: ConversionRequest;
  /**
   * The answer.
   * @proto 2 @explicit
   */
  readonly response?: ConversionResponse;
}

/** Objects to convert. */
export interface ConversionRequest {
  /**
   * Identifies the request; the answer repeats it.
   * @proto 1
   */
  readonly uid: string;
  /**
   * The group and version to convert to.
   * @proto 2
   */
  readonly desiredAPIVersion: string;
  /**
   * The objects.
   * @proto 3 @listType atomic
   */
  readonly objects: readonly RawExtension[];
}

/** Objects that were converted. */
export interface ConversionResponse {
  /**
   * The uid of the request.
   * @proto 1
   */
  readonly uid: string;
  /**
   * The objects, in the order of the request. Only labels and annotations may have changed in their
   * metadata.
   * @proto 2 @listType atomic
   */
  readonly convertedObjects: readonly RawExtension[];
  /**
   * Whether it worked, and why not.
   * @proto 3
   */
  readonly result: Status;
}
