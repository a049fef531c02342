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

/** @kind */
export type PartialObjectMetadata = MetaPartialObjectMetadata;

/** @kind */
export interface PartialObjectMetadataList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 2 @optional */
  readonly metadata: ListMeta;
  /** @proto 1 */
  readonly items: readonly MetaPartialObjectMetadata[];
}

/** @kind */
export type Table = MetaTable;

/** @kind */
export type TableOptions = MetaTableOptions;

export type ConditionStatus = MetaConditionStatus;

export type IncludeObjectPolicy = MetaIncludeObjectPolicy;

export type RowConditionType = MetaRowConditionType;

export type TableColumnDefinition = MetaTableColumnDefinition;

export type TableRow = MetaTableRow;

export type TableRowCondition = MetaTableRowCondition;
