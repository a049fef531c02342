/** The client against the real API server in the same process: registry, watch cache and memory store, under a virtual clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerServices } from '@navarch/api/extension/context';
import { configMaps, events, leases, namespaces, pods } from '@navarch/api/resources';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { createLocalServer } from '@navarch/apiserver/local/local-server';
import { createResources } from '@navarch/apiserver/registry/resources';
import { createChain } from '@navarch/apiserver/request/chain';
import { builtinResources } from '@navarch/kinds/index';
import { Lifetime } from '@navarch/runtime/lifetime';
import { integer, nameSuffix } from '@navarch/runtime/random';
import { createVirtualRuntime, type VirtualRuntime } from '@navarch/runtime/testing';
import { createMemoryStore } from '@navarch/store/memory';
import { createClient } from './client.ts';
import { isAlreadyExists, isConflict, isInvalid, isNotFound } from './errors.ts';
import { createEventRecorder } from './event-recorder.ts';
import { createInProcessTransport } from './in-process.ts';
import { createInformers } from './informer.ts';
import { keyOf } from './keys.ts';
import { runLeaderElection } from './leader-election.ts';
import { createOwnWrites } from './own-writes.ts';
import { createWorkQueue, runWorkers } from './work-queue.ts';

const user = { username: 'test', groups: ['system:masters', 'system:authenticated'] };

/** What the kinds of these tests ask of a server. */
function servicesOf({ random }: VirtualRuntime): ServerServices {
  const refuse = (): never => {
    throw new Error('these tests need no such service');
  };
  return {
    random: {
      nameSuffix: (length) => nameSuffix(random, length),
      uuid: () => random.uuid(),
      integer: (below) => integer(random, below),
    },
    authorize: refuse,
    rulesFor: refuse,
    authenticateToken: refuse,
    signServiceAccountToken: refuse,
    serviceClusterIpRanges: ['10.96.0.0/16'],
    serviceNodePortRange: { first: 30_000, last: 32_767 },
  };
}

async function start() {
  const runtime = createVirtualRuntime();
  const store = createMemoryStore(runtime);
  const lifetime = new Lifetime(runtime.log);
  const resources = createResources({
    definitions: builtinResources,
    store,
    runtime,
    admission: [],
    services: servicesOf(runtime),
  });
  await driving(runtime, resources.ready());
  const local = createLocalServer(
    createChain({ dispatch: ({ request, info }) => resources.handle(request, info, user) }),
  );
  const client = createClient(createInProcessTransport(local, user), { userAgent: 'test/1' });
  await driving(
    runtime,
    client.resource(namespaces).create({ metadata: { name: 'd' }, spec: {}, status: {} }),
  );
  const stop = async (): Promise<void> => {
    await driving(runtime, lifetime.stop());
    await driving(runtime, resources.stop());
    await driving(runtime, store.close());
  };
  return {
    runtime,
    store,
    lifetime,
    resources,
    client,
    informers: createInformers(client, runtime, lifetime),
    stop,
  };
}

/** Moves the clock until `work` is done: the store batches by it. */
async function driving<Result>({ clock }: VirtualRuntime, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const settled = work.finally(() => {
    isDone = true;
  });
  settled.catch(() => {}); // Awaited below.
  await clock.advanceUntil(() => isDone, 10_000, 1);
  return settled;
}

const configMap = (name: string, value: string): ConfigMap => ({
  metadata: { namespace: 'd', name, labels: { value } },
  data: { value },
});
const pod = (name: string): Pod => ({
  metadata: { namespace: 'd', name },
  spec: { containers: [{ name: 'c', image: 'i' }] },
});

test('the verbs', async () => {
  const { runtime, client, stop } = await start();
  const run = <Result>(work: Promise<Result>): Promise<Result> => driving(runtime, work);
  const of = client.resource(configMaps);
  const made = await run(of.create(configMap('a', '1')));
  assert.ok(made.metadata.uid);
  assert.ok(Object.isFrozen(made.data));
  await assert.rejects(run(of.create(configMap('a', '1'))), isAlreadyExists);
  await assert.rejects(run(of.create(configMap('A_', '1'))), isInvalid);
  const updated = await run(of.update({ ...made, data: { value: '2' } }));
  await assert.rejects(run(of.update({ ...made, data: { value: '3' } })), isConflict);
  const body = { data: { more: 'x' } };
  const patched = await run(of.patch('d', 'a', { type: 'merge', body }));
  assert.deepEqual(patched.data, { value: '2', more: 'x' });
  const operations = [{ op: 'remove', path: '/data/more' }];
  const trimmed = await run(of.patch('d', 'a', { type: 'json', body: operations }));
  assert.deepEqual(trimmed.data, updated.data);
  await run(of.create(configMap('b', '9')));
  const selected = await run(of.list({ namespace: 'd', labelSelector: 'value=9' }));
  assert.deepEqual(
    selected.items.map((item) => item.metadata.name),
    ['b'],
  );
  const page = await run(of.list({ limit: 1 }));
  const rest = await run(of.list({ limit: 1, continue: page.metadata.continue ?? '' }));
  assert.deepEqual(
    [...page.items, ...rest.items].map((item) => item.metadata.name),
    ['a', 'b'],
  );
  await run(of.delete('d', 'a'));
  await assert.rejects(run(of.get('d', 'a')), isNotFound);
  await run(of.deleteCollection({ namespace: 'd' }));
  assert.equal((await run(of.list())).items.length, 0);
  await stop();
});

test('status and binding', async () => {
  const { runtime, client, stop } = await start();
  const run = <Result>(work: Promise<Result>): Promise<Result> => driving(runtime, work);
  const of = client.resource(pods);
  const made = await run(of.create(pod('a')));
  const bound = { metadata: { name: 'a', namespace: 'd' }, target: { kind: 'Node', name: 'n' } };
  const target = { namespace: 'd', name: 'a', subresource: 'binding' };
  await run(of.createSubresource(target, { kind: 'Binding', apiVersion: 'v1', ...bound }));
  const read = await run(of.get('d', 'a'));
  assert.equal(read.spec.nodeName, 'n');
  const running = await run(
    of.updateStatus({ ...read, status: { ...read.status, phase: 'Running' } }),
  );
  assert.equal(running.status?.phase, 'Running');
  assert.notEqual(running.metadata.resourceVersion, made.metadata.resourceVersion);
  await stop();
});

test('an informer shares the values of the server and shows a write before its answer', async () => {
  const { runtime, client, informers, lifetime, stop } = await start();
  const informer = informers.of(configMaps);
  const onN = informers.of(pods, { fieldSelector: 'spec.nodeName=n' });
  await driving(runtime, informers.waitForSync(lifetime.signal));
  const heard: string[] = [];
  informer.onChange({
    added: (object) => heard.push(`+${object.metadata.name}`),
    updated: (_, object) => heard.push(`~${object.metadata.name}`),
    deleted: (object) => heard.push(`-${object.metadata.name}`),
  });
  const of = client.resource(configMaps);
  const made = await driving(runtime, of.create(configMap('a', '1')));
  assert.equal(informer.get('d', 'a'), made);
  const ownWrites = createOwnWrites(runtime);
  ownWrites.wrote('d/a', informer, made);
  assert.equal(ownWrites.hasSeen('d/a'), true);
  await driving(runtime, of.update({ ...made, data: { value: '2' } }));
  await driving(runtime, of.delete('d', 'a'));
  await runtime.clock.advance(1_000);
  assert.deepEqual(heard, ['+a', '~a', '-a']);
  assert.equal(informer.list().length, 0);
  assert.equal(onN.list().length, 0);
  await stop();
});

test('an informer starts over when its watch is ended and its version compacted', async () => {
  const { runtime, client, informers, resources, store, lifetime, stop } = await start();
  const informer = informers.of(configMaps);
  const streamed = informers.of(configMaps, { namespace: 'd', initial: 'stream' });
  await driving(runtime, informers.waitForSync(lifetime.signal));
  const of = client.resource(configMaps);
  for (let round = 0; round < 5; round++) {
    await driving(runtime, of.create(configMap(`a${round}`, '1')));
    resources.endWatches();
    await driving(runtime, of.create(configMap(`b${round}`, '1')));
    await driving(runtime, store.compact(store.revision()));
    await runtime.clock.advance(60_000);
    assert.equal(informer.list().length, 2 * (round + 1));
    assert.deepEqual(streamed.list().map(keyOf).toSorted(), informer.list().map(keyOf).toSorted());
  }
  await stop();
});

test('a controller: informer, queue, own writes, events, election', async () => {
  const { runtime, client, informers, lifetime, stop } = await start();
  const informer = informers.of(configMaps);
  const of = client.resource(configMaps);
  const ownWrites = createOwnWrites(runtime);
  const queue = createWorkQueue(runtime, { name: 'copies' });
  const recorder = createEventRecorder(client, { runtime, lifetime, component: 'copier' });
  informer.onChange({ added: (object) => queue.add(keyOf(object)) });
  let creates = 0;
  /** Makes one copy of each `original`. */
  const reconcile = async (key: string): Promise<void> => {
    const [namespace = '', name = ''] = key.split('/');
    const original = informer.get(namespace, name);
    if (!original || name.startsWith('copy-') || !ownWrites.hasSeen(key)) return;
    if (informer.get(namespace, `copy-${name}`)) return;
    creates++;
    ownWrites.wrote(key, informer, await of.create(configMap(`copy-${name}`, 'copy')));
    recorder.record(
      { kind: 'ConfigMap', apiVersion: 'v1', namespace, name },
      { type: 'Normal', reason: 'Copied', message: `Copied ${name}` },
    );
  };
  const abort = new AbortController();
  const election = runLeaderElection(client, {
    runtime,
    namespace: 'd',
    name: 'copier',
    identity: 'me',
    signal: abort.signal,
    lead: (signal) => {
      const ready = (signal: AbortSignal): Promise<void> => informers.waitForSync(signal);
      runWorkers(queue, reconcile, { count: 3, runtime, lifetime, ready });
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => resolve(), { once: true }),
      );
    },
  });
  const originals = Array.from({ length: 20 }, (_, i) =>
    of.create(configMap(`original-${i}`, 'x')),
  );
  await driving(runtime, Promise.all(originals));
  await runtime.clock.advance(30_000);
  assert.equal(informer.list().length, 40);
  assert.equal(creates, 20);
  await driving(runtime, recorder.flush());
  const recorded = await driving(runtime, client.resource(events).list({ namespace: 'd' }));
  assert.equal(recorded.items.length, 20);
  const lease = await driving(runtime, client.resource(leases).get('d', 'copier'));
  assert.equal(lease.spec.holderIdentity, 'me');
  abort.abort();
  assert.equal(await driving(runtime, election), 'stopped');
  assert.deepEqual(
    runtime.lines.filter((line) => line.level === 'error'),
    [],
  );
  await stop();
});
