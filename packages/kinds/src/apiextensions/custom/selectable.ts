/** Fields by which custom objects can be selected. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { SelectableField } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { goValue } from '@navarch/codec/go/text';
import { isMembers } from './schema-parts.ts';

export function selectableFieldsOf(
  fields: readonly SelectableField[],
): Pick<ResourceDefinition, 'selectableFields' | 'indexedFields' | 'describeUnselectableField'> {
  const describeUnselectableField = (field: string) => `field label not supported: ${field}`;
  if (fields.length === 0) return { describeUnselectableField };
  const names = fields.map(({ jsonPath }) => jsonPath.replace(/^\./, ''));
  return {
    describeUnselectableField,
    selectableFields: Object.fromEntries(
      names.map((name) => {
        const path = name.split('.');
        return [name, (object: unknown) => textAt(object, path)];
      }),
    ),
    indexedFields: names,
  };
}

function textAt(object: unknown, path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (value, name) => (isMembers(value) ? value[name] : undefined),
    object,
  );
  return found === undefined || found === null ? '' : goValue(found);
}
