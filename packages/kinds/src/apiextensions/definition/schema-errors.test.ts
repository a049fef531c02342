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
      '.items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set',
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

const embedded: JSONSchemaProps = { type: 'object', 'x-kubernetes-embedded-resource': true };

table('defaults', [
  [
    'that have defaults of their own are not filled in first',
    { type: 'object', properties: { a: { ...text, default: 'q' } }, default: {} },
    [],
  ],
  [
    'inside the metadata of embedded objects',
    {
      ...embedded,
      properties: {
        apiVersion: { ...text, default: 'v1', enum: ['v2'] },
        kind: { ...text, default: 5 },
        metadata: {
          type: 'object',
          properties: { name: { ...text, default: '%' } },
          default: { labels: 'a' },
        },
      },
    },
    [
      '.properties[apiVersion].default: Unsupported value: "v1": supported values: "v2"',
      '.properties[kind].default: Invalid value: 5: must result in valid metadata: kind: Invalid value: 5: must be a string',
      '.properties[metadata].default: Invalid value: {"labels":"a"}: must result in valid metadata: metadata: Invalid value: {"labels":"a"}: json: cannot unmarshal string into Go struct field ObjectMeta.labels of type map[string]string',
      '.properties[metadata].properties[name].default: Invalid value: "%": must result in valid metadata: metadata.name: Invalid value: "%": may not contain \'%\'',
    ],
  ],
  [
    'of embedded objects',
    { ...embedded, properties: { a: text }, default: { kind: 'K', apiVersion: 5 } },
    ['.default.apiVersion: Invalid value: 5: must be a string'],
  ],
  [
    'that rules refuse as values, or as new ones',
    {
      type: 'object',
      properties: {
        a: { type: 'integer', default: 1, 'x-kubernetes-validations': [{ rule: 'self > 1' }] },
        b: {
          type: 'integer',
          default: 1,
          'x-kubernetes-validations': [{ rule: 'oldSelf.hasValue()', optionalOldSelf: true }],
        },
      },
    },
    ['a', 'b'].map(
      (name) =>
        `.properties[${name}].default: Invalid value: 1: failed rule: ${name === 'a' ? 'self > 1' : 'oldSelf.hasValue()'}`,
    ),
  ],
  [
    'inside items',
    { type: 'array', items: { type: 'object', properties: { a: { ...text, default: 5 } } } },
    [
      '.items.properties[a].default: Invalid value: "integer":  in body must be of type string: "integer"',
    ],
  ],
]);

table('restrictions', [
  [
    'that say what structure is',
    {
      ...text,
      allOf: [
        {
          type: 'string',
          title: 't',
          nullable: true,
          default: false,
          additionalProperties: true,
          'x-kubernetes-list-type': 'set',
          'x-kubernetes-validations': [{ rule: 'true' }],
        },
      ],
    },
    [
      '.allOf[0].additionalProperties: Forbidden: must be undefined to be structural',
      '.allOf[0].default: Forbidden: must be undefined to be structural',
      '.allOf[0].nullable: Forbidden: must be false to be structural',
      '.allOf[0].title: Forbidden: must be empty to be structural',
      '.allOf[0].type: Forbidden: must be empty to be structural',
      '.allOf[0].x-kubernetes-list-type: Forbidden: must be undefined to be structural',
      '.allOf[0].x-kubernetes-validations: Forbidden: must be empty to be structural',
      '.allOf[0].type: Invalid value: "string": must be array if x-kubernetes-list-type is specified',
    ],
  ],
  [
    'that say nothing of it',
    {
      type: 'object',
      not: {
        title: '',
        nullable: false,
        additionalProperties: false,
        externalDocs: { url: 'https://a' },
        example: 1,
        'x-kubernetes-list-map-keys': [],
        'x-kubernetes-validations': [],
      },
    },
    [],
  ],
  [
    'with rules, which are looked at for their form only',
    {
      ...text,
      oneOf: [{ not: { 'x-kubernetes-validations': [{ rule: 'nope' }, { rule: ' ' }] } }],
      anyOf: [{ 'x-kubernetes-validations': [{ rule: 'true', message: ' ' }] }],
    },
    [
      '.anyOf[0].x-kubernetes-validations: Forbidden: must be empty to be structural',
      '.oneOf[0].not.x-kubernetes-validations: Forbidden: must be empty to be structural',
      '.oneOf[0].not.x-kubernetes-validations[1].rule: Required value: rule is not specified',
      '.anyOf[0].x-kubernetes-validations[0].message: Invalid value: " ": must be non-empty if specified',
    ],
  ],
  [
    'inside parts of restrictions',
    {
      type: 'object',
      properties: { a: text },
      allOf: [{ properties: { a: { 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] } } }],
    },
    ['.allOf[0].properties[a].x-kubernetes-validations: Forbidden: must be empty to be structural'],
  ],
  [
    'with patterns that cannot be read',
    { ...text, anyOf: [{ pattern: '(' }] },
    [
      '.anyOf[0].pattern: Invalid value: "(": must be a valid regular expression, but isn\'t: error parsing regexp: missing closing ): `(`',
    ],
  ],
]);

table('what has no structure', [
  [
    'and other errors that say so',
    { ...text, 'x-kubernetes-preserve-unknown-fields': false, anyOf: [{ type: 'string' }] },
    ['.x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined'],
  ],
  ['empty collections are none', { type: 'object', patternProperties: {}, definitions: {} }, []],
]);

test('what has no structure and no other error is told', () => {
  assert.deepEqual(refusals({ ...text, $schema: 'https://a' }), [
    's: Invalid value: "": OpenAPIV3Schema \'schema\' is not supported',
  ]);
});

table('rules', [
  [
    'where values have no type',
    {
      'x-kubernetes-preserve-unknown-fields': true,
      'x-kubernetes-validations': [{ rule: 'true' }],
      properties: { a: { ...text, 'x-kubernetes-validations': [{ rule: 'true' }] } },
    },
    ['.properties[a]', ''].map(
      (at) =>
        `${at}.x-kubernetes-validations: Internal error: internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations`,
    ),
  ],
  [
    'that do not compile and do not use what they ask for',
    { ...text, 'x-kubernetes-validations': [{ rule: '1', optionalOldSelf: false }] },
    [
      '.x-kubernetes-validations[0].rule: Invalid value: {"Rule":"1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":false}: cel expression must evaluate to a bool',
      '.x-kubernetes-validations[0].optionalOldSelf: Invalid value: false: may not be set if oldSelf is not used in rule',
    ],
  ],
  [
    'as costly as the texts of int-or-string may be long',
    {
      'x-kubernetes-int-or-string': true,
      maxLength: 10,
      'x-kubernetes-validations': [{ rule: "string(self).matches('a+') && self == 'x'" }],
    },
    [],
  ],
]);

test('with a status subresource, errors of the root come in their order', () => {
  const schema: JSONSchemaProps = {
    type: 'object',
    nullable: true,
    enum: [{ b: '<', a: [1] }],
    maximum: 1.5,
    properties: { a: { items: text, 'x-kubernetes-validations': [{ rule: 'true' }] } },
  };
  const [first = '', second = ''] = schemaErrors(schema, Path.of('s'), { hasStatus: true }).map(
    errorMessage,
  );
  assert.match(
    first,
    /^s: Invalid value: \{"ID":"","Schema":"","Ref":null,"Description":"","Type":"object","Nullable":true,"Format":"","Title":"","Default":null,"Maximum":1\.5,"ExclusiveMaximum":false,.*"Enum":\[\{"a":\[1\],"b":"\\u003c"\}\],.*"XValidations":null\}: only \[Description /,
  );
  assert.match(
    first,
    /"Properties":\{"a":\{.*"Items":\{"Schema":\{"ID":"".*,"JSONSchemas":null\}.*"XValidations":\[\{"Rule":"true",/,
  );
  assert.equal(second, 's.nullable: Forbidden: nullable cannot be true at the root');
});

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
