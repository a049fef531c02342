import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structOf } from '../schema/registry.ts';
import { fitSchema } from './fit-schema.ts';

const leaf = {};
const spec = (fields: object): object => ({ 'f:spec': fields });
const item = 'k:{"key":"a"}';

const cases: readonly { name: string; owned: object; fits: object }[] = [
  {
    name: 'items of a list that is one value',
    owned: spec({ 'f:tolerations': { '.': leaf, [item]: { '.': leaf, 'f:key': leaf } } }),
    fits: spec({ 'f:tolerations': leaf }),
  },
  {
    name: 'keys of a map that is one value',
    owned: spec({ 'f:nodeSelector': { 'f:a': leaf } }),
    fits: spec({ 'f:nodeSelector': leaf }),
  },
  {
    name: 'in an item of a list that is none',
    owned: spec({
      'f:containers': { 'k:{"name":"c"}': { 'f:args': { 'v:"x"': leaf }, 'f:name': leaf } },
    }),
    fits: spec({ 'f:containers': { 'k:{"name":"c"}': { 'f:args': leaf, 'f:name': leaf } } }),
  },
];

for (const { name, owned, fits } of cases) {
  test(`owned fields: ${name}`, () => {
    assert.deepEqual(fitSchema(structOf('core/v1.Pod'), owned as Record<string, never>), fits);
  });
}

test('what fits is left alone, and so is what the schema does not know', () => {
  const owned = {
    'f:metadata': { 'f:labels': { '.': leaf, 'f:a': leaf } },
    'f:spec': { 'f:containers': leaf, 'f:gone': { 'f:a': leaf }, 'f:tolerations': leaf },
  };
  assert.equal(fitSchema(structOf('core/v1.Pod'), owned), owned);
});
