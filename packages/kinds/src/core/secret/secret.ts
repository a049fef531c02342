/** Secrets: bytes by name, with a type that says which names must be there. */
import { type FieldError, invalid, Path, required, tooLong } from '@navarch/api/field-error';
import { isConfigMapKey } from '@navarch/api/names';
import type { Secret } from '@navarch/api/types/core/v1/config';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../../define.ts';
import { age } from '../../table/age.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { checkText, entriesOf, type Errors, immutableText } from '../checks.ts';
import { checkSeal, dataBytesMax } from '../config-map/config-map.ts';
import { base64Size, fromBase64, toBase64 } from '../sizes.ts';
import { jsonObjectError } from './json-object.ts';
import { tlsWarning } from './tls.ts';

export const secrets = defineResource<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  scope: 'Namespaced',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  setDefaults,
  // A secret that is written without a type keeps the one it has.
  prepareForUpdate: (submitted, stored) =>
    submitted.type === undefined && stored.type !== undefined
      ? { ...submitted, type: stored.type }
      : submitted,
  validate: validateSecret,
  validateUpdate: (object, stored) => [
    ...sameType(object, stored),
    ...checkSeal(object, stored, ['data']),
    ...validateSecret(object),
  ],
  warnings: (object) => warnings(object),
  selectableFields: { type: ({ type }) => type ?? '' },
  table: {
    columns: [
      nameColumn,
      column('Type', 'What the secret is for, which decides the keys it must have.'),
      column('Data', 'How many values the secret holds.'),
      ageColumn,
    ],
    row: ({ metadata, type, data }, nowMs) => [
      metadata.name ?? '',
      type ?? '',
      Object.keys(data ?? {}).length,
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

/** Text values move to where bytes are kept, and win over what is there: nobody ever reads them back as text. */
function setDefaults(draft: Draft<Secret>): void {
  draft.type ??= 'Opaque';
  if (draft.stringData === undefined) return;
  const entries = entriesOf(draft.stringData);
  if (entries.length > 0) {
    const data = { ...draft.data };
    for (const [key, text] of entries) data[key] = toBase64(text);
    draft.data = data;
  }
  delete draft.stringData;
}

function sameType(object: Secret, stored: Secret): readonly FieldError[] {
  if (object.type === stored.type) return [];
  return [invalid('type', object.type ?? '', immutableText)];
}

function validateSecret(secret: Secret): readonly FieldError[] {
  const errors: Errors = [];
  const path = Path.of('data');
  let bytes = 0;
  for (const [key, value] of entriesOf(secret.data)) {
    checkText(isConfigMapKey, key, path.key(key), errors);
    bytes += base64Size(value);
  }
  if (bytes > dataBytesMax) errors.push(tooLong(path, '', dataBytesMax));
  checkType(secret, errors);
  return errors;
}

const accountAnnotation = 'kubernetes.io/service-account.name';

/** What each type demands. Types that are not listed demand nothing. */
function checkType({ type, data = {}, metadata }: Secret, errors: Errors): void {
  const path = Path.of('data');
  switch (type) {
    case 'kubernetes.io/service-account-token':
      if (!metadata.annotations?.[accountAnnotation]) {
        errors.push(required(Path.of('metadata', 'annotations').key(accountAnnotation)));
      }
      break;
    case 'kubernetes.io/dockercfg':
      checkJsonObject(data, '.dockercfg', errors);
      break;
    case 'kubernetes.io/dockerconfigjson':
      checkJsonObject(data, '.dockerconfigjson', errors);
      break;
    case 'kubernetes.io/basic-auth':
      if ('username' in data || 'password' in data) break;
      errors.push(required(path.key('username')), required(path.key('password')));
      break;
    case 'kubernetes.io/ssh-auth':
      if (!data['ssh-privatekey']) errors.push(required(path.key('ssh-privatekey')));
      break;
    case 'kubernetes.io/tls':
      for (const key of ['tls.crt', 'tls.key'])
        if (!(key in data)) errors.push(required(path.key(key)));
      break;
    default:
  }
}

function checkJsonObject(data: NonNullable<Secret['data']>, key: string, errors: Errors): void {
  const path = Path.of('data').key(key);
  const value = data[key];
  if (value === undefined) {
    errors.push(required(path));
    return;
  }
  const problem = jsonObjectError(fromBase64(value));
  if (problem !== undefined) errors.push(invalid(path, '<secret contents redacted>', problem));
}

function warnings({ type, data = {} }: Secret): readonly string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const warning = tlsWarning(fromBase64(data['tls.crt'] ?? ''), fromBase64(data['tls.key'] ?? ''));
  return warning === undefined ? [] : [warning];
}
