/** What holds for the columns, subresources and selectable fields of a version. */
import {
  duplicate,
  type FieldError,
  invalid,
  type Path,
  required,
  tooMany,
} from '@navarch/api/field-error';
import type {
  CustomResourceColumnDefinition,
  CustomResourceSubresources,
  SelectableField,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { resolveFieldPath } from './field-path.ts';

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = [
  'byte',
  'date',
  'date-time',
  'double',
  'float',
  'int32',
  'int64',
  'password',
];
const selectableFieldsMax = 8;

export function columnErrors(
  columns: readonly CustomResourceColumnDefinition[],
  path: Path,
): FieldError[] {
  return columns.flatMap((column, i) => singleColumnErrors(column, path.index(i)));
}

function singleColumnErrors(
  { name, type, format = '', jsonPath }: CustomResourceColumnDefinition,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const oneOf = (choices: readonly string[]): string => `must be one of ${choices.join(',')}`;
  if (!name) errors.push(required(path.child('name')));
  if (!type) errors.push(required(path.child('type'), oneOf(columnTypes)));
  else if (!columnTypes.includes(type)) {
    errors.push(invalid(path.child('type'), type, oneOf(columnTypes)));
  }
  if (format !== '' && !columnFormats.includes(format)) {
    errors.push(invalid(path.child('format'), format, oneOf(columnFormats)));
  }
  const at = path.child('JSONPath');
  if (!jsonPath) errors.push(required(at));
  else if (!jsonPath.startsWith('.')) {
    errors.push(invalid(at, jsonPath, 'must be a simple json path starting with .'));
  }
  return errors;
}

export function subresourceErrors(
  subresources: CustomResourceSubresources | undefined,
  path: Path,
): FieldError[] {
  const scale = subresources?.scale;
  if (!scale) return [];
  const at = (name: keyof typeof scale): Path => path.child('scale', name);
  return [
    ...scalePathErrors(scale.specReplicasPath, at('specReplicasPath'), ['.spec']),
    ...scalePathErrors(scale.statusReplicasPath, at('statusReplicasPath'), ['.status']),
    ...(scale.labelSelectorPath
      ? scalePathErrors(scale.labelSelectorPath, at('labelSelectorPath'), ['.spec', '.status'])
      : []),
  ];
}

function scalePathErrors(text: string, path: Path, parents: readonly string[]): FieldError[] {
  if (!text) return [required(path)];
  if (!text.startsWith('.')) {
    return [invalid(path, text, 'must be a simple json path starting with .')];
  }
  if (parents.some((parent) => text.startsWith(`${parent}.`))) return [];
  const under = parents.length > 1 ? `either ${parents.join(' or ')}` : parents.join('');
  return [invalid(path, text, `should be a json path under ${under}`)];
}

/** Fields must be plain values that the schema knows. */
export function selectableFieldErrors(
  fields: readonly SelectableField[],
  schema: JSONSchemaProps,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [i, { jsonPath }] of fields.entries()) {
    const at = path.index(i).child('jsonPath');
    if (!jsonPath) {
      errors.push(required(at));
      continue;
    }
    const found = resolveFieldPath(jsonPath, schema, { brackets: false });
    if ('problem' in found) {
      errors.push(invalid(at, jsonPath, `is an invalid path: ${found.problem}`));
      continue;
    }
    const text = String(found.path);
    if (/^metadata(?:$|[.[])/.test(text)) {
      errors.push(invalid(at, jsonPath, 'must not point to fields in metadata'));
    }
    if (!['string', 'boolean', 'integer'].includes(found.schema.type ?? '')) {
      const detail =
        'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
      errors.push(invalid(at, jsonPath, detail));
    }
    if (seen.has(text)) errors.push(duplicate(at, jsonPath));
    seen.add(text);
  }
  if (seen.size > selectableFieldsMax) {
    errors.push(tooMany(path, seen.size, selectableFieldsMax));
  }
  return errors;
}
