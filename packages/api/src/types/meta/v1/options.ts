/**
 * Options of the API verbs; they travel as query parameters or as a body.
 * @group meta.k8s.io v1
 */
import type { Int64 } from '../../scalars.ts';

/** @kind shared */
export interface ListOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly labelSelector?: string;
  /** @proto 2 */
  readonly fieldSelector?: string;
  /** @proto 3 */
  readonly watch?: boolean;
  /** @proto 9 */
  readonly allowWatchBookmarks?: boolean;
  /** @proto 4 */
  readonly resourceVersion?: string;
  /** @proto 10 */
  readonly resourceVersionMatch?: ResourceVersionMatch;
  /** @proto 5 @explicit */
  readonly timeoutSeconds?: Int64;
  /** @proto 7 */
  readonly limit?: Int64;
  /** @proto 8 */
  readonly continue?: string;
  /** @proto 11 @explicit */
  readonly sendInitialEvents?: boolean;
  /** @proto 15 @gate ShardedListAndWatch */
  readonly shardSelector?: string;
}

/** Known values: `NotOlderThan`, `Exact`. */
export type ResourceVersionMatch = string;

/** @kind shared */
export interface GetOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly resourceVersion?: string;
}

/** @kind shared */
export interface CreateOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @listType atomic */
  readonly dryRun?: readonly string[];
  /** @proto 3 */
  readonly fieldManager?: string;
  /** @proto 4 */
  readonly fieldValidation?: string;
}

/** @kind shared */
export interface UpdateOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @listType atomic */
  readonly dryRun?: readonly string[];
  /** @proto 2 */
  readonly fieldManager?: string;
  /** @proto 3 */
  readonly fieldValidation?: string;
}

/** @kind shared */
export interface PatchOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @listType atomic */
  readonly dryRun?: readonly string[];
  /** @proto 2 @explicit */
  readonly force?: boolean;
  /** @proto 3 */
  readonly fieldManager?: string;
  /** @proto 4 */
  readonly fieldValidation?: string;
}

/** @kind shared */
export interface DeleteOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @explicit */
  readonly gracePeriodSeconds?: Int64;
  /** @proto 2 @explicit */
  readonly preconditions?: Preconditions;
  /** @proto 3 @explicit */
  readonly orphanDependents?: boolean;
  /** @proto 4 @explicit */
  readonly propagationPolicy?: DeletionPropagation;
  /** @proto 5 @listType atomic */
  readonly dryRun?: readonly string[];
  /** @proto 6 @explicit */
  readonly ignoreStoreReadErrorWithClusterBreakingPotential?: boolean;
}

export interface Preconditions {
  /** @proto 1 @explicit */
  readonly uid?: string;
  /** @proto 2 @explicit */
  readonly resourceVersion?: string;
}

/** Known values: `Orphan`, `Background`, `Foreground`. */
export type DeletionPropagation = string;

/** @kind */
export interface TableOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly includeObject?: IncludeObjectPolicy;
}

/** Known values: `None`, `Metadata`, `Object`. */
export type IncludeObjectPolicy = string;

export interface ApplyOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @listType atomic */
  readonly dryRun?: readonly string[];
  /** @proto 2 */
  readonly force: boolean;
  /** @proto 3 */
  readonly fieldManager: string;
}
