/** Lists that go on after their version was compacted away, as upstream's conformance tests let them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, startTestRegistry } from '../testing.ts';

const configMaps = '/api/v1/namespaces/a/configmaps';

interface Page {
  readonly reason?: string;
  readonly metadata: { readonly continue?: string; readonly resourceVersion?: string };
  readonly items?: readonly { readonly metadata: { readonly name: string } }[];
}

test('a list whose version is compacted away says so, though the cache knows it still, and goes on with what there is', async () => {
  const registry = await startTestRegistry();
  const { runtime, store } = registry;
  for (const name of ['a', 'b', 'c'])
    await registry.send('POST', configMaps, { body: { metadata: { name } } });
  const list = async (token = ''): Promise<Page> => {
    const query = `?limit=1&continue=${encodeURIComponent(token)}`;
    return (await registry.send('GET', configMaps + query)).json as unknown as Page;
  };
  const first = await list();
  await registry.send('POST', '/api/v1/namespaces/b/configmaps', {
    body: { metadata: { name: 'd' } },
  });
  const again = await list(first.metadata.continue);
  assert.equal(again.items?.[0]?.metadata.name, 'b', 'not yet');
  await settled(runtime, store.compact(store.revision()));
  const gone = await list(first.metadata.continue);
  assert.equal(gone.reason, 'Expired');
  const second = await list(gone.metadata.continue);
  assert.equal(second.items?.[0]?.metadata.name, 'b');
  assert.notEqual(second.metadata.resourceVersion, first.metadata.resourceVersion);
  const third = await list(second.metadata.continue);
  assert.equal(third.items?.[0]?.metadata.name, 'c');
  assert.equal(third.metadata.resourceVersion, second.metadata.resourceVersion);
  await registry.stop();
});
