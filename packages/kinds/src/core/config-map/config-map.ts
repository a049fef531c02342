/** Config maps: small pieces of text and bytes by name, which may be sealed. */
import { type FieldError, forbidden, invalid, Path, tooLong } from '@navarch/api/field-error';
import { isConfigMapKey } from '@navarch/api/names';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import { defineResource } from '../../define.ts';
import { semanticallyEqual } from '../../equal.ts';
import { age } from '../../table/age.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { checkText, entriesOf, type Errors } from '../checks.ts';
import { base64Size, textSize } from '../sizes.ts';

/** All values of one config map or secret together. */
export const dataBytesMax = 1024 * 1024;
export const sealedText = 'field is immutable when `immutable` is set';

export const configMaps = defineResource<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  scope: 'Namespaced',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  validate: validateConfigMap,
  validateUpdate: (object, stored) => [
    ...checkSeal(object, stored, ['data', 'binaryData']),
    ...validateConfigMap(object),
  ],
  table: {
    columns: [
      nameColumn,
      column(
        'Data',
        "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the BinaryData field. The keys stored in Data must not overlap with the keys in the BinaryData field, this is enforced during validation process.",
      ),
      ageColumn,
    ],
    row: ({ metadata, data, binaryData }, nowMs) => [
      metadata.name ?? '',
      Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

export function validateConfigMap({ data, binaryData }: ConfigMap): readonly FieldError[] {
  const errors: Errors = [];
  let bytes = 0;
  for (const [key, value] of entriesOf(data)) {
    const path = Path.of('data').key(key);
    checkText(isConfigMapKey, key, path, errors);
    if (binaryData !== undefined && key in binaryData) {
      errors.push(invalid(path, key, 'duplicate of key present in binaryData'));
    }
    bytes += textSize(value);
  }
  for (const [key, value] of entriesOf(binaryData)) {
    checkText(isConfigMapKey, key, Path.of('binaryData').key(key), errors);
    bytes += base64Size(value);
  }
  // Upstream blames the whole object by an empty path, which prints as brackets.
  if (bytes > dataBytesMax) errors.push(tooLong('[]', '', dataBytesMax));
  return errors;
}

interface Sealable {
  readonly immutable?: boolean;
}

/** A sealed object stays sealed, and the named fields stay what they are. */
export function checkSeal<T extends Sealable>(
  object: T,
  stored: T,
  fields: readonly (keyof T & string)[],
): readonly FieldError[] {
  if (stored.immutable !== true) return [];
  const errors: Errors = [];
  if (object.immutable !== true) errors.push(forbidden('immutable', sealedText));
  for (const field of fields) {
    if (!semanticallyEqual(object[field], stored[field])) errors.push(forbidden(field, sealedText));
  }
  return errors;
}
