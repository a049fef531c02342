/** A small document, read back field by field. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readerOf } from '@navarch/codec/protobuf/wire';
import { openApiProtobuf } from './protobuf.ts';

/** The delimited members of a message by number, and the numbers of all others. */
function read(bytes: Uint8Array): {
  texts: (field: number) => readonly Uint8Array[];
  others: readonly number[];
} {
  const reader = readerOf(bytes);
  const members: { field: number; bytes: Uint8Array }[] = [];
  const others: number[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) === 2) members.push({ field: tag >>> 3, bytes: reader.bytes() });
    else {
      others.push(tag >>> 3);
      reader.skipType(tag & 7);
    }
  }
  return {
    texts: (field) => members.filter((member) => member.field === field).map(({ bytes }) => bytes),
    others,
  };
}

/** Follows member numbers inwards, the first of each. */
function at(bytes: Uint8Array, ...path: readonly number[]): Uint8Array {
  return path.reduce<Uint8Array>(
    (inner, field) => read(inner).texts(field)[0] ?? new Uint8Array(),
    bytes,
  );
}
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

const bytes = openApiProtobuf({
  swagger: '2.0',
  info: { title: 'Kubernetes', version: 'v1' },
  paths: {
    '/api/v1/pods': {
      get: {
        operationId: 'listPods',
        parameters: [
          { name: 'watch', in: 'query', type: 'boolean', uniqueItems: true },
          { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Pod' } },
        ],
        responses: { 200: { description: 'OK', schema: { $ref: '#/definitions/PodList' } } },
        'x-kubernetes-action': 'list',
      },
    },
  },
  definitions: {
    Pod: {
      type: 'object',
      required: ['spec'],
      properties: {
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        list: { type: 'array', items: { type: 'integer', format: 'int32', default: 1 } },
      },
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'Pod', version: 'v1' }],
    },
  },
  securityDefinitions: { BearerToken: { type: 'apiKey', name: 'authorization', in: 'header' } },
});

const operation = at(bytes, 8, 2, 2, 2);
const pod = at(bytes, 9, 1, 2);
const [labels, list] = read(at(pod, 25)).texts(1);
const empty = new Uint8Array();

const cases: { name: string; found: string; expected: string }[] = [
  { name: 'the version', found: text(at(bytes, 1)), expected: '2.0' },
  { name: 'the title', found: text(at(bytes, 2, 1)), expected: 'Kubernetes' },
  { name: 'a path', found: text(at(bytes, 8, 2, 1)), expected: '/api/v1/pods' },
  { name: 'an operation', found: text(at(operation, 5)), expected: 'listPods' },
  { name: 'a query parameter', found: text(at(operation, 8, 1, 2, 3, 4)), expected: 'watch' },
  { name: 'its type', found: text(at(operation, 8, 1, 2, 3, 6)), expected: 'boolean' },
  {
    name: 'a body',
    found: text(at(read(operation).texts(8)[1] ?? empty, 1, 1, 5, 1)),
    expected: '#/definitions/Pod',
  },
  {
    name: 'a response',
    found: text(at(operation, 9, 1, 2, 1, 2, 1, 1)),
    expected: '#/definitions/PodList',
  },
  {
    name: 'an extension of an operation',
    found: text(at(operation, 13, 2, 2)),
    expected: '"list"\n',
  },
  { name: 'a definition', found: text(at(bytes, 9, 1, 1)), expected: 'Pod' },
  { name: 'its type', found: text(at(pod, 22, 1)), expected: 'object' },
  { name: 'a required member', found: text(at(pod, 19)), expected: 'spec' },
  { name: 'a map', found: text(at(labels ?? empty, 2, 21, 1, 22, 1)), expected: 'string' },
  { name: 'a list', found: text(at(list ?? empty, 2, 23, 1, 2)), expected: 'int32' },
  { name: 'a default', found: text(at(list ?? empty, 2, 23, 1, 5, 2)), expected: '1\n' },
  { name: 'the security scheme', found: text(at(bytes, 13, 1, 2, 2, 3)), expected: 'header' },
];
for (const { name, found, expected } of cases) test(name, () => assert.equal(found, expected));

test('flags are there when they are set', () => {
  assert.deepEqual(read(at(operation, 8, 1, 2, 3)).others, [20]);
});
