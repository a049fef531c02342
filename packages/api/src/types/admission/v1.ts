/**
 * What an admission webhook is asked, and what it answers.
 * @group admission.k8s.io v1
 */
import type { UserInfo } from '../authentication/v1.ts';
import type { GroupVersionKind, GroupVersionResource } from '../meta/v1/identifiers.ts';
import type { Status } from '../meta/v1/status.ts';
import type { Bytes, RawExtension, StringMap } from '../scalars.ts';

/**
 * Asks an admission webhook about a request, and carries its answer.
 * @kind
 */
export interface AdmissionReview {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * What is asked.
   * @proto 1 @explicit
   */
  readonly request?: AdmissionRequest;
  /**
   * The answer.
   * @proto 2 @explicit
   */
  readonly response?: AdmissionResponse;
}

/** What an admission webhook is asked. */
export interface AdmissionRequest {
  /**
   * Identifies this question; the answer repeats it.
   * @proto 1 @optional
   */
  readonly uid: string;
  /**
   * The kind of the object, as the webhook gets it.
   * @proto 2 @optional
   */
  readonly kind: GroupVersionKind;
  /**
   * The resource, as the webhook gets it.
   * @proto 3 @optional
   */
  readonly resource: GroupVersionResource;
  /**
   * The subresource, such as `scale`; empty for the object itself.
   * @proto 4
   */
  readonly subResource?: string;
  /**
   * The kind of the request itself; other than `kind` when the object was converted for a rule.
   * @proto 13 @explicit
   */
  readonly requestKind?: GroupVersionKind;
  /**
   * The resource of the request itself.
   * @proto 14 @explicit
   */
  readonly requestResource?: GroupVersionResource;
  /**
   * The subresource of the request itself.
   * @proto 15
   */
  readonly requestSubResource?: string;
  /**
   * The name of the object. Empty when the server is yet to make one.
   * @proto 5
   */
  readonly name?: string;
  /**
   * The namespace, if any.
   * @proto 6
   */
  readonly namespace?: string;
  /**
   * `CREATE`, `UPDATE`, `DELETE` or `CONNECT`.
   * @proto 7 @optional
   */
  readonly operation: Operation;
  /**
   * Who makes the request.
   * @proto 8 @optional
   */
  readonly userInfo: UserInfo;
  /**
   * The new object; null for a deletion.
   * @proto 9 @always
   */
  readonly object?: RawExtension;
  /**
   * The object as it was; null for a creation.
   * @proto 10 @always
   */
  readonly oldObject?: RawExtension;
  /**
   * True when nothing will be stored. Webhooks must then have no side effects.
   * @proto 11 @explicit
   */
  readonly dryRun?: boolean;
  /**
   * The options of the request, such as CreateOptions.
   * @proto 12 @always
   */
  readonly options?: RawExtension;
}

/** What a request does. Known values: `CREATE`, `UPDATE`, `DELETE`, `CONNECT`. */
export type Operation = string;

/** The answer of an admission webhook. */
export interface AdmissionResponse {
  /**
   * The uid of the question.
   * @proto 1 @optional
   */
  readonly uid: string;
  /**
   * Whether the request may go on.
   * @proto 2 @optional
   */
  readonly allowed: boolean;
  /**
   * Why not.
   * @proto 3 @explicit
   */
  readonly status?: Status;
  /**
   * Changes to the object.
   * @proto 4
   */
  readonly patch?: Bytes;
  /**
   * The form of the patch; only `JSONPatch`.
   * @proto 5 @explicit
   */
  readonly patchType?: PatchType;
  /**
   * Annotations for the audit record. The server puts the webhook's name in front of the keys.
   * @proto 6
   */
  readonly auditAnnotations?: StringMap<string>;
  /**
   * Warnings for the client. Best short: 120 characters.
   * @proto 7 @listType atomic
   */
  readonly warnings?: readonly string[];
}

/** The form of a patch. Known values: `JSONPatch`. */
export type PatchType = string;
