/** Objects as a table: what kubectl prints. The kind says its columns and cells; the rest is the same for all. */
import { errorMessage, invalid } from '@navarch/api/field-error';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { TableColumn, TableDefinition } from '@navarch/api/extension/resource';
import { badRequest } from '@navarch/api/status';
import { parseQuery } from '../request/query.ts';
import type { ListMeta } from './list-body.ts';
import { partialMetadata } from './metadata.ts';
import type { MetaVersion } from './negotiate.ts';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface TableOptions {
  readonly version: MetaVersion;
  readonly includeObject: IncludeObject;
  readonly nowMs: number;
}

/** Throws 400 for anything that is none of the choices. */
export function includeObjectOf(query: string): IncludeObject {
  if (!query.includes('includeObject')) return 'Metadata';
  const asked = parseQuery(query).get('includeObject') ?? '';
  if (asked === '') return 'Metadata';
  if (asked === 'None' || asked === 'Metadata' || asked === 'Object') return asked;
  const detail = "must be 'Metadata', 'Object', 'None', or empty";
  const error = errorMessage(invalid('includeObject', asked, detail));
  throw badRequest(`Unable to convert to Table as requested: ${error}`);
}

export interface Row {
  readonly cells: readonly unknown[];
  readonly conditions?: readonly unknown[];
  readonly object?: unknown;
}

export function tableRow(
  table: TableDefinition<KubernetesObject>,
  object: KubernetesObject,
  options: TableOptions,
): Row {
  const conditions = table.conditions?.(object) ?? [];
  const shown = { cells: table.row(object, options.nowMs) };
  const row = conditions.length === 0 ? shown : { ...shown, conditions };
  switch (options.includeObject) {
    case 'None':
      return { ...row, object: null };
    case 'Object':
      return { ...row, object };
    case 'Metadata':
      return { ...row, object: partialMetadata(object, options.version) };
    default:
      return options.includeObject satisfies never;
  }
}

/** Everything of a table but its rows; a watch sends the columns only once. */
export function tableHead(
  table: TableDefinition<KubernetesObject>,
  metadata: ListMeta,
  version: MetaVersion,
) {
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${version}`,
    metadata,
    columnDefinitions: table.columns.map(columnDefinition),
  };
}

function columnDefinition(column: TableColumn) {
  const { name, type, format = '', description = '', priority = 0 } = column;
  return { name, type, format, description, priority };
}
