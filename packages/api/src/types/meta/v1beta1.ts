/**
 * Older names of partial metadata and tables; all but one list are the v1 types.
 * @group meta.k8s.io v1beta1
 */
import type { ConditionStatus as MetaConditionStatus } from './v1/condition.ts';
import type { ListMeta, PartialObjectMetadata as MetaPartialObjectMetadata } from './v1/object.ts';
import type {
  IncludeObjectPolicy as MetaIncludeObjectPolicy,
  TableOptions as MetaTableOptions,
} from './v1/options.ts';
import type {
  RowConditionType as MetaRowConditionType,
  Table as MetaTable,
  TableColumnDefinition as MetaTableColumnDefinition,
  TableRow as MetaTableRow,
  TableRowCondition as MetaTableRowCondition,
} from './v1/table.ts';

/**
 * The metadata of an object of any kind, without the rest.
 * @kind
 */
export type PartialObjectMetadata = MetaPartialObjectMetadata;

/**
 * A list of objects of which only metadata is given, as older clients ask for it.
 * @kind
 */
export interface PartialObjectMetadataList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 2 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The objects.
   * @proto 1
   */
  readonly items: readonly MetaPartialObjectMetadata[];
}

/**
 * A list of objects as rows and columns, as older clients ask for it.
 * @kind
 */
export type Table = MetaTable;

/**
 * Options of a request for a table.
 * @kind
 */
export type TableOptions = MetaTableOptions;

/** Whether a condition holds. */
export type ConditionStatus = MetaConditionStatus;

/** How much of each object a table row carries. */
export type IncludeObjectPolicy = MetaIncludeObjectPolicy;

/** What a row's condition is about. */
export type RowConditionType = MetaRowConditionType;

/** A column of a table. */
export type TableColumnDefinition = MetaTableColumnDefinition;

/** A row of a table. */
export type TableRow = MetaTableRow;

/** A finding about a row. */
export type TableRowCondition = MetaTableRowCondition;
