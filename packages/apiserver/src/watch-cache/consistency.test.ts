/** Random writers and watchers that come and go: whoever lists and then watches ends up with what there is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integer, type Random } from '@navarch/runtime/random';
import type { WatchFrame } from '../request/request.ts';
import { settled, startTestRegistry, testUser, type TestRegistry } from '../testing.ts';

const configMaps = '/api/v1/namespaces/a/configmaps';
const names = Array.from({ length: 12 }, (_, index) => `m${index}`);

function request(registry: TestRegistry, method: string, url: string, value?: unknown) {
  const [path = '', query = ''] = url.split('?');
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return registry.handle({
    method,
    path,
    query,
    headers: { 'content-type': type },
    body: { value },
    identity: { user: testUser },
    remoteAddress: '',
    signal: new AbortController().signal,
  });
}

/** A client's copy of what matches its selector, kept as informers keep theirs. */
class Copy {
  readonly held = new Map<string, string>();
  readonly problems: string[] = [];
  readonly #selector: string;

  constructor(selector: string) {
    this.#selector = selector;
  }

  async start(registry: TestRegistry): Promise<void> {
    const { body } = await request(registry, 'GET', `${configMaps}?${this.#selector}`);
    assert.ok(body.kind === 'list');
    const list = JSON.parse(Buffer.concat([...body.chunks()]).toString());
    for (const { metadata } of list.items) this.held.set(metadata.name, metadata.resourceVersion);
    const from = `resourceVersion=${list.metadata.resourceVersion}`;
    const watch = await request(registry, 'GET', `${configMaps}?watch=1&${from}&${this.#selector}`);
    assert.ok(watch.body.kind === 'watch');
    watch.body.start({
      write: (frames) => frames.forEach((frame) => this.#take(frame)),
      end: () => undefined,
      bufferedBytes: () => 0,
      signal: new AbortController().signal,
    });
  }

  #take(frame: WatchFrame): void {
    const { name = '', resourceVersion = '' } = frame.object.value().metadata;
    const isKnown = this.held.has(name);
    if ((frame.type === 'ADDED') === isKnown) this.problems.push(`${frame.type} ${name}`);
    if (frame.type === 'DELETED') this.held.delete(name);
    else this.held.set(name, resourceVersion);
  }
}

function randomWrite(registry: TestRegistry, random: Random): Promise<unknown> {
  const name = names[integer(random, names.length)] ?? '';
  const labels = { set: integer(random, 2) === 0 ? 'one' : 'two' };
  switch (integer(random, 4)) {
    case 0:
      return request(registry, 'DELETE', `${configMaps}/${name}`);
    case 1:
      return request(registry, 'PATCH', `${configMaps}/${name}`, { metadata: { labels } });
    default:
      return request(registry, 'POST', configMaps, { metadata: { name, labels } });
  }
}

for (const seed of [1, 2, 3, 4, 5]) {
  test(`copies agree with the server, seed ${seed}`, async () => {
    const registry = await startTestRegistry({ seed });
    const { random, clock } = registry.runtime;
    const copies: Copy[] = [];
    for (let round = 0; round < 60; round++) {
      const writes = Array.from({ length: 8 }, () => randomWrite(registry, random));
      if (round % 6 === 0) {
        for (const selector of ['', 'labelSelector=set%3Done']) {
          const copy = new Copy(selector);
          copies.push(copy);
          await copy.start(registry);
        }
      }
      await clock.settle();
      await Promise.all(writes);
    }
    await clock.settle();
    const fresh = { '': new Copy(''), one: new Copy('labelSelector=set%3Done') };
    await fresh[''].start(registry);
    await fresh.one.start(registry);
    copies.forEach((copy, index) => {
      const expected = index % 2 === 0 ? fresh[''] : fresh.one;
      assert.deepEqual(copy.problems, []);
      assert.deepEqual(copy.held, expected.held);
    });
    await registry.stop();
  });
}

test('a write that is under way when the server stops is answered', async () => {
  const registry = await startTestRegistry();
  const written = request(registry, 'POST', configMaps, { metadata: { name: 'late' } });
  const stopped = registry.stop();
  assert.equal((await settled(registry.runtime, written)).status, 201);
  await stopped;
});
