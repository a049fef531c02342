/** Lists of the past: pages that see one moment, exact revisions, against a model that remembers everything. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integer } from '@navarch/runtime/random';
import { settled, startTestRegistry, type TestRegistry } from '../testing.ts';

const configMaps = '/api/v1/namespaces/a/configmaps';

interface List {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

async function list(registry: TestRegistry, query: string): Promise<List> {
  const { status, json, text } = await registry.send('GET', `${configMaps}?${query}`);
  assert.equal(status, 200, text);
  return json as unknown as List;
}

function names({ items }: List): string {
  return items.map(({ metadata }) => metadata.name).join(' ');
}

test('every revision can be listed as it was, and pages of it agree', async () => {
  const registry = await startTestRegistry({ seed: 7 });
  const { random } = registry.runtime;
  const held = new Set<string>();
  const history = new Map<number, string>();
  let revision = 1;
  for (let round = 0; round < 200; round++) {
    const name = `m${integer(random, 30)}`;
    if (held.delete(name)) await registry.send('DELETE', `${configMaps}/${name}`);
    else {
      held.add(name);
      await registry.send('POST', configMaps, { body: { metadata: { name } } });
    }
    history.set(++revision, [...held].sort().join(' '));
  }
  for (const [at, expected] of history) {
    const exact = `resourceVersion=${at}&resourceVersionMatch=Exact`;
    assert.equal(names(await list(registry, exact)), expected, `at ${at}`);
    if (at % 20 !== 0) continue;
    assert.equal(await allPages(registry, exact), expected, `pages at ${at}`);
  }
  await registry.stop();
});

async function allPages(registry: TestRegistry, first: string): Promise<string> {
  let page = await list(registry, `${first}&limit=4`);
  const parts = [names(page)];
  while (page.metadata.continue) {
    const left = page.metadata.remainingItemCount;
    page = await list(registry, `limit=4&continue=${page.metadata.continue}`);
    assert.ok(left !== undefined && left >= page.items.length);
    parts.push(names(page));
  }
  return parts.filter((part) => part !== '').join(' ');
}

test('pages go on as the first saw it, whatever happens meanwhile', async () => {
  const registry = await startTestRegistry();
  for (const name of ['a', 'b', 'c', 'd']) {
    await registry.send('POST', configMaps, { body: { metadata: { name } } });
  }
  const first = await list(registry, 'limit=2');
  assert.equal(first.metadata.remainingItemCount, 2);
  await registry.send('DELETE', `${configMaps}/c`);
  await registry.send('POST', configMaps, { body: { metadata: { name: 'bb' } } });
  const second = await list(registry, `continue=${first.metadata.continue ?? ''}`);
  assert.equal(`${names(first)} ${names(second)}`, 'a b c d');
  assert.equal(second.metadata.resourceVersion, first.metadata.resourceVersion);
  await registry.stop();
});

test('a page ends when it is full, whether or not more matches', async () => {
  const registry = await startTestRegistry();
  const chosen = { labels: { l: '1' } };
  for (const metadata of [{ name: 'a', ...chosen }, { name: 'b' }]) {
    await registry.send('POST', configMaps, { body: { metadata } });
  }
  const page = await list(registry, 'labelSelector=l%3D1&limit=1');
  assert.equal(names(page), 'a');
  assert.equal(page.metadata.remainingItemCount, undefined);
  assert.equal(
    names(await list(registry, `limit=1&continue=${page.metadata.continue ?? ''}`)),
    'b',
  );
  const one = await list(registry, 'fieldSelector=metadata.name%3Da&limit=1');
  assert.equal(one.metadata.continue, undefined);
  await registry.stop();
});

test('who takes any version gets all at once', async () => {
  const registry = await startTestRegistry();
  for (const name of ['a', 'b']) {
    await registry.send('POST', configMaps, { body: { metadata: { name } } });
  }
  const all = await list(registry, 'resourceVersion=0&limit=1');
  assert.equal(names(all), 'a b');
  assert.equal(all.metadata.continue, undefined);
  await registry.stop();
});

test('a list in chunks is the list that in-process callers get', async () => {
  const registry = await startTestRegistry();
  const text = 'x'.repeat(100_000);
  for (let index = 0; index < 10; index++) {
    const body = { metadata: { name: `m${index}` }, data: { text } };
    await registry.send('POST', configMaps, { body });
  }
  const { json } = await registry.send('GET', configMaps);
  const local = await registry.localServer.request({
    method: 'GET',
    path: configMaps,
    user: { username: 'u', groups: [] },
    userAgent: 'test',
    signal: new AbortController().signal,
  });
  const value = local.value as { readonly items: readonly Record<string, unknown>[] };
  const items = value.items.map(({ metadata, data }) => ({ metadata, data }));
  assert.deepEqual(json, JSON.parse(JSON.stringify({ ...value, items })));
  assert.ok(Object.isFrozen(value.items[0]));
  await registry.stop();
});

test('a page that comes too late is offered to go on with what there is now', async () => {
  const first = await startTestRegistry();
  for (const name of ['a', 'b', 'c', 'd']) {
    await first.send('POST', configMaps, { body: { metadata: { name } } });
  }
  const page = await list(first, 'limit=2');
  await first.send('DELETE', `${configMaps}/c`);
  await first.stop();
  // A server that begins now knows nothing of the past, and the store forgets it.
  const registry = await startTestRegistry({ store: first.store });
  const token = page.metadata.continue ?? '';
  assert.equal(names(await list(registry, `continue=${token}`)), 'c d', 'the store still knows');
  await settled(first.runtime, first.store.compact(first.store.revision()));
  const late = await registry.send('GET', `${configMaps}?continue=${token}`);
  assert.equal(late.status, 410);
  const { metadata } = late.json as unknown as List;
  const offered = metadata.continue ?? '';
  assert.equal(names(await list(registry, `continue=${offered}`)), 'd');
  await registry.stop();
});

test('one object by its name is found with and without its namespace', async () => {
  const registry = await startTestRegistry();
  for (const name of ['m', 'mm']) {
    await registry.send('POST', configMaps, { body: { metadata: { name } } });
    await registry.send('POST', '/api/v1/namespaces/ab/configmaps', {
      body: { metadata: { name } },
    });
  }
  const found = async (path: string): Promise<string> => {
    const { json } = await registry.send('GET', `${path}?fieldSelector=metadata.name%3Dm`);
    const { items } = json as {
      readonly items: readonly {
        readonly metadata: { readonly namespace: string; readonly name: string };
      }[];
    };
    return items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).join(' ');
  };
  assert.equal(await found(configMaps), 'a/m');
  assert.equal(await found('/api/v1/configmaps'), 'a/m ab/m');
  assert.equal(await found('/api/v1/namespaces/b/configmaps'), '');
  await registry.stop();
});
