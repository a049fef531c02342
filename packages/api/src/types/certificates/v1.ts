/**
 * Certificate signing requests.
 * @group certificates.k8s.io v1
 */
import type { ConditionStatus } from '../core/v1/cluster.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Bytes, Int32, StringMap, Time } from '../scalars.ts';

/** @kind */
export interface CertificateSigningRequest {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: CertificateSigningRequestSpec;
  /** @proto 3 @always */
  readonly status?: CertificateSigningRequestStatus;
}

/** @kind */
export interface CertificateSigningRequestList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly CertificateSigningRequest[];
}

export interface CertificateSigningRequestSpec {
  /** @proto 1 */
  readonly request: Bytes;
  /** @proto 7 */
  readonly signerName: string;
  /** @proto 8 @explicit */
  readonly expirationSeconds?: Int32;
  /** @proto 5 @listType atomic */
  readonly usages?: readonly KeyUsage[];
  /** @proto 2 */
  readonly username?: string;
  /** @proto 3 */
  readonly uid?: string;
  /** @proto 4 @listType atomic */
  readonly groups?: readonly string[];
  /** @proto 6 */
  readonly extra?: StringMap<ExtraValue>;
}

/** @enum */
export type KeyUsage =
  | 'signing'
  | 'digital signature'
  | 'content commitment'
  | 'key encipherment'
  | 'key agreement'
  | 'data encipherment'
  | 'cert sign'
  | 'crl sign'
  | 'encipher only'
  | 'decipher only'
  | 'any'
  | 'server auth'
  | 'client auth'
  | 'code signing'
  | 'email protection'
  | 's/mime'
  | 'ipsec end system'
  | 'ipsec tunnel'
  | 'ipsec user'
  | 'timestamping'
  | 'ocsp signing'
  | 'microsoft sgc'
  | 'netscape sgc';

/** @message */
export type ExtraValue = readonly string[];

export interface CertificateSigningRequestStatus {
  /** @proto 1 @listType map type */
  readonly conditions?: readonly CertificateSigningRequestCondition[];
  /** @proto 2 */
  readonly certificate?: Bytes;
}

export interface CertificateSigningRequestCondition {
  /** @proto 1 */
  readonly type: RequestConditionType;
  /** @proto 6 */
  readonly status: ConditionStatus;
  /** @proto 2 */
  readonly reason?: string;
  /** @proto 3 */
  readonly message?: string;
  /** @proto 4 @always */
  readonly lastUpdateTime?: Time;
  /** @proto 5 @always */
  readonly lastTransitionTime?: Time;
}

/** Known values: `Approved`, `Denied`, `Failed`. */
export type RequestConditionType = string;
