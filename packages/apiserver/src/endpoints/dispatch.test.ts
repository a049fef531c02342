/** By which methods one gets to what subresources lead to. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ConnectSubresource, ResourceDefinition } from '@navarch/api/extension/resource';
import { startTestRegistry, testDefinitions } from '../testing.ts';

function leading(name: string, verbs: ConnectSubresource['verbs']): ConnectSubresource {
  const kind = { group: '', version: 'v1', kind: 'PodProxyOptions' };
  return { type: 'connect', name, kind, verbs, target: () => ({ kind: 'nothing' }) };
}

const definitions = testDefinitions.map((definition): ResourceDefinition => {
  if (definition.plural !== 'configmaps') return definition;
  const all = ['create', 'delete', 'get', 'patch', 'update'] as const;
  return {
    ...definition,
    subresources: [leading('proxy', all), leading('exec', ['create', 'get'])],
  };
});
const registry = await startTestRegistry({ definitions });
after(() => registry.stop());

const cases: readonly [method: string, path: string, status: number][] = [
  ...['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].flatMap(
    (method): [string, string, number][] => [
      [method, '/x/proxy', 204],
      [method, '/x/proxy/some/path', 204],
    ],
  ),
  ['GET', '/x/exec', 204],
  ['POST', '/x/exec', 204],
  ['GET', '/x/exec/some/path', 404],
  ['HEAD', '/x/exec', 405],
  ['OPTIONS', '/x/exec', 405],
  ['PATCH', '/x/exec', 405],
  ['DELETE', '/x/exec', 405],
  ['HEAD', '/x', 405],
];

for (const [method, path, status] of cases) {
  test(`${method} ${path}`, async () => {
    const answer = await registry.send(method, `/api/v1/namespaces/a/configmaps${path}`);
    assert.equal(answer.status, status, answer.text);
  });
}
