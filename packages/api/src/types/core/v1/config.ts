/**
 * Config maps, secrets and service accounts.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Bytes, StringMap } from '../../scalars.ts';
import type { LocalObjectReference, ObjectReference } from './reference.ts';

/**
 * Configuration that pods read as files or environment variables. It is not kept secret. At most 1
 * MiB.
 * @kind
 */
export interface ConfigMap {
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
   * True forbids all changes but deletion. It cannot be made false again.
   * @proto 4 @explicit
   */
  readonly immutable?: boolean;
  /**
   * Values that are text in UTF-8. Keys consist of letters, digits, `-`, `_` and `.`.
   * @proto 2
   */
  readonly data?: StringMap<string>;
  /**
   * Values that are bytes, in base64. No key may also be in `data`.
   * @proto 3
   */
  readonly binaryData?: StringMap<Bytes>;
}

/**
 * A list of config maps.
 * @kind
 */
export interface ConfigMapList {
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
   * The config maps.
   * @proto 2
   */
  readonly items: readonly ConfigMap[];
}

/**
 * Something to be kept from most eyes, such as a password or a key. At most 1 MiB.
 * @kind
 */
export interface Secret {
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
   * True forbids all changes but deletion. It cannot be made false again.
   * @proto 5 @explicit
   */
  readonly immutable?: boolean;
  /**
   * The values, in base64. Keys consist of letters, digits, `-`, `_` and `.`.
   * @proto 2
   */
  readonly data?: StringMap<Bytes>;
  /**
   * Values as plain text, for writing only: the server puts them into `data`, where they win.
   * @proto 4
   */
  readonly stringData?: StringMap<string>;
  /**
   * What kind of secret it is; several types demand certain keys. Defaults to `Opaque`. It cannot
   * be changed.
   * @proto 3
   */
  readonly type?: SecretType;
}

/**
 * A list of secrets.
 * @kind
 */
export interface SecretList {
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
   * The secrets.
   * @proto 2
   */
  readonly items: readonly Secret[];
}

/**
 * The type of a secret, which says what keys it has. Known values: `Opaque`,
 * `kubernetes.io/service-account-token`, `kubernetes.io/service-account.name`,
 * `kubernetes.io/service-account.uid`, `token`, `kubernetes.kubeconfig`, `ca.crt`, `namespace`,
 * `kubernetes.io/dockercfg`, `.dockercfg`, `kubernetes.io/dockerconfigjson`, `.dockerconfigjson`,
 * `kubernetes.io/basic-auth`, `username`, `password`, `kubernetes.io/ssh-auth`, `ssh-privatekey`,
 * `kubernetes.io/tls`, `tls.crt`, `tls.key`, `bootstrap.kubernetes.io/token`.
 */
export type SecretType = string;

/**
 * An identity for the programs in pods.
 * @kind
 */
export interface ServiceAccount {
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
   * Secrets that pods of this account may use, where that is enforced. Not needed for tokens.
   * @proto 2 @listType map name @patch merge name
   */
  readonly secrets?: readonly ObjectReference[];
  /**
   * Secrets for pulling images, given to pods of this account.
   * @proto 3 @listType atomic
   */
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  /**
   * Whether pods of this account get its token. A pod can say otherwise.
   * @proto 4 @explicit
   */
  readonly automountServiceAccountToken?: boolean;
}

/**
 * A list of service accounts.
 * @kind
 */
export interface ServiceAccountList {
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
   * The service accounts.
   * @proto 2
   */
  readonly items: readonly ServiceAccount[];
}
