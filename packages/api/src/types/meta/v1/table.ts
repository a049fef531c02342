/**
 * Tables: a list as rows and columns, as kubectl get prints it.
 * @group meta.k8s.io v1
 */
import type { Int32, JsonValue, RawExtension } from '../../scalars.ts';
import type { ConditionStatus } from './condition.ts';
import type { ListMeta } from './object.ts';

/**
 * A list of objects as rows and columns.
 * @kind
 */
export interface Table {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @optional
   */
  readonly metadata: ListMeta;
  /**
   * The columns, in the order of the cells.
   * @listType atomic
   */
  readonly columnDefinitions: readonly TableColumnDefinition[];
  /**
   * The rows.
   * @listType atomic
   */
  readonly rows: readonly TableRow[];
}

/** A column of a table. */
export interface TableColumnDefinition {
  /** The heading. */
  readonly name: string;
  /** The JSON type of the cells, such as `string`, `integer` or `number`. */
  readonly type: string;
  /** A hint on the type; `name` marks the column with the object's name. */
  readonly format: string;
  /** What the column shows. */
  readonly description: string;
  /** 0 is always shown; a higher number may be left out where space is short. */
  readonly priority: Int32;
}

/** A row of a table. */
export interface TableRow {
  /**
   * One value per column.
   * @listType atomic
   */
  readonly cells: readonly JsonValue[];
  /**
   * Findings about the row.
   * @listType atomic
   */
  readonly conditions?: readonly TableRowCondition[];
  /**
   * The object, or its metadata, that the row is about. Null when none was asked for.
   * @always
   */
  readonly object?: RawExtension;
}

/** A finding about a row. A row that is `Completed` may be shown less prominently. */
export interface TableRowCondition {
  /** What the condition is about. */
  readonly type: RowConditionType;
  /** `True`, `False` or `Unknown`. */
  readonly status: ConditionStatus;
  /** Why, as one word for programs. */
  readonly reason?: string;
  /** Why, as text for people. */
  readonly message?: string;
}

/** What a row's condition is about. Known values: `Completed`. */
export type RowConditionType = string;
