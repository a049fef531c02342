/** Watches as clients see them: what is sent, in which order, and when a watch ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchFrame, WatchSink } from '../request/request.ts';
import { startTestRegistry, testUser, type TestRegistry } from '../testing.ts';

const configMaps = '/api/v1/namespaces/a/configmaps';
const pods = '/api/v1/namespaces/a/pods';

interface Seen {
  /** `TYPE name@revision`, one a frame. */
  readonly events: string[];
  readonly stop: () => void;
  ended: boolean;
  buffered: number;
}

async function startWatch(registry: TestRegistry, url: string): Promise<Seen> {
  const [path = '', query = ''] = url.split('?');
  const stopper = new AbortController();
  const seen: Seen = { events: [], stop: () => stopper.abort(), ended: false, buffered: 0 };
  const { body, status } = await registry.handle({
    method: 'GET',
    path,
    query: `watch=1&${query}`,
    headers: {},
    body: { value: undefined },
    identity: { user: testUser },
    remoteAddress: '',
    signal: stopper.signal,
  });
  assert.equal(status, 200);
  assert.ok(body.kind === 'watch');
  const sink: WatchSink = {
    write: (frames) => seen.events.push(...frames.map(describe)),
    end: () => {
      seen.ended = true;
    },
    bufferedBytes: () => seen.buffered,
    signal: stopper.signal,
  };
  body.start(sink);
  await registry.runtime.clock.settle();
  return seen;
}

/** Both forms of a frame must say the same. */
function describe(frame: WatchFrame): string {
  const { type, object } = JSON.parse(Buffer.from(frame.json()).toString());
  assert.equal(type, frame.type);
  assert.deepEqual(object, JSON.parse(JSON.stringify(frame.object.value())));
  const { name = '', resourceVersion, annotations } = object.metadata ?? {};
  const isEnd = annotations?.['k8s.io/initial-events-end'] === 'true' ? ' end' : '';
  return object.kind === 'Status'
    ? `${type} ${object.reason}`
    : `${type} ${name}@${resourceVersion}${isEnd}`;
}

const make = (registry: TestRegistry, name: string, labels = {}): Promise<unknown> =>
  registry.send('POST', configMaps, { body: { metadata: { name, labels } } });
const label = (registry: TestRegistry, name: string, labels: object): Promise<unknown> =>
  registry.send('PATCH', `${configMaps}/${name}`, {
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { metadata: { labels } },
  });
const remove = (registry: TestRegistry, name: string): Promise<unknown> =>
  registry.send('DELETE', `${configMaps}/${name}`);

interface Story {
  readonly name: string;
  readonly before?: (registry: TestRegistry) => Promise<unknown>;
  readonly watch: string;
  readonly during?: (registry: TestRegistry) => Promise<unknown>;
  readonly sees: readonly string[];
}

const stories: readonly Story[] = [
  {
    name: 'the present state, then what changes',
    before: (r) => make(r, 'x'),
    watch: configMaps,
    during: async (r) => {
      await make(r, 'y');
      await label(r, 'x', { a: 'b' });
      await remove(r, 'x');
    },
    sees: ['ADDED x@2', 'ADDED y@3', 'MODIFIED x@4', 'DELETED x@5'],
  },
  {
    name: 'from a revision, what followed',
    before: async (r) => {
      await make(r, 'x');
      await make(r, 'y');
      await remove(r, 'x');
    },
    watch: `${configMaps}?resourceVersion=2`,
    during: (r) => make(r, 'z'),
    sees: ['ADDED y@3', 'DELETED x@4', 'ADDED z@5'],
  },
  {
    name: 'objects that come to match and cease to',
    before: async (r) => {
      await make(r, 'in', { set: 'one' });
      await make(r, 'out', { set: 'two' });
    },
    watch: `${configMaps}?labelSelector=set%3Done`,
    during: async (r) => {
      await label(r, 'out', { set: 'one' });
      await label(r, 'in', { set: 'two' });
      await label(r, 'in', { set: 'three' });
      await remove(r, 'out');
    },
    sees: ['ADDED in@2', 'ADDED out@4', 'DELETED in@5', 'DELETED out@7'],
  },
  {
    name: 'one by its name',
    before: (r) => make(r, 'x'),
    watch: `${configMaps}?fieldSelector=metadata.name%3Dy`,
    during: async (r) => {
      await label(r, 'x', { a: 'b' });
      await make(r, 'y');
    },
    sees: ['ADDED y@4'],
  },
  {
    name: 'another namespace sees nothing',
    before: (r) => make(r, 'x'),
    watch: '/api/v1/namespaces/b/configmaps',
    during: (r) => make(r, 'y'),
    sees: [],
  },
  {
    name: 'initial events end with a bookmark',
    before: (r) => make(r, 'x'),
    watch: `${configMaps}?allowWatchBookmarks=1&sendInitialEvents=1&resourceVersionMatch=NotOlderThan`,
    during: (r) => make(r, 'y'),
    sees: ['ADDED x@2', 'BOOKMARK @2 end', 'ADDED y@3'],
  },
  {
    name: 'no initial events when they are not wanted',
    before: (r) => make(r, 'x'),
    watch: `${configMaps}?sendInitialEvents=0&resourceVersionMatch=NotOlderThan`,
    during: (r) => make(r, 'y'),
    sees: ['ADDED y@3'],
  },
  {
    name: 'changes of all namespaces',
    watch: '/api/v1/configmaps',
    during: (r) => make(r, 'x'),
    sees: ['ADDED x@2'],
  },
  {
    name: 'by an indexed field: a pod that is bound, and one that moves away',
    before: (r) =>
      r.send('POST', pods, { body: { metadata: { name: 'p' }, spec: { containers: [] } } }),
    watch: '/api/v1/pods?fieldSelector=spec.nodeName%3Dn',
    during: async (r) => {
      const headers = { 'content-type': 'application/merge-patch+json' };
      await r.send('PATCH', `${pods}/p`, { headers, body: { spec: { nodeName: 'n' } } });
      await r.send('PATCH', `${pods}/p`, { headers, body: { metadata: { labels: { a: 'b' } } } });
      await r.send('PATCH', `${pods}/p`, { headers, body: { spec: { nodeName: 'm' } } });
    },
    sees: ['ADDED p@3', 'MODIFIED p@4', 'DELETED p@5'],
  },
];

for (const story of stories) {
  test(`a watch: ${story.name}`, async () => {
    const registry = await startTestRegistry();
    await story.before?.(registry);
    const seen = await startWatch(registry, story.watch);
    await story.during?.(registry);
    await registry.runtime.clock.settle();
    assert.deepEqual(seen.events, story.sees);
    seen.stop();
    assert.ok(seen.ended);
    await registry.stop();
  });
}

test('a watch from before what is kept ends with Expired', async () => {
  const first = await startTestRegistry();
  await make(first, 'x');
  await make(first, 'y');
  await first.stop();
  const registry = await startTestRegistry({ store: first.store });
  const seen = await startWatch(registry, `${configMaps}?resourceVersion=2`);
  assert.deepEqual(seen.events, ['ERROR Expired']);
  assert.ok(seen.ended);
  await registry.stop();
});

test('bookmarks come by the clock and say where the whole store is', async () => {
  const registry = await startTestRegistry();
  const seen = await startWatch(registry, `${configMaps}?allowWatchBookmarks=1&resourceVersion=1`);
  await registry.send('POST', pods, { body: { metadata: { name: 'p' }, spec: {} } });
  await registry.runtime.clock.advance(60_000);
  assert.deepEqual(seen.events, ['BOOKMARK @2']);
  seen.stop();
  await registry.stop();
});

test('a watch ends when its time is up', async () => {
  const registry = await startTestRegistry();
  const seen = await startWatch(registry, `${configMaps}?timeoutSeconds=5`);
  await registry.runtime.clock.advance(4_999);
  assert.ok(!seen.ended);
  await registry.runtime.clock.advance(1);
  assert.ok(seen.ended);
  await registry.stop();
});

test('a watcher that does not read is cut off', async () => {
  const registry = await startTestRegistry();
  const slow = await startWatch(registry, configMaps);
  const quick = await startWatch(registry, configMaps);
  slow.buffered = 100 * 1024 * 1024;
  await make(registry, 'x');
  await registry.runtime.clock.settle();
  assert.ok(slow.ended);
  assert.ok(!quick.ended);
  assert.deepEqual(quick.events, ['ADDED x@2']);
  quick.stop();
  await registry.stop();
});

test('stopping ends all watches and leaves no watcher behind', async () => {
  const registry = await startTestRegistry();
  const seen = await startWatch(registry, configMaps);
  const definition = registry.resources.find('', 'v1', 'configmaps');
  assert.ok(definition);
  assert.equal(registry.resources.watcherCount(definition), 1);
  registry.resources.endWatches();
  assert.ok(seen.ended);
  assert.equal(registry.resources.watcherCount(definition), 0);
  await registry.stop();
});
