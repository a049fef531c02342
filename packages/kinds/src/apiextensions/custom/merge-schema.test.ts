import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldSetOf } from '@navarch/api/managed-fields/field-set-of';
import { checkConfiguration } from '@navarch/api/patch/apply/check';
import { mergeValues } from '@navarch/api/patch/apply/merge';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { mergeSchema } from './merge-schema.ts';

const text: JSONSchemaProps = { type: 'string' };
const item: JSONSchemaProps = {
  type: 'object',
  properties: { name: text, proto: { ...text, default: 'TCP' }, value: text },
};

function compiled(spec: JSONSchemaProps) {
  const type = { group: 'example.com', version: 'v1', kind: 'Thing' };
  const schema: JSONSchemaProps = { type: 'object', properties: { spec } };
  return mergeSchema(type, { schema, preserveUnknownFields: false });
}

const cases: {
  name: string;
  spec: JSONSchemaProps;
  live: unknown;
  config: unknown;
  merged: unknown;
  fields: unknown;
}[] = [
  {
    name: 'lists are of one piece, unless they are said to be more',
    spec: { type: 'array', items: text },
    live: ['a'],
    config: ['b'],
    merged: ['b'],
    fields: {},
  },
  {
    name: 'sets',
    spec: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
    live: ['a'],
    config: ['b'],
    merged: ['a', 'b'],
    fields: { '.': {}, 'v:"b"': {} },
  },
  {
    name: 'lists with keys, one of which has a default',
    spec: {
      type: 'array',
      items: item,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name', 'proto'],
    },
    live: [{ name: 'a', proto: 'TCP', value: '1' }],
    config: [{ name: 'a', value: '2' }],
    merged: [{ name: 'a', proto: 'TCP', value: '2' }],
    fields: { '.': {}, 'k:{"name":"a","proto":"TCP"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
  },
  {
    name: 'maps that have one owner',
    spec: { type: 'object', additionalProperties: text, 'x-kubernetes-map-type': 'atomic' },
    live: { a: '1' },
    config: { b: '2' },
    merged: { b: '2' },
    fields: {},
  },
  {
    name: 'what nobody described is what it looks like',
    spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { s: text } },
    live: { free: { a: 1, l: [1] }, other: 'x' },
    config: { free: { b: 2, l: [2] }, s: 'y' },
    merged: { free: { a: 1, b: 2, l: [2] }, other: 'x', s: 'y' },
    fields: { '.': {}, 'f:free': { '.': {}, 'f:b': {}, 'f:l': {} }, 'f:s': {} },
  },
  {
    name: 'undescribed, a value takes the place of a map',
    spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    live: { free: { a: 1 } },
    config: { free: 5 },
    merged: { free: 5 },
    fields: { '.': {}, 'f:free': {} },
  },
];

for (const { name, spec, live, config, merged, fields } of cases) {
  test(name, () => {
    const schema = compiled(spec);
    assert.deepEqual(checkConfiguration(schema, { spec: config }), []);
    assert.deepEqual(mergeValues(schema, { spec: live }, { spec: config }), { spec: merged });
    assert.deepEqual(fieldSetOf(schema, { spec: config })['f:spec'], fields);
  });
}

test('members that the schema does not have are no part of a configuration', () => {
  const schema = compiled({ type: 'object', properties: { a: { type: 'integer' } } });
  assert.deepEqual(checkConfiguration(schema, { spec: { a: 'x', b: 1 }, more: 1 }), [
    '.spec.a: expected numeric (int or float), got string',
    '.spec.b: field not declared in schema',
    '.more: field not declared in schema',
  ]);
});
