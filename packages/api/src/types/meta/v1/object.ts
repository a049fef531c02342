/**
 * Metadata that every object and every list carries.
 * @group meta.k8s.io v1
 */
import type { FieldsV1, Int64, RawExtension, StringMap, Time } from '../../scalars.ts';

/** @kind */
export interface PartialObjectMetadata {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
}

/** @kind */
export interface PartialObjectMetadataList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly PartialObjectMetadata[];
}

export interface TypeMeta {
  /** @proto 1 */
  readonly kind?: string;
  /** @proto 2 */
  readonly apiVersion?: string;
}

export interface ObjectMeta {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 */
  readonly generateName?: string;
  /** @proto 3 */
  readonly namespace?: string;
  /** @proto 4 */
  readonly selfLink?: string;
  /** @proto 5 */
  readonly uid?: string;
  /** @proto 6 */
  readonly resourceVersion?: string;
  /** @proto 7 */
  readonly generation?: Int64;
  /** @proto 8 */
  readonly creationTimestamp?: Time;
  /** @proto 9 @explicit */
  readonly deletionTimestamp?: Time;
  /** @proto 10 @explicit */
  readonly deletionGracePeriodSeconds?: Int64;
  /** @proto 11 */
  readonly labels?: StringMap<string>;
  /** @proto 12 */
  readonly annotations?: StringMap<string>;
  /** @proto 13 @listType map uid @patch merge uid */
  readonly ownerReferences?: readonly OwnerReference[];
  /** @proto 14 @listType set @patch merge */
  readonly finalizers?: readonly string[];
  /** @proto 17 @listType atomic */
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

/** @structType atomic */
export interface OwnerReference {
  /** @proto 5 */
  readonly apiVersion: string;
  /** @proto 1 */
  readonly kind: string;
  /** @proto 3 */
  readonly name: string;
  /** @proto 4 */
  readonly uid: string;
  /** @proto 6 @explicit */
  readonly controller?: boolean;
  /** @proto 7 @explicit */
  readonly blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry {
  /** @proto 1 */
  readonly manager?: string;
  /** @proto 2 */
  readonly operation?: ManagedFieldsOperationType;
  /** @proto 3 */
  readonly apiVersion?: string;
  /** @proto 4 @explicit */
  readonly time?: Time;
  /** @proto 6 */
  readonly fieldsType?: string;
  /** @proto 7 @explicit */
  readonly fieldsV1?: FieldsV1;
  /** @proto 8 */
  readonly subresource?: string;
}

/** Known values: `Apply`, `Update`. */
export type ManagedFieldsOperationType = string;

/** @kind */
export interface List {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly RawExtension[];
}

export interface ListMeta {
  /** @proto 1 */
  readonly selfLink?: string;
  /** @proto 2 */
  readonly resourceVersion?: string;
  /** @proto 3 */
  readonly continue?: string;
  /** @proto 4 @explicit */
  readonly remainingItemCount?: Int64;
  /** @proto 5 @explicit @gate ShardedListAndWatch */
  readonly shardInfo?: ShardInfo;
}

export interface ShardInfo {
  /** @proto 1 */
  readonly selector: string;
}
