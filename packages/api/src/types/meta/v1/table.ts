/**
 * Tables: a list as rows and columns, as kubectl get prints it.
 * @group meta.k8s.io v1
 */
import type { Int32, JsonValue, RawExtension } from '../../scalars.ts';
import type { ConditionStatus } from './condition.ts';
import type { ListMeta } from './object.ts';

/** @kind */
export interface Table {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @optional */
  readonly metadata: ListMeta;
  /** @listType atomic */
  readonly columnDefinitions: readonly TableColumnDefinition[];
  /** @listType atomic */
  readonly rows: readonly TableRow[];
}

export interface TableColumnDefinition {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  readonly priority: Int32;
}

export interface TableRow {
  /** @listType atomic */
  readonly cells: readonly JsonValue[];
  /** @listType atomic */
  readonly conditions?: readonly TableRowCondition[];
  /** @always */
  readonly object?: RawExtension;
}

export interface TableRowCondition {
  readonly type: RowConditionType;
  readonly status: ConditionStatus;
  readonly reason?: string;
  readonly message?: string;
}

/** Known values: `Completed`. */
export type RowConditionType = string;
