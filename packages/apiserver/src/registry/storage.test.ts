/** What is decided and not durable: later writes build on it, readers do not see it, failures undo it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  StoreFailed,
  type Outcome,
  type Revision,
  type Store,
  type Transaction,
} from '@navarch/store/store';
import type { ApiResponse } from '../request/request.ts';
import { settled, startTestRegistry, type TestRegistry } from '../testing.ts';

const configMaps = '/api/v1/namespaces/a/configmaps';

/** A disk that, while `isSlow`, keeps everybody waiting until it is told how it went. */
class SlowDisk {
  isSlow = false;
  #waiting: ((error: Error) => void)[] = [];

  wrap(store: Store): Store {
    return new Proxy(store, {
      get: (target, name) => {
        if (name === 'transact') return this.#transact.bind(this, store);
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  }

  fail(error: Error): void {
    const failed = this.#waiting;
    this.#waiting = [];
    for (const reject of failed) reject(error);
  }

  #transact(
    store: Store,
    transaction: Transaction,
    onDecided?: (outcome: Outcome) => void,
  ): Promise<Outcome> {
    if (!this.isSlow) return store.transact(transaction, onDecided);
    const revision = (store.revision() + this.#waiting.length + 1) as Revision;
    onDecided?.({ succeeded: true, revision });
    return new Promise((_, reject) => {
      this.#waiting.push(reject);
    });
  }
}

function patch(registry: TestRegistry, data: object): Promise<ApiResponse> {
  return registry.handle({
    method: 'PATCH',
    path: `${configMaps}/x`,
    query: '',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { value: { data } },
    identity: { user: { username: 'u', groups: [] } },
    remoteAddress: '',
    signal: new AbortController().signal,
  });
}

test('a failed write takes those that were built on it with it, and later ones start afresh', async () => {
  const slow = new SlowDisk();
  const registry = await startTestRegistry({ wrapStore: (store) => slow.wrap(store) });
  const { runtime } = registry;
  await registry.send('POST', configMaps, { body: { metadata: { name: 'x' }, data: { k: '0' } } });
  slow.isSlow = true;
  const first = patch(registry, { k: '1' });
  const second = patch(registry, { l: '1' });
  await runtime.clock.settle();
  const meanwhile = await registry.send('GET', `${configMaps}/x`);
  assert.deepEqual(meanwhile.json?.['data'], { k: '0' }, 'nobody sees what is not durable');
  slow.fail(new StoreFailed('no space'));
  const answers = await settled(runtime, Promise.all([first, second]));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [500, 500],
  );
  slow.isSlow = false;
  const third = await settled(runtime, patch(registry, { m: '1' }));
  assert.equal(third.status, 200);
  const { json } = await registry.send('GET', `${configMaps}/x`);
  assert.deepEqual(json?.['data'], { k: '0', m: '1' });
  await registry.stop();
});
