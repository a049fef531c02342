/**
 * Certificate signing requests.
 * @group certificates.k8s.io v1
 */
import type { ConditionStatus } from '../core/v1/cluster.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Bytes, Int32, StringMap, Time } from '../scalars.ts';

/**
 * Asks a signer for a certificate.
 * @kind
 */
export interface CertificateSigningRequest {
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
  readonly spec: CertificateSigningRequestSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: CertificateSigningRequestStatus;
}

/**
 * A list of certificate signing requests.
 * @kind
 */
export interface CertificateSigningRequestList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The certificate signing requests.
   * @proto 2
   */
  readonly items: readonly CertificateSigningRequest[];
}

/** What is asked for. It cannot be changed. */
export interface CertificateSigningRequestSpec {
  /**
   * The request, as PEM of PKCS 10.
   * @proto 1
   */
  readonly request: Bytes;
  /**
   * Who is to sign it, such as `kubernetes.io/kube-apiserver-client`.
   * @proto 7
   */
  readonly signerName: string;
  /**
   * Seconds that the certificate should be valid, at least 600. The signer decides.
   * @proto 8 @explicit
   */
  readonly expirationSeconds?: Int32;
  /**
   * What the key is to be used for.
   * @proto 5 @listType atomic
   */
  readonly usages?: readonly KeyUsage[];
  /**
   * Who asked. Set by the server.
   * @proto 2
   */
  readonly username?: string;
  /**
   * The uid of who asked. Set by the server.
   * @proto 3
   */
  readonly uid?: string;
  /**
   * The groups of who asked. Set by the server.
   * @proto 4 @listType atomic
   */
  readonly groups?: readonly string[];
  /**
   * Whatever else is known of who asked. Set by the server.
   * @proto 6
   */
  readonly extra?: StringMap<ExtraValue>;
}

/**
 * A use of a key.
 * @enum
 */
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

/**
 * The values of one extra key.
 * @message
 */
export type ExtraValue = readonly string[];

/** What became of the request. */
export interface CertificateSigningRequestStatus {
  /**
   * Whether it was approved, denied, or failed. `Approved` and `Denied` cannot be taken back.
   * @proto 1 @listType map type
   */
  readonly conditions?: readonly CertificateSigningRequestCondition[];
  /**
   * The certificate, with those that sign it, in PEM.
   * @proto 2
   */
  readonly certificate?: Bytes;
}

/** A decision about a request. */
export interface CertificateSigningRequestCondition {
  /**
   * `Approved`, `Denied` or `Failed`.
   * @proto 1
   */
  readonly type: RequestConditionType;
  /**
   * Only `True` for these.
   * @proto 6
   */
  readonly status: ConditionStatus;
  /**
   * Why, as one word for programs.
   * @proto 2
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 3
   */
  readonly message?: string;
  /**
   * When this condition was last written.
   * @proto 4 @always
   */
  readonly lastUpdateTime?: Time;
  /**
   * When the status of this condition last changed.
   * @proto 5 @always
   */
  readonly lastTransitionTime?: Time;
}

/** A decision about a request. Known values: `Approved`, `Denied`, `Failed`. */
export type RequestConditionType = string;
