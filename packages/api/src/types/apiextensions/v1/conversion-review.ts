/**
 * What a conversion webhook is asked, and what it answers.
 * @group apiextensions.k8s.io v1
 */
import type { Status } from '../../meta/v1/status.ts';
import type { RawExtension } from '../../scalars.ts';

/** @kind */
export interface ConversionReview {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @explicit */
  readonly request?: ConversionRequest;
  /** @proto 2 @explicit */
  readonly response?: ConversionResponse;
}

export interface ConversionRequest {
  /** @proto 1 */
  readonly uid: string;
  /** @proto 2 */
  readonly desiredAPIVersion: string;
  /** @proto 3 @listType atomic */
  readonly objects: readonly RawExtension[];
}

export interface ConversionResponse {
  /** @proto 1 */
  readonly uid: string;
  /** @proto 2 @listType atomic */
  readonly convertedObjects: readonly RawExtension[];
  /** @proto 3 */
  readonly result: Status;
}
