/**
 * Options of the API verbs; they travel as query parameters or as a body.
 * @group meta.k8s.io v1
 */
import type { Int64 } from '../../scalars.ts';

/**
 * Options of list and watch requests.
 * @kind shared
 */
export interface ListOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Only objects with these labels, such as `app=web,tier!=cache`. Empty for all.
   * @proto 1
   */
  readonly labelSelector?: string;
  /**
   * Only objects with these field values, such as `spec.nodeName=a`. Each resource says which
   * fields it supports.
   * @proto 2
   */
  readonly fieldSelector?: string;
  /**
   * Stream changes instead of answering with a list.
   * @proto 3
   */
  readonly watch?: boolean;
  /**
   * Allow bookmark events, which say how far the watch has come without any change to report.
   * @proto 9
   */
  readonly allowWatchBookmarks?: boolean;
  /**
   * For a list: at least as new as this, `0` for anything the server has at hand, empty for the
   * latest. For a watch: start after it.
   * @proto 4
   */
  readonly resourceVersion?: string;
  /**
   * How `resourceVersion` binds a list: `Exact` or `NotOlderThan`.
   * @proto 10
   */
  readonly resourceVersionMatch?: ResourceVersionMatch;
  /**
   * End the request after this many seconds, whatever it is doing.
   * @proto 5 @explicit
   */
  readonly timeoutSeconds?: Int64;
  /**
   * At most this many items; the answer has a `continue` token when there are more.
   * @proto 7
   */
  readonly limit?: Int64;
  /**
   * The token of an earlier part, to get the next.
   * @proto 8
   */
  readonly continue?: string;
  /**
   * Begin a watch with the objects that exist, then a bookmark that says so, then changes.
   * @proto 11 @explicit
   */
  readonly sendInitialEvents?: boolean;
  /**
   * Only a share of all objects, split by a hash.
   * @proto 15 @gate ShardedListAndWatch
   */
  readonly shardSelector?: string;
}

/** How a resource version binds a list. Known values: `NotOlderThan`, `Exact`. */
export type ResourceVersionMatch = string;

/**
 * Options of requests that read one object.
 * @kind shared
 */
export interface GetOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * At least as new as this; empty for the latest.
   * @proto 1
   */
  readonly resourceVersion?: string;
}

/**
 * Options of requests that create.
 * @kind shared
 */
export interface CreateOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * With the value `All` the request does everything but store the result.
   * @proto 1 @listType atomic
   */
  readonly dryRun?: readonly string[];
  /**
   * The name under which changed fields are recorded. By default the user agent up to its first
   * slash.
   * @proto 3
   */
  readonly fieldManager?: string;
  /**
   * What to do about unknown and repeated fields: `Ignore` them, `Warn` (the default), or `Strict`,
   * which refuses the request.
   * @proto 4
   */
  readonly fieldValidation?: string;
}

/**
 * Options of requests that replace.
 * @kind shared
 */
export interface UpdateOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * With the value `All` the request does everything but store the result.
   * @proto 1 @listType atomic
   */
  readonly dryRun?: readonly string[];
  /**
   * The name under which changed fields are recorded. By default the user agent up to its first
   * slash.
   * @proto 2
   */
  readonly fieldManager?: string;
  /**
   * What to do about unknown and repeated fields: `Ignore` them, `Warn` (the default), or `Strict`,
   * which refuses the request.
   * @proto 3
   */
  readonly fieldValidation?: string;
}

/**
 * Options of requests that patch or apply.
 * @kind shared
 */
export interface PatchOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * With the value `All` the request does everything but store the result.
   * @proto 1 @listType atomic
   */
  readonly dryRun?: readonly string[];
  /**
   * With server-side apply: take fields from their owners instead of failing with a conflict.
   * @proto 2 @explicit
   */
  readonly force?: boolean;
  /**
   * The name under which changed fields are recorded. By default the user agent up to its first
   * slash.
   * @proto 3
   */
  readonly fieldManager?: string;
  /**
   * What to do about unknown and repeated fields: `Ignore` them, `Warn` (the default), or `Strict`,
   * which refuses the request.
   * @proto 4
   */
  readonly fieldValidation?: string;
}

/**
 * Options of requests that delete.
 * @kind shared
 */
export interface DeleteOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Seconds that the object gets to end by itself; zero is at once. By default what the kind, or
   * the object, says.
   * @proto 1 @explicit
   */
  readonly gracePeriodSeconds?: Int64;
  /**
   * Delete only if these hold.
   * @proto 2 @explicit
   */
  readonly preconditions?: Preconditions;
  /**
   * Older than `propagationPolicy`, which replaces it: leave dependents without an owner.
   * @proto 3 @explicit
   */
  readonly orphanDependents?: boolean;
  /**
   * What becomes of dependents: `Orphan` keeps them, `Background` deletes them afterwards,
   * `Foreground` deletes them first.
   * @proto 4 @explicit
   */
  readonly propagationPolicy?: DeletionPropagation;
  /**
   * With the value `All` the request does everything but store the result.
   * @proto 5 @listType atomic
   */
  readonly dryRun?: readonly string[];
  /**
   * Delete an object even if what is stored of it cannot be read. Skips finalizers and all checks,
   * so it can break a cluster.
   * @proto 6 @explicit
   */
  readonly ignoreStoreReadErrorWithClusterBreakingPotential?: boolean;
}

/** Conditions under which an object may be changed or deleted. */
export interface Preconditions {
  /**
   * It must have this uid.
   * @proto 1 @explicit
   */
  readonly uid?: string;
  /**
   * It must be at this version.
   * @proto 2 @explicit
   */
  readonly resourceVersion?: string;
}

/** What a deletion does about dependents. Known values: `Orphan`, `Background`, `Foreground`. */
export type DeletionPropagation = string;

/**
 * Options of a request for a table.
 * @kind
 */
export interface TableOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * How much of each object a row carries: `None`, `Metadata` (the default) or `Object`.
   * @proto 1
   */
  readonly includeObject?: IncludeObjectPolicy;
}

/** How much of each object a table row carries. Known values: `None`, `Metadata`, `Object`. */
export type IncludeObjectPolicy = string;

/** Options of server-side apply. */
export interface ApplyOptions {
  /** The kind, in CamelCase. */
  readonly kind?: string;
  /** The group and version, such as `v1`. */
  readonly apiVersion?: string;
  /**
   * With the value `All` the request does everything but store the result.
   * @proto 1 @listType atomic
   */
  readonly dryRun?: readonly string[];
  /**
   * Take fields from their owners instead of failing with a conflict.
   * @proto 2
   */
  readonly force: boolean;
  /**
   * The name of the manager that applies. Needed.
   * @proto 3
   */
  readonly fieldManager: string;
}
