/**
 * Environment variables of containers and where their values come from.
 * @group core v1
 */
import type { Quantity } from '../../scalars.ts';
import type { LocalObjectReference } from './reference.ts';

export interface EnvVar {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly value?: string;
  /** @proto 3 @explicit */
  readonly valueFrom?: EnvVarSource;
}

export interface EnvVarSource {
  /** @proto 1 @explicit */
  readonly fieldRef?: ObjectFieldSelector;
  /** @proto 2 @explicit */
  readonly resourceFieldRef?: ResourceFieldSelector;
  /** @proto 3 @explicit */
  readonly configMapKeyRef?: ConfigMapKeySelector;
  /** @proto 4 @explicit */
  readonly secretKeyRef?: SecretKeySelector;
  /** @proto 5 @explicit @gate EnvFiles */
  readonly fileKeyRef?: FileKeySelector;
}

/** @structType atomic */
export interface ObjectFieldSelector {
  /** @proto 1 */
  readonly apiVersion?: string;
  /** @proto 2 */
  readonly fieldPath: string;
}

/** @structType atomic */
export interface ResourceFieldSelector {
  /** @proto 1 */
  readonly containerName?: string;
  /** @proto 2 */
  readonly resource: string;
  /** @proto 3 @always */
  readonly divisor?: Quantity;
}

/**
 * @structType atomic
 * @inline LocalObjectReference 1 first
 */
export interface ConfigMapKeySelector extends LocalObjectReference {
  /** @proto 2 */
  readonly key: string;
  /** @proto 3 @explicit */
  readonly optional?: boolean;
}

/**
 * @structType atomic
 * @inline LocalObjectReference 1 first
 */
export interface SecretKeySelector extends LocalObjectReference {
  /** @proto 2 */
  readonly key: string;
  /** @proto 3 @explicit */
  readonly optional?: boolean;
}

/** @structType atomic */
export interface FileKeySelector {
  /** @proto 1 */
  readonly volumeName: string;
  /** @proto 2 */
  readonly path: string;
  /** @proto 3 */
  readonly key: string;
  /** @proto 4 @explicit @default false */
  readonly optional?: boolean;
}

export interface EnvFromSource {
  /** @proto 1 */
  readonly prefix?: string;
  /** @proto 2 @explicit */
  readonly configMapRef?: ConfigMapEnvSource;
  /** @proto 3 @explicit */
  readonly secretRef?: SecretEnvSource;
}

/** @inline LocalObjectReference 1 first */
export interface ConfigMapEnvSource extends LocalObjectReference {
  /** @proto 2 @explicit */
  readonly optional?: boolean;
}

/** @inline LocalObjectReference 1 first */
export interface SecretEnvSource extends LocalObjectReference {
  /** @proto 2 @explicit */
  readonly optional?: boolean;
}
