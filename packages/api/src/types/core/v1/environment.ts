/**
 * Environment variables of containers and where their values come from.
 * @group core v1
 */
import type { Quantity } from '../../scalars.ts';
import type { LocalObjectReference } from './reference.ts';

/** An environment variable. */
export interface EnvVar {
  /**
   * Its name. Nearly any printable characters but `=` are allowed.
   * @proto 1
   */
  readonly name: string;
  /**
   * Its value. `$(NAME)` stands for a variable defined earlier, `$$(NAME)` for that text itself.
   * Defaults to empty.
   * @proto 2
   */
  readonly value?: string;
  /**
   * Where the value comes from instead. Not together with `value`.
   * @proto 3 @explicit
   */
  readonly valueFrom?: EnvVarSource;
}

/** Where a value comes from. One of them is set. */
export interface EnvVarSource {
  /**
   * A field of the pod, such as `metadata.name`, `metadata.labels['KEY']` or `status.podIP`.
   * @proto 1 @explicit
   */
  readonly fieldRef?: ObjectFieldSelector;
  /**
   * A request or limit of a container.
   * @proto 2 @explicit
   */
  readonly resourceFieldRef?: ResourceFieldSelector;
  /**
   * A key of a config map.
   * @proto 3 @explicit
   */
  readonly configMapKeyRef?: ConfigMapKeySelector;
  /**
   * A key of a secret.
   * @proto 4 @explicit
   */
  readonly secretKeyRef?: SecretKeySelector;
  /**
   * A variable in a file of a volume.
   * @proto 5 @explicit @gate EnvFiles
   */
  readonly fileKeyRef?: FileKeySelector;
}

/**
 * A field of an object.
 * @structType atomic
 */
export interface ObjectFieldSelector {
  /**
   * The version that the path is written for. Defaults to `v1`.
   * @proto 1
   */
  readonly apiVersion?: string;
  /**
   * The path of the field.
   * @proto 2
   */
  readonly fieldPath: string;
}

/**
 * A request or limit of a container, as a number.
 * @structType atomic
 */
export interface ResourceFieldSelector {
  /**
   * The container; needed in volumes, and by default the container itself in variables.
   * @proto 1
   */
  readonly containerName?: string;
  /**
   * Such as `limits.cpu` or `requests.memory`.
   * @proto 2
   */
  readonly resource: string;
  /**
   * The unit to express it in. Defaults to 1.
   * @proto 3 @always
   */
  readonly divisor?: Quantity;
}

/**
 * A key of a config map.
 * @structType atomic
 * @inline LocalObjectReference 1 first
 */
export interface ConfigMapKeySelector extends LocalObjectReference {
  /**
   * The key to use.
   * @proto 2
   */
  readonly key: string;
  /**
   * Go on without it when it does not exist.
   * @proto 3 @explicit
   */
  readonly optional?: boolean;
}

/**
 * A key of a secret.
 * @structType atomic
 * @inline LocalObjectReference 1 first
 */
export interface SecretKeySelector extends LocalObjectReference {
  /**
   * The key to use.
   * @proto 2
   */
  readonly key: string;
  /**
   * Go on without it when it does not exist.
   * @proto 3 @explicit
   */
  readonly optional?: boolean;
}

/**
 * A variable in a file of a volume.
 * @structType atomic
 */
export interface FileKeySelector {
  /**
   * The volume that has the file.
   * @proto 1
   */
  readonly volumeName: string;
  /**
   * The path of the file in the volume. Must not contain `..`.
   * @proto 2
   */
  readonly path: string;
  /**
   * The variable in the file.
   * @proto 3
   */
  readonly key: string;
  /**
   * Go on without the variable when it, or the file, does not exist. Defaults to false.
   * @proto 4 @explicit @default false
   */
  readonly optional?: boolean;
}

/** A source whose every key becomes an environment variable. */
export interface EnvFromSource {
  /**
   * Put in front of each key.
   * @proto 1
   */
  readonly prefix?: string;
  /**
   * The config map.
   * @proto 2 @explicit
   */
  readonly configMapRef?: ConfigMapEnvSource;
  /**
   * The secret.
   * @proto 3 @explicit
   */
  readonly secretRef?: SecretEnvSource;
}

/**
 * A config map as a source of environment variables.
 * @inline LocalObjectReference 1 first
 */
export interface ConfigMapEnvSource extends LocalObjectReference {
  /**
   * Go on without it when it does not exist.
   * @proto 2 @explicit
   */
  readonly optional?: boolean;
}

/**
 * A secret as a source of environment variables.
 * @inline LocalObjectReference 1 first
 */
export interface SecretEnvSource extends LocalObjectReference {
  /**
   * Go on without it when it does not exist.
   * @proto 2 @explicit
   */
  readonly optional?: boolean;
}
