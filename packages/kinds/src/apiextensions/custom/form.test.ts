import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { formOf } from './form.ts';

type Value = Record<string, unknown>;

function form(spec: JSONSchemaProps, root: JSONSchemaProps = {}) {
  const schema: JSONSchemaProps = { type: 'object', ...root, properties: { spec } };
  const type = { group: 'example.com', version: 'v1', kind: 'Thing' };
  return formOf(type, { schema, preserveUnknownFields: false, identity: 'x' });
}

function object(spec: unknown, others: Value = {}): Value {
  const metadata = { name: 'a' };
  return { apiVersion: 'example.com/v1', kind: 'Thing', metadata, ...others, spec };
}

const text: JSONSchemaProps = { type: 'string' };
const anything: JSONSchemaProps = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const cases: {
  name: string;
  schema: JSONSchemaProps;
  given: unknown;
  kept: unknown;
  unknown?: string;
}[] = [
  {
    name: 'unknown members go, in lists and maps as well',
    schema: {
      type: 'object',
      properties: {
        l: { type: 'array', items: { type: 'object', properties: { a: text } } },
        m: { type: 'object', additionalProperties: { type: 'object', properties: { a: text } } },
      },
    },
    given: { z: 1, l: [{ a: 'x', b: 1 }], m: { k: { c: 1 } } },
    kept: { l: [{ a: 'x' }], m: { k: {} } },
    unknown: 'spec.l[0].b spec.m.k.c spec.z',
  },
  {
    name: 'where everything may stay, what has a schema is pruned by it',
    schema: { ...anything, properties: { p: { type: 'object', properties: { a: text } } } },
    given: { free: { x: [1, null] }, p: { a: 'x', b: 1 } },
    kept: { free: { x: [1, null] }, p: { a: 'x' } },
    unknown: 'spec.p.b',
  },
  {
    name: 'null goes where it may not be, and nothing takes its place',
    schema: { type: 'object', properties: { a: text, b: { ...text, nullable: true } } },
    given: { a: null, b: null },
    kept: { b: null },
  },
  {
    name: 'null becomes the default',
    schema: { type: 'object', properties: { a: { ...text, default: 'x' } } },
    given: { a: null },
    kept: { a: 'x' },
  },
  {
    name: 'defaults are set inside what is there',
    schema: {
      type: 'object',
      properties: {
        deep: { type: 'object', properties: { a: { ...text, default: 'x' } } },
        other: { type: 'object', default: {}, properties: { a: { ...text, default: 'y' } } },
        items: {
          type: 'array',
          items: { type: 'object', properties: { a: { ...text, default: 'z' } } },
        },
      },
    },
    given: { items: [{}, { a: 'own' }] },
    kept: { items: [{ a: 'z' }, { a: 'own' }], other: { a: 'y' } },
  },
  {
    name: 'objects inside keep what every object has',
    schema: {
      type: 'object',
      properties: {
        inner: {
          type: 'object',
          'x-kubernetes-embedded-resource': true,
          properties: { spec: text },
        },
      },
    },
    given: {
      inner: { apiVersion: 'v1', kind: 'X', metadata: { name: 'n', nope: 1 }, spec: 's', more: 1 },
    },
    kept: { inner: { apiVersion: 'v1', kind: 'X', metadata: { name: 'n' }, spec: 's' } },
    unknown: 'spec.inner.more spec.inner.metadata.nope',
  },
];

for (const { name, schema, given, kept, unknown = '' } of cases) {
  test(name, () => {
    const draft = object(given);
    const thing = form(schema);
    const coerced = thing.coerce(draft, 'refuse');
    thing.setDefaults(draft);
    assert.equal(coerced.error, undefined);
    assert.equal(coerced.unknown.join(' '), unknown);
    assert.deepEqual(draft['spec'], kept);
  });
}

test('defaults of one object are not those of another', () => {
  const schema: JSONSchemaProps = {
    type: 'object',
    properties: { l: { type: 'array', items: text, default: ['a'] } },
  };
  const thing = form(schema);
  const [one, two] = [object({}), object({})];
  thing.setDefaults(one);
  thing.setDefaults(two);
  ((one['spec'] as Value)['l'] as string[]).push('b');
  assert.deepEqual((two['spec'] as Value)['l'], ['a']);
});

test('bad metadata is refused when it is sent, and dropped when it is stored', () => {
  const bad = { name: 'a', labels: { ok: 'x', bad: 5 }, colour: 'red' };
  const thing = form(anything);
  const sent = thing.coerce(object({}, { metadata: structuredClone(bad) }), 'refuse');
  assert.match(
    sent.error ?? '',
    /^json: cannot unmarshal number into Go struct field ObjectMeta.labels/,
  );
  const stored = object({}, { metadata: structuredClone(bad) });
  thing.coerce(stored, 'drop');
  assert.deepEqual(stored['metadata'], { name: 'a', labels: { ok: 'x' } });
});

test('an object of another kind is none of the schema’s business', () => {
  const draft: Value = { ...object({ z: 1 }), kind: 'Other' };
  form({ type: 'object' }).coerce(draft, 'refuse');
  assert.deepEqual(draft['spec'], { z: 1 });
});
