/**
 * Metadata that every object and every list carries.
 * @group meta.k8s.io v1
 */
import type { FieldsV1, Int64, RawExtension, StringMap, Time } from '../../scalars.ts';

/**
 * The metadata of an object of any kind, without the rest.
 * @kind
 */
export interface PartialObjectMetadata {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
}

/**
 * A list of objects of which only metadata is given.
 * @kind
 */
export interface PartialObjectMetadataList {
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
   * The objects.
   * @proto 2
   */
  readonly items: readonly PartialObjectMetadata[];
}

/** The two properties that say what an object is. Every kind has them. */
export interface TypeMeta {
  /**
   * The kind, in CamelCase.
   * @proto 1
   */
  readonly kind?: string;
  /**
   * The group and version, such as `v1` or `apps/v1`.
   * @proto 2
   */
  readonly apiVersion?: string;
}

/** What every stored object carries, whatever its kind. */
export interface ObjectMeta {
  /**
   * The name, unique among the objects of one resource in one namespace. It cannot be changed. Most
   * kinds demand a DNS name.
   * @proto 1
   */
  readonly name?: string;
  /**
   * A prefix from which the server makes a unique name when `name` is empty: five random characters
   * follow it.
   * @proto 2
   */
  readonly generateName?: string;
  /**
   * The namespace that the object is in; names are unique within it. Empty for objects of cluster
   * scope. It cannot be changed.
   * @proto 3
   */
  readonly namespace?: string;
  /**
   * No longer set. It was the object's URL.
   * @proto 4
   */
  readonly selfLink?: string;
  /**
   * Identifies this object among all that ever existed, even others of the same name. Set by the
   * server.
   * @proto 5
   */
  readonly uid?: string;
  /**
   * Changes with every write. Clients send it back to make sure that they overwrite what they read,
   * and to start a watch; they must not take it for a number with a meaning.
   * @proto 6
   */
  readonly resourceVersion?: string;
  /**
   * A number that grows with every change of what is wanted; changes of the status leave it alone.
   * Set by the server.
   * @proto 7
   */
  readonly generation?: Int64;
  /**
   * CreationTimestamp is a timestamp: of when the server accepted the object. Set by the server, in UTC.
   * @proto 8
   */
  readonly creationTimestamp?: Time;
  /**
   * When the object is to be gone, set by a graceful deletion. From then on it only waits for its
   * finalizers and its grace period, and the deletion cannot be taken back.
   * @proto 9 @explicit
   */
  readonly deletionTimestamp?: Time;
  /**
   * Seconds that the object gets to end by itself once deletion has begun. It may only be
   * shortened.
   * @proto 10 @explicit
   */
  readonly deletionGracePeriodSeconds?: Int64;
  /**
   * Keys and values that group and select objects. Selectors of services and workloads match them.
   * @proto 11
   */
  readonly labels?: StringMap<string>;
  /**
   * Keys and values for tools and people. Nothing selects by them, and values may be large.
   * @proto 12
   */
  readonly annotations?: StringMap<string>;
  /**
   * The objects that this one belongs to. When all of them are gone, the garbage collector deletes
   * it. At most one may be the managing controller.
   * @proto 13 @listType map uid @patch merge uid
   */
  readonly ownerReferences?: readonly OwnerReference[];
  /**
   * Names of those who must act before the object can go. Each removes its own name when it is
   * done; the object is removed with the last.
   * @proto 14 @listType set @patch merge
   */
  readonly finalizers?: readonly string[];
  /**
   * Who set which fields, for server-side apply. Users rarely need to look at it, and never set it.
   * @proto 17 @listType atomic
   */
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

/**
 * Names an owner of the object. The owner is in the same namespace, or has cluster scope.
 * @structType atomic
 */
export interface OwnerReference {
  /**
   * The group and version of the owner.
   * @proto 5
   */
  readonly apiVersion: string;
  /**
   * The kind of the owner.
   * @proto 1
   */
  readonly kind: string;
  /**
   * The name of the owner.
   * @proto 3
   */
  readonly name: string;
  /**
   * The uid of the owner; an object of the same name with another uid is not the owner.
   * @proto 4
   */
  readonly uid: string;
  /**
   * True for the one owner that manages this object.
   * @proto 6 @explicit
   */
  readonly controller?: boolean;
  /**
   * With a foreground deletion the owner waits until this object is gone. Setting it takes
   * permission to change the owner's finalizers.
   * @proto 7 @explicit
   */
  readonly blockOwnerDeletion?: boolean;
}

/** The fields that one manager set with one kind of operation. */
export interface ManagedFieldsEntry {
  /**
   * The name of the program or person, from `fieldManager` or the user agent.
   * @proto 1
   */
  readonly manager?: string;
  /**
   * `Apply` for server-side apply, `Update` for every other kind of write.
   * @proto 2
   */
  readonly operation?: ManagedFieldsOperationType;
  /**
   * The group and version that the field names belong to.
   * @proto 3
   */
  readonly apiVersion?: string;
  /**
   * When the entry was added or its set of fields last changed.
   * @proto 4 @explicit
   */
  readonly time?: Time;
  /**
   * The format of `fieldsV1`; always `FieldsV1`.
   * @proto 6
   */
  readonly fieldsType?: string;
  /**
   * The set of fields, as a tree of keys.
   * @proto 7 @explicit
   */
  readonly fieldsV1?: FieldsV1;
  /**
   * The subresource that the write went through, such as `status`; empty for the object itself.
   * @proto 8
   */
  readonly subresource?: string;
}

/** How a manager came to own fields. Known values: `Apply`, `Update`. */
export type ManagedFieldsOperationType = string;

/**
 * A list of objects of any kinds.
 * @kind
 */
export interface List {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The objects.
   * @proto 2
   */
  readonly items: readonly RawExtension[];
}

/** What every list carries. */
export interface ListMeta {
  /**
   * No longer set. It was the list's URL.
   * @proto 1
   */
  readonly selfLink?: string;
  /**
   * The version of the store that the list shows. A watch that starts here misses nothing.
   * @proto 2
   */
  readonly resourceVersion?: string;
  /**
   * A token for the next part of a list that was cut at `limit`. Empty on the last part. It expires
   * after some minutes.
   * @proto 3
   */
  readonly continue?: string;
  /**
   * How many more items there are after this part. Missing when that is not known, as it is with
   * selectors.
   * @proto 4 @explicit
   */
  readonly remainingItemCount?: Int64;
  /**
   * Which share of all objects the list shows, when a shard was asked for.
   * @proto 5 @explicit @gate ShardedListAndWatch
   */
  readonly shardInfo?: ShardInfo;
}

/** Describes the share of all objects that a list or watch covers. */
export interface ShardInfo {
  /**
   * The selector of the shard, as it was asked for.
   * @proto 1
   */
  readonly selector: string;
}
