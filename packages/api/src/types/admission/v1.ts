/**
 * What an admission webhook is asked, and what it answers.
 * @group admission.k8s.io v1
 */
import type { UserInfo } from '../authentication/v1.ts';
import type { GroupVersionKind, GroupVersionResource } from '../meta/v1/identifiers.ts';
import type { Status } from '../meta/v1/status.ts';
import type { Bytes, RawExtension, StringMap } from '../scalars.ts';

/** @kind */
export interface AdmissionReview {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @explicit */
  readonly request?: AdmissionRequest;
  /** @proto 2 @explicit */
  readonly response?: AdmissionResponse;
}

export interface AdmissionRequest {
  /** @proto 1 @optional */
  readonly uid: string;
  /** @proto 2 @optional */
  readonly kind: GroupVersionKind;
  /** @proto 3 @optional */
  readonly resource: GroupVersionResource;
  /** @proto 4 */
  readonly subResource?: string;
  /** @proto 13 @explicit */
  readonly requestKind?: GroupVersionKind;
  /** @proto 14 @explicit */
  readonly requestResource?: GroupVersionResource;
  /** @proto 15 */
  readonly requestSubResource?: string;
  /** @proto 5 */
  readonly name?: string;
  /** @proto 6 */
  readonly namespace?: string;
  /** @proto 7 @optional */
  readonly operation: Operation;
  /** @proto 8 @optional */
  readonly userInfo: UserInfo;
  /** @proto 9 @always */
  readonly object?: RawExtension;
  /** @proto 10 @always */
  readonly oldObject?: RawExtension;
  /** @proto 11 @explicit */
  readonly dryRun?: boolean;
  /** @proto 12 @always */
  readonly options?: RawExtension;
}

/** Known values: `CREATE`, `UPDATE`, `DELETE`, `CONNECT`. */
export type Operation = string;

export interface AdmissionResponse {
  /** @proto 1 @optional */
  readonly uid: string;
  /** @proto 2 @optional */
  readonly allowed: boolean;
  /** @proto 3 @explicit */
  readonly status?: Status;
  /** @proto 4 */
  readonly patch?: Bytes;
  /** @proto 5 @explicit */
  readonly patchType?: PatchType;
  /** @proto 6 */
  readonly auditAnnotations?: StringMap<string>;
  /** @proto 7 @listType atomic */
  readonly warnings?: readonly string[];
}

/** Known values: `JSONPatch`. */
export type PatchType = string;
