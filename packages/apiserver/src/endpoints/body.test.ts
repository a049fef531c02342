/** What strict validation says of a body that has both fields that nobody knows and fields that come twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structOf } from '@navarch/api/schema/registry';
import { typedForm } from '../registry/object-form.ts';
import type { ApiRequest } from '../request/request.ts';
import { readObject } from './body.ts';

const form = typedForm(structOf('apps/v1.Deployment'));

function request(spec: string, type: string): ApiRequest {
  const text = `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"},"spec":${spec}}`;
  const headers = { 'content-type': type };
  const body = { bytes: () => Promise.resolve(Buffer.from(text)) };
  return { headers, body } as unknown as ApiRequest;
}

const cases: readonly [name: string, spec: string, problems: readonly string[]][] = [
  [
    'the order of the text',
    '{"new":"a","replicas":2,"replicas":3}',
    ['unknown field "spec.new"', 'duplicate field "spec.replicas"'],
  ],
  [
    'the order of the text, the other way round',
    '{"replicas":2,"replicas":3,"new":"a"}',
    ['duplicate field "spec.replicas"', 'unknown field "spec.new"'],
  ],
  [
    'nothing of what is in an unknown field, which is told of once',
    '{"new":{"a":1,"a":2},"new":[{"b":1,"b":2}],"newer":1}',
    ['unknown field "spec.new"', 'unknown field "spec.newer"'],
  ],
  [
    'what is in lists and maps',
    '{"template":{"spec":{"containers":[{"nme":"a"},{"name":"a","name":"b"}]},"metadata":{"labels":{"a":"1","a":"2"}}}}',
    [
      'unknown field "spec.template.spec.containers[0].nme"',
      'duplicate field "spec.template.spec.containers[1].name"',
      'duplicate field "spec.template.metadata.labels.a"',
    ],
  ],
];

for (const [name, spec, problems] of cases) {
  test(name, async () => {
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    await readObject(request(spec, 'application/json'), form, 'Warn', warn);
    assert.deepEqual(warnings, problems);
    await assert.rejects(readObject(request(spec, 'application/json'), form, 'Strict', warn), {
      message: `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ${problems.join(', ')}`,
    });
  });
}
