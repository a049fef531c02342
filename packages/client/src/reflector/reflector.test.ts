import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configMaps } from '@navarch/api/resources';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import { limits } from '@navarch/runtime/limits';
import { startTestClient, type TestClient } from '../testing.ts';
import { type ChangeEvent, Reflector, type ReflectorOptions } from './reflector.ts';

/** A reflector whose sink writes down what it hears, as `= a b` for a whole state and `+a ~a -a` for changes. */
function reflect(test: TestClient, more: Partial<ReflectorOptions<ConfigMap>> = {}) {
  const heard: string[] = [];
  const marks = { ADDED: '+', MODIFIED: '~', DELETED: '-', BOOKMARK: '^' };
  const reflector = new Reflector<ConfigMap>({
    resource: test.client.resource(configMaps),
    selection: {},
    runtime: test.runtime,
    initial: 'list',
    pageObjects: 0,
    sink: {
      replace: (items) => void heard.push(`= ${items.map((item) => item.metadata.name).join(' ')}`),
      apply: (events: readonly ChangeEvent<ConfigMap>[]) => {
        for (const { type, object } of events)
          heard.push(`${marks[type]}${object.metadata.name ?? ''}`);
      },
    },
    ...more,
  });
  test.lifetime.run('reflector', (signal) => reflector.run(signal));
  return { reflector, heard };
}

const named = (name: string, data = ''): ConfigMap => ({
  metadata: { namespace: 'd', name },
  data: { data },
});

interface Journey {
  readonly name: string;
  readonly initial?: 'list' | 'stream';
  readonly pageObjects?: number;
  /** Runs after `a` was made and the reflector is watching; then time passes. */
  readonly happens: (test: TestClient) => Promise<void> | void;
  readonly heard: string;
  readonly state: string;
  /** Requests besides those of the test itself. */
  readonly requests?: string;
}

const path = '/api/v1/configmaps';
const journeys: Journey[] = [
  {
    name: 'hears what is there, then changes',
    happens: async ({ client }) => {
      await client.resource(configMaps).create(named('b'));
      await client.resource(configMaps).update(named('b', 'new'));
      await client.resource(configMaps).delete('d', 'b');
    },
    heard: '= a|+b|~b|-b',
    state: 'configmaps: watching from 5',
    requests: `GET ${path}|WATCH ${path}`,
  },
  {
    name: 'resumes after a cut connection without listing',
    happens: async ({ server, client }) => {
      server.down();
      server.up();
      await client.resource(configMaps).create(named('b'));
    },
    heard: '= a|+b',
    state: 'configmaps: watching from 3',
    requests: `GET ${path}|WATCH ${path}|WATCH ${path}`,
  },
  {
    name: 'resumes from a bookmark when history before it is gone',
    happens: async ({ server, client }) => {
      server.storage.put('/pods', { metadata: { namespace: 'd', name: 'other' } });
      server.sendBookmarks();
      server.storage.compact();
      server.cutWatches();
      await client.resource(configMaps).create(named('b'));
    },
    heard: '= a|^|+b',
    state: 'configmaps: watching from 4',
    requests: `GET ${path}|WATCH ${path}|WATCH ${path}`,
  },
  {
    name: 'lists again when its version is gone',
    happens: async ({ server, client }) => {
      server.down();
      server.up();
      await client.resource(configMaps).create(named('b'));
      server.storage.compact();
    },
    heard: '= a|= a b',
    state: 'configmaps: watching from 3',
    requests: `GET ${path}|WATCH ${path}|WATCH ${path}|GET ${path}|WATCH ${path}`,
  },
  {
    name: 'lists again when the server has another history',
    happens: ({ server }) => {
      server.storage.put('/configmaps', named('b'));
      server.storage.rewind(1);
      server.cutWatches();
    },
    heard: '= a|+b|= a b',
    state: 'configmaps: watching from 1',
  },
  {
    name: 'watches again at once when the server ends a watch in good order',
    happens: async ({ server, runtime, client }) => {
      await runtime.clock.advance(limits.clientWatchStableMs);
      server.endWatches();
      await runtime.clock.settle();
      assert.equal(server.openWatches, 1);
      await client.resource(configMaps).create(named('b'));
    },
    heard: '= a|+b',
    state: 'configmaps: watching from 3',
  },
  {
    name: 'reads the present state from a watch',
    initial: 'stream',
    happens: async ({ client }) => {
      await client.resource(configMaps).create(named('b'));
    },
    heard: '= a|+b',
    state: 'configmaps: watching from 3',
    requests: `WATCH ${path}`,
  },
  {
    name: 'lists in pages',
    pageObjects: 1,
    happens: async ({ server, client, runtime }) => {
      await client.resource(configMaps).create(named('b'));
      await client.resource(configMaps).create(named('c'));
      server.storage.compact();
      server.storage.put('/pods', { metadata: { namespace: 'd', name: 'other' } });
      server.storage.compact();
      server.cutWatches();
      await runtime.clock.settle();
    },
    heard: '= a|+b|+c|= a b c',
    state: 'configmaps: watching from 5',
    requests: `GET ${path}|WATCH ${path}|WATCH ${path}|GET ${path}|GET ${path}|GET ${path}|WATCH ${path}`,
  },
];

for (const {
  name,
  initial = 'list',
  pageObjects = 0,
  happens,
  heard,
  state,
  requests,
} of journeys) {
  test(name, async () => {
    const testing = startTestClient();
    await testing.client.resource(configMaps).create(named('a'));
    const reflecting = reflect(testing, { initial, pageObjects });
    await testing.runtime.clock.settle();
    await happens(testing);
    await testing.runtime.clock.advance(5_000);
    assert.equal(reflecting.heard.join('|'), heard);
    assert.equal(reflecting.reflector.describe(), state);
    const own = testing.server.requests.filter((line) => line.endsWith(path));
    if (requests !== undefined) assert.equal(own.join('|'), requests);
    assert.equal(testing.server.openWatches, 1);
    await testing.lifetime.stop();
    assert.equal(testing.server.openWatches, 0);
  });
}

test('does not hammer a server that is down, and comes back', async () => {
  const testing = startTestClient();
  testing.server.down();
  const { heard } = reflect(testing);
  await testing.runtime.clock.advance(600_000);
  // Doubling from 0.2 s to 30 s: about 8 tries to reach the longest pause, then one per 30 to 60 s.
  assert.ok(testing.server.requests.length < 35, String(testing.server.requests.length));
  assert.ok(testing.server.requests.length > 10);
  testing.server.up();
  await testing.client.resource(configMaps).create(named('a'));
  await testing.runtime.clock.advance(60_000);
  assert.deepEqual(heard, ['= a']);
  await testing.lifetime.stop();
});

test('does not hammer a server that expires every version at once', async () => {
  const testing = startTestClient();
  reflect(testing);
  const { StatusError } = await import('@navarch/api/status');
  const gone = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    reason: 'Expired',
    code: 410,
  } as const;
  testing.server.intercept((request) =>
    request.query?.['watch'] ? new StatusError(gone) : undefined,
  );
  await testing.runtime.clock.advance(600_000);
  assert.ok(testing.server.requests.length < 90, String(testing.server.requests.length));
  await testing.lifetime.stop();
});

test('leaves a server that hangs', async () => {
  const testing = startTestClient();
  const hanging = { ...testing.client.resource(configMaps), reference: configMaps };
  let lists = 0;
  const { reflector } = reflect(testing, {
    resource: Object.assign(hanging, {
      list: ({ signal }: { signal: AbortSignal }) => {
        lists++;
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        );
      },
    }),
  });
  await testing.runtime.clock.advance(limits.clientRequestTimeoutMs + 10_000);
  assert.equal(lists, 2);
  assert.match(reflector.describe(), /listing/);
  await testing.lifetime.stop();
});

test('leaves a watch that does not end when it should', async () => {
  const testing = startTestClient();
  reflect(testing);
  await testing.runtime.clock.advance(
    2 * limits.clientWatchTimeoutMinMs + 2 * limits.clientWatchGraceMs,
  );
  const watches = testing.server.requests.filter((line) => line.startsWith('WATCH'));
  assert.equal(watches.length, 2);
  assert.equal(testing.server.openWatches, 1);
  await testing.lifetime.stop();
});
