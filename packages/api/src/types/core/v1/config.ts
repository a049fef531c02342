/**
 * Config maps, secrets and service accounts.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Bytes, StringMap } from '../../scalars.ts';
import type { LocalObjectReference, ObjectReference } from './reference.ts';

/** @kind */
export interface ConfigMap {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 4 @explicit */
  readonly immutable?: boolean;
  /** @proto 2 */
  readonly data?: StringMap<string>;
  /** @proto 3 */
  readonly binaryData?: StringMap<Bytes>;
}

/** @kind */
export interface ConfigMapList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ConfigMap[];
}

/** @kind */
export interface Secret {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 5 @explicit */
  readonly immutable?: boolean;
  /** @proto 2 */
  readonly data?: StringMap<Bytes>;
  /** @proto 4 */
  readonly stringData?: StringMap<string>;
  /** @proto 3 */
  readonly type?: SecretType;
}

/** @kind */
export interface SecretList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Secret[];
}

/**
 * Known values: `Opaque`, `kubernetes.io/service-account-token`,
 * `kubernetes.io/service-account.name`, `kubernetes.io/service-account.uid`, `token`,
 * `kubernetes.kubeconfig`, `ca.crt`, `namespace`, `kubernetes.io/dockercfg`, `.dockercfg`,
 * `kubernetes.io/dockerconfigjson`, `.dockerconfigjson`, `kubernetes.io/basic-auth`, `username`,
 * `password`, `kubernetes.io/ssh-auth`, `ssh-privatekey`, `kubernetes.io/tls`, `tls.crt`,
 * `tls.key`, `bootstrap.kubernetes.io/token`.
 */
export type SecretType = string;

/** @kind */
export interface ServiceAccount {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @listType map name @patch merge name */
  readonly secrets?: readonly ObjectReference[];
  /** @proto 3 @listType atomic */
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  /** @proto 4 @explicit */
  readonly automountServiceAccountToken?: boolean;
}

/** @kind */
export interface ServiceAccountList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ServiceAccount[];
}
