import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structOf } from '../../schema/registry.ts';
import { annotation, lastAppliedFields, withLastApplied } from './last-applied.ts';

const schema = structOf('core/v1.ConfigMap');
const type = { kind: 'ConfigMap', apiVersion: 'v1' };

function liveThatSays(text: string, data: Readonly<Record<string, string>> = { a: '1' }) {
  return { ...type, metadata: { name: 'c', annotations: { [annotation]: text } }, data };
}

const leaf = {};
const said: readonly { name: string; text: string; fields: unknown }[] = [
  {
    name: 'what is still as it was applied',
    text: JSON.stringify({ ...type, data: { a: '1', b: '2' } }),
    fields: { 'f:apiVersion': leaf, 'f:data': { 'f:a': leaf }, 'f:kind': leaf },
  },
  {
    name: 'of another version',
    text: JSON.stringify({ ...type, apiVersion: 'v2', data: { a: '1' } }),
    fields: undefined,
  },
  { name: 'of no kind', text: '{"apiVersion":"v1","data":{"a":"1"}}', fields: undefined },
  { name: 'no JSON', text: '{', fields: undefined },
  { name: 'no object', text: '[]', fields: undefined },
  { name: 'a wrong type', text: JSON.stringify({ ...type, data: 'x' }), fields: undefined },
];

for (const { name, text, fields } of said) {
  test(`the annotation allows: ${name}`, () => {
    assert.deepEqual(lastAppliedFields(schema, liveThatSays(text)), fields);
  });
}

test('the annotation goes on to say what was applied, but not itself', () => {
  const config = { ...type, metadata: { name: 'c', annotations: { [annotation]: 'x' } } };
  const { metadata } = withLastApplied(liveThatSays('old'), config);
  assert.deepEqual(metadata, {
    name: 'c',
    annotations: {
      [annotation]: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}\n',
    },
  });
});

test('an object without the annotation does not get it', () => {
  const live = { ...type, metadata: { name: 'c' } };
  assert.equal(withLastApplied(live, { ...type, data: { a: '1' } }), live);
});

test('what is too long to be said is not said', () => {
  const long = { ...type, data: { a: 'x'.repeat(256 * 1024) } };
  assert.deepEqual(withLastApplied(liveThatSays('old'), long)['metadata'], { name: 'c' });
});
