/**
 * What the generic registry knows about one resource. It never asks for the kind's name: whatever it must know, a property says.
 * Strategies are pure: they take values and return values.
 */
import type { FieldError } from '../field-error.ts';
import type { TableRowCondition } from '../types/meta/v1/table.ts';
import type { Draft, Int64 } from '../types/scalars.ts';
import type { RequestContext, ServerServices } from './context.ts';
import type { CustomForm } from './custom.ts';
import type { GroupVersionKind, KubernetesObject } from './object.ts';

export type Verb =
  | 'create'
  | 'delete'
  | 'deletecollection'
  | 'get'
  | 'list'
  | 'patch'
  | 'update'
  | 'watch';

/** Tells the client something whatever comes of its request. */
export type Warn = (text: string) => void;

export interface ResourceDefinition<T extends KubernetesObject = KubernetesObject> {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly verbs: readonly Verb[];
  /** A Warning that every answer about this resource carries, such as `v1 Endpoints is deprecated in v1.33+; ...`. */
  readonly deprecationWarning?: string;
  /** The name of its schema, such as `core/v1.Pod`. Custom kinds have none among the built-in schemas. */
  readonly schema: string;
  /** Set for custom kinds: how their objects are read and kept. Each of their versions has rules of its own. */
  readonly custom?: CustomForm;
  /** Why there may be no more of it: its definition is on its way out. */
  readonly refusesCreate?: string;
  /** Only stored, and seen through views: no version that clients may use. */
  readonly isHidden?: boolean;
  /** Under `/registry/` in the store, upstream's layout: `pods`, `services/specs`, `apiregistration.k8s.io/apiservices`. */
  readonly storagePrefix: string;
  /** Set when another version of this resource is the stored one: this one is a view of it. */
  readonly viewOf?: ResourceView<T>;

  /** Rules for metadata.name (upstream's messages, empty when fine). A DNS subdomain when omitted. */
  readonly validateName?: (name: string) => readonly string[];
  /** Finalizers need not say whose they are: upstream checks them less closely for kinds of its extensions. */
  readonly allowsAnyFinalizer?: boolean;
  /** PUT of a missing object creates it. */
  readonly createOnUpdate?: boolean;
  /** Updates must carry a resourceVersion. */
  readonly requireResourceVersion?: boolean;
  /** What `propagationPolicy` is when nobody says; 'background' when omitted. With 'never', nothing depends on such objects. */
  readonly defaultPropagation?: 'background' | 'orphan' | 'never';
  /** What a client is told that deletes without saying what becomes of dependents. */
  readonly unsaidPropagationWarning?: string;

  /** Completes what the schema's static defaults leave open. Changes its own draft in place. */
  readonly setDefaults?: (draft: Draft<T>) => void;
  readonly prepareForCreate?: (submitted: T, context: RequestContext) => T;
  readonly prepareForUpdate?: (submitted: T, stored: T, context: RequestContext) => T;
  readonly validate?: (object: T) => readonly FieldError[];
  /** Everything that must hold on update, the rules of `validate` included. */
  readonly validateUpdate?: (object: T, stored: T, warn?: Warn) => readonly FieldError[];
  /**
   * How often upstream's rules for updates of this kind check metadata themselves, as of a new object and as of a changed one:
   * clients see errors in metadata so often. Never and once when omitted.
   */
  readonly metadataChecksOnUpdate?: { readonly asNew: number; readonly asChanged: number };
  readonly warnings?: (object: T, stored: T | undefined) => readonly string[];
  /** Takes what must be unique in the cluster (addresses, ports) before a write; the registry settles it by the write's fate. */
  readonly reserve?: (
    object: T,
    stored: T | undefined,
    context: RequestContext,
  ) => Promise<Reservation<T>>;
  /** A delete that removes the object answers with it; others answer with a Status. */
  readonly deleteAnswersObject?: boolean;
  /** Runs after an object was really removed. */
  readonly afterDelete?: (object: T, context: RequestContext) => Promise<void>;

  /** Field selectors beyond metadata.name and metadata.namespace. */
  readonly selectableFields?: Readonly<Record<string, (object: T) => string>>;
  /** What a request is told that selects by any other field; `field label not supported: x` when omitted. */
  readonly describeUnselectableField?: (field: string) => string;
  /** Names of selectable fields that deserve an index. */
  readonly indexedFields?: readonly string[];
  readonly table: TableDefinition<T>;

  /** Deletion with grace: how an object that something still runs for goes away. Immediate when omitted. */
  readonly gracefulDeletion?: GracefulDeletion<T>;
  /** A finalizer-like hold that lives outside metadata.finalizers (namespaces: spec.finalizers). */
  readonly holdsDeletion?: (object: T) => boolean;
  /** What happens to the object when its deletion begins (namespaces: status.phase Terminating). */
  readonly beginDeletion?: (object: T) => T;
  /** Refuses deletion by throwing a StatusError. */
  readonly refuseDeletion?: (object: T, context: RequestContext) => void;

  readonly subresources?: readonly Subresource<T>[];
  /** For resources that are not stored (reviews): what create answers. Such a resource has no storage. */
  readonly answerCreate?: (submitted: T, context: RequestContext) => Promise<KubernetesObject>;
  /** For resources that are computed instead of stored (component statuses): what there is now, by name. */
  readonly answerRead?: (context: RequestContext) => Promise<readonly T[]>;
  /** Objects vanish this long after they were last written (events). */
  readonly timeToLiveSeconds?: number;
  /** Fields that ordinary writes never own in managedFields because they reset them, such as `status`. */
  readonly resetFields?: readonly string[];
}

/** A served version that is stored as another one. */
export interface ResourceView<T extends KubernetesObject> {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  toStored(object: T): KubernetesObject;
  fromStored(object: KubernetesObject): T;
  /**
   * Set when somebody else converts: a webhook. The two functions above then know only these very objects, once this has resolved
   * for them, and throw for all others. Rejects with a StatusError.
   */
  readonly ahead?: (
    objects: readonly KubernetesObject[],
    to: 'stored' | 'served',
    services: ServerServices,
  ) => Promise<void>;
  /** What must hold for writes through this version, instead of the stored version's rules. Both take stored objects. */
  readonly validate?: (object: KubernetesObject) => readonly FieldError[];
  readonly validateUpdate?: (
    object: KubernetesObject,
    stored: KubernetesObject,
    warn?: Warn,
  ) => readonly FieldError[];
}

export interface Reservation<T> {
  /** The object with what was reserved filled in. */
  readonly object: T;
  /** The write succeeded; gives back what the old object held and the new one does not. */
  commit(): Promise<void>;
  /** The write failed or was a dry run. */
  rollback(): Promise<void>;
}

export interface GracefulDeletion<T> {
  /** Seconds to wait; 0 removes at once. `requested` is what the client asked for. */
  graceSeconds(object: T, requested: Int64 | undefined): Int64;
}

export type CellValue = string | Int64 | boolean | null;

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly priority?: number;
  readonly description?: string;
}

export interface TableDefinition<T> {
  readonly columns: readonly TableColumn[];
  /** One cell per column. `nowMs` is for ages. */
  row(object: T, nowMs: number): readonly CellValue[];
  /** The order of the rows of a list, where it is not that of the objects. */
  compareRows?(a: T, b: T): number;
  /** Remarks on a row that clients may filter by (pods that have completed). None when omitted. */
  conditions?(object: T): readonly TableRowCondition[];
}

export type Subresource<T extends KubernetesObject = KubernetesObject> =
  | ObjectSubresource<T>
  | ScaleSubresource<T>
  | ActionSubresource
  | ConnectSubresource;

interface SubresourceBase {
  readonly name: string;
  /** The kind that discovery shows. */
  readonly kind: GroupVersionKind;
  readonly verbs: readonly Verb[];
  /** How answers are printed that are of another kind than the resource (scales). */
  readonly table?: TableDefinition<KubernetesObject>;
  /** Whether answers can be printed as a table: when omitted, those of the same kind and those that say how. */
  readonly printable?: boolean;
}

/** The same object, with other rules for what a write may change: status, finalize, approval, ephemeralcontainers, resize. */
export interface ObjectSubresource<T> extends SubresourceBase {
  readonly type: 'object';
  readonly prepareForUpdate: (submitted: T, stored: T, context: RequestContext) => T;
  readonly validateUpdate?: (object: T, stored: T, warn?: Warn) => readonly FieldError[];
  readonly warnings?: (object: T, stored: T) => readonly string[];
  readonly resetFields?: readonly string[];
}

/** autoscaling/v1 Scale. */
export interface ScaleSubresource<T> extends SubresourceBase {
  readonly type: 'scale';
  /** Where the object keeps the number that a scale asks for; `spec.replicas` when omitted. */
  readonly replicasPath?: readonly string[];
  /** Throws when the object has no such number, unless that means zero: before it is set. */
  read(
    object: T,
    missing?: 'zero',
  ): {
    readonly specReplicas: number;
    readonly statusReplicas: number;
    /** The selector in its text form. */
    readonly selector: string;
  };
  write(object: T, replicas: number): T;
}

/** Something done to an object by creating another: binding, eviction, token. */
export interface ActionSubresource extends SubresourceBase {
  readonly type: 'action';
  /** The schema of what is posted. */
  readonly schema: string;
  /** Completes what the schema's static defaults leave open. Changes its own draft in place. */
  readonly setDefaults?: (draft: Draft<KubernetesObject>) => void;
  act(
    parent: { readonly namespace: string; readonly name: string },
    submitted: KubernetesObject,
    context: RequestContext,
  ): Promise<KubernetesObject>;
}

/** A stream that the server passes on to something else (a node, a service): log, exec, attach, portforward, proxy. */
export interface ConnectSubresource extends SubresourceBase {
  readonly type: 'connect';
  /** Only for connections that leave HTTP, and only for who may create, whichever method opens them: exec, attach, portforward. */
  readonly isSession?: true;
  /** Where the stream goes, or a thrown StatusError. `path` is what follows the subresource in the URL. */
  target(
    parent: { readonly namespace: string; readonly name: string },
    path: string,
    query: URLSearchParams,
    context: RequestContext,
  ): ConnectTarget;
}

export type ConnectTarget =
  /** Nowhere: answered at once with nothing (204), such as the log of a pod that runs nowhere yet. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'node';
      readonly node: string;
      readonly path: string;
      readonly query: URLSearchParams;
    }
  | {
      readonly kind: 'address';
      readonly scheme: 'http' | 'https';
      readonly host: string;
      readonly port: number;
      readonly path: string;
      readonly query: URLSearchParams;
    };
