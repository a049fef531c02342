/** How what is said in version 2 is said in version 3. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toV3 } from './convert.ts';
import type { Json } from './merge.ts';

const reference = { $ref: '#/definitions/Thing' };
const referenceNow = { $ref: '#/components/schemas/Thing' };

const schemas: readonly { readonly name: string; readonly v2: Json; readonly v3: Json }[] = [
  { name: 'a reference', v2: reference, v3: referenceNow },
  {
    name: 'a reference with a description',
    v2: { ...reference, description: 'a thing' },
    v3: { description: 'a thing', allOf: [referenceNow] },
  },
  {
    name: 'references at any depth',
    v2: {
      properties: { a: reference, b: { type: 'array', items: reference } },
      additionalProperties: { additionalProperties: reference },
    },
    v3: {
      properties: { a: referenceNow, b: { type: 'array', items: referenceNow } },
      additionalProperties: { additionalProperties: referenceNow },
    },
  },
  {
    name: 'what looks like a reference in a value',
    v2: { default: { properties: { a: reference } }, additionalProperties: true },
    v3: { default: { properties: { a: reference } }, additionalProperties: true },
  },
];

for (const { name, v2, v3 } of schemas) {
  test(`schemas: ${name}`, () => {
    const converted = toV3({ definitions: { X: v2 } });
    assert.deepEqual(converted['components'], { schemas: { X: v3 } });
  });
}

test('an operation', () => {
  const converted = toV3({
    info: { title: 'things' },
    paths: {
      '/things': {
        parameters: [{ name: 'pretty', in: 'query', type: 'string', uniqueItems: true }],
        post: {
          operationId: 'createThing',
          consumes: ['application/json', 'application/yaml'],
          produces: ['application/json'],
          parameters: [
            { name: 'body', in: 'body', required: true, schema: reference },
            { $ref: '#/parameters/dryRun' },
          ],
          responses: {
            201: { description: 'Created', schema: reference },
            401: { description: 'No' },
          },
          'x-kubernetes-action': 'post',
        },
      },
    },
  });
  const content = { schema: referenceNow };
  assert.deepEqual(converted, {
    openapi: '3.0.0',
    info: { title: 'things' },
    paths: {
      '/things': {
        parameters: [
          { name: 'pretty', in: 'query', schema: { type: 'string', uniqueItems: true } },
        ],
        post: {
          operationId: 'createThing',
          'x-kubernetes-action': 'post',
          requestBody: { content: { 'application/json': content, 'application/yaml': content } },
          parameters: [{ $ref: '#/components/parameters/dryRun', schema: {} }],
          responses: {
            201: { description: 'Created', content: { 'application/json': content } },
            401: { description: 'No' },
          },
        },
      },
    },
    components: {},
  });
});
