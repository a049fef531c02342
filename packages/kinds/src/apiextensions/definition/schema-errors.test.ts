import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorMessage, Path } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { schemaErrors } from './schema-errors.ts';

type Case = readonly [string, JSONSchemaProps, readonly string[]];

const text: JSONSchemaProps = { type: 'string' };

function refusals(f: JSONSchemaProps, hasStatus = false): readonly string[] {
  const schema: JSONSchemaProps = { type: 'object', properties: { f } };
  return schemaErrors(schema, Path.of('s'), { hasStatus }).map(errorMessage);
}

function table(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    for (const [title, schema, expected] of cases) {
      test(title, () =>
        assert.deepEqual(
          refusals(schema),
          expected.map((line) => `s.properties[f]${line}`),
        ),
      );
    }
  });
}

table('structure', [
  [
    'int-or-string may be said twice',
    { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
    [],
  ],
  [
    'int-or-string said in another order',
    { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'string' }, { type: 'integer' }] },
    [
      '.anyOf[0].type: Forbidden: must be empty to be structural',
      '.anyOf[1].type: Forbidden: must be empty to be structural',
    ],
  ],
  [
    'what embedded objects need',
    { type: 'object', 'x-kubernetes-embedded-resource': true },
    [
      '.properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields',
    ],
  ],
  [
    'int-or-string that keeps everything',
    { 'x-kubernetes-int-or-string': true, 'x-kubernetes-preserve-unknown-fields': true },
    [
      '.x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true',
    ],
  ],
]);

const mapList = (items: JSONSchemaProps, ...keys: readonly string[]): JSONSchemaProps => ({
  type: 'array',
  items,
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
});

table('lists', [
  [
    'sets of objects that are not atomic',
    { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'set' },
    [
      '.items.x-kubernetes-map-type: Forbidden: must be atomic as item of a list with x-kubernetes-list-type=set',
    ],
  ],
  [
    'maps without keys',
    mapList({ type: 'object' }),
    [
      '.x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map',
    ],
  ],
  [
    'keys that may be missing, repeat, or are no properties',
    mapList({ type: 'object', properties: { a: text } }, 'a', 'a', 'b'),
    [
      '.x-kubernetes-list-map-keys: Invalid value: ["a","a","b"]: must not contain duplicate entries',
      '.x-kubernetes-list-map-keys: Invalid value: ["a","a","b"]: entries must all be names of item properties',
      '.items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
      '.items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
    ],
  ],
  [
    'other types of lists and maps',
    { type: 'string', 'x-kubernetes-list-type': 'bag', 'x-kubernetes-map-type': 'loose' },
    [
      '.type: Invalid value: "string": must be object if x-kubernetes-map-type is specified',
      '.x-kubernetes-map-type: Unsupported value: "loose": supported values: "atomic", "granular"',
      '.type: Invalid value: "string": must be array if x-kubernetes-list-type is specified',
      '.x-kubernetes-list-type: Unsupported value: "bag": supported values: "atomic", "set", "map"',
    ],
  ],
]);

table('defaults', [
  [
    'that have defaults of their own are not filled in first',
    { type: 'object', properties: { a: { ...text, default: 'q' } }, default: {} },
    [],
  ],
  [
    'inside items',
    { type: 'array', items: { type: 'object', properties: { a: { ...text, default: 5 } } } },
    [
      '.items.properties[a].default: Invalid value: "integer":  in body must be of type string: "integer"',
    ],
  ],
]);

test('with a status subresource, the root says little', () => {
  const [error] = schemaErrors({ type: 'object', minProperties: 1 }, Path.of('s'), {
    hasStatus: true,
  });
  assert.match(
    error?.detail ?? '',
    /^only \[Description Type .* XValidations\] fields are allowed/,
  );
});

test('only what contributes to excessive costs is named', () => {
  const list: JSONSchemaProps = { type: 'array', items: text };
  const rule = 'self.all(x, self.all(y, x != y))';
  const costly = { ...list, 'x-kubernetes-validations': [{ rule: 'true' }, { rule }] };
  const named = refusals(costly).filter((line) => line.includes('contributed'));
  assert.deepEqual(named, [
    's.properties[f].x-kubernetes-validations[1].rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema',
  ]);
});
