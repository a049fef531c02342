/** What is printed of custom objects: the name, and the columns that their definition asks for. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { CellValue, TableColumn, TableDefinition } from '@navarch/api/extension/resource';
import type { CustomResourceColumnDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { goJson, goValue } from '@navarch/codec/go/text';
import { age } from '../../table/age.ts';
import { ageColumn, nameColumn } from '../../table/columns.ts';
import { compileJsonPath, JsonPathError, type JsonPath } from './json-path.ts';

const creationTime: CustomResourceColumnDefinition = {
  name: 'Age',
  type: 'date',
  ...(ageColumn.description !== undefined && { description: ageColumn.description }),
  jsonPath: '.metadata.creationTimestamp',
};

interface Cell {
  readonly type: string;
  readonly path: JsonPath;
}

/** Paths are compiled when the first row is printed: most definitions are never printed. */
export function tableOf(
  asked: readonly CustomResourceColumnDefinition[] | undefined,
): TableDefinition<KubernetesObject> {
  const columns = asked && asked.length > 0 ? asked : [creationTime];
  const made: { cells?: readonly Cell[] } = {};
  return {
    columns: [nameColumn, ...columns.map(columnOf)],
    row: (object, nowMs) => {
      made.cells ??= columns.map(({ type, jsonPath }) => ({ type, path: compiled(jsonPath) }));
      const cells = made.cells.map((cell) => cellOf(cell, object, nowMs));
      return [object.metadata.name ?? '', ...cells];
    },
  };
}

function columnOf(column: CustomResourceColumnDefinition): TableColumn {
  const { name, type, format = '', priority = 0, jsonPath } = column;
  const description =
    column.description || `Custom resource definition column (in JSONPath format): ${jsonPath}`;
  return { name, type, format, priority, description };
}

function compiled(text: string): JsonPath {
  try {
    return compileJsonPath(text);
  } catch (error) {
    if (error instanceof JsonPathError) return () => [];
    throw error;
  }
}

function cellOf({ type, path }: Cell, object: KubernetesObject, nowMs: number): CellValue {
  const [value] = path(object);
  if (value === undefined) return null;
  if (value === null) return type === 'string' ? '<no value>' : null;
  switch (type) {
    case 'string':
      return printed(value);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : largeCell(value);
    case 'number':
      return typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? dateCell(value, nowMs) : null;
    default:
      return null;
  }
}

function largeCell(value: unknown): CellValue {
  return typeof value === 'bigint' ? value : null;
}

function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? goJson(value) : goValue(value);
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function dateCell(value: string, nowMs: number): string {
  if (value === '' || value === 'null') return '<unknown>';
  return rfc3339.test(value) ? age(nowMs, value) : '<invalid>';
}
