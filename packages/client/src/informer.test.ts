import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pods } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { ChangeHandler, Informer } from './informer.ts';
import { startTestClient } from './testing.ts';

const podOn = (namespace: string, name: string, nodeName: string): Pod => ({
  metadata: { namespace, name },
  spec: { containers: [], nodeName },
});
const nodeOf = (pod: Pod): readonly string[] => (pod.spec.nodeName ? [pod.spec.nodeName] : []);
const names = (of: readonly Pod[]): string => of.map((pod) => pod.metadata.name).join(' ');

/** Writes down what a handler hears: `+a`, `~a`, `-a`. */
function listen(informer: Informer<Pod>, heard: string[]): ChangeHandler<Pod> {
  const handler: ChangeHandler<Pod> = {
    added: (pod) => void heard.push(`+${pod.metadata.name}`),
    updated: (_, pod) => void heard.push(`~${pod.metadata.name}`),
    deleted: (pod) => void heard.push(`-${pod.metadata.name}`),
  };
  informer.onChange(handler);
  return handler;
}

async function start() {
  const testing = startTestClient();
  const of = testing.client.resource(pods);
  await of.create(podOn('d', 'a', 'n1'));
  await of.create(podOn('e', 'b', 'n2'));
  const informer = testing.informers.of(pods, { indexes: { node: nodeOf } });
  const heard: string[] = [];
  listen(informer, heard);
  return { ...testing, of, informer, heard };
}

test('reads by name, namespace and index, and follows changes', async () => {
  const { informer, of, sync, lifetime } = await start();
  assert.equal(informer.hasSynced(), false);
  assert.equal(informer.resourceVersion(), '');
  await sync();
  assert.equal(informer.hasSynced(), true);
  assert.equal(names(informer.list()), 'a b');
  assert.equal(names(informer.listNamespace('e')), 'b');
  assert.equal(names(informer.byIndex('node', 'n1')), 'a');

  const moved = await of.update(podOn('d', 'a', 'n2'));
  assert.equal(informer.get('d', 'a'), moved, 'the very value the server has: no copy');
  assert.equal(informer.resourceVersion(), moved.metadata.resourceVersion);
  assert.equal(names(informer.byIndex('node', 'n1')), '');
  assert.equal(names(informer.byIndex('node', 'n2')), 'b a');

  await of.delete('e', 'b');
  assert.equal(names(informer.list()), 'a');
  assert.equal(names(informer.byIndex('node', 'n2')), 'a');
  assert.equal(names(informer.listNamespace('e')), '');
  await lifetime.stop();
});

test('an index added later knows what is there; an unknown one is refused', async () => {
  const { informer, sync, lifetime } = await start();
  await sync();
  informer.addIndex('letter', (pod) => [(pod.metadata.name ?? '').charAt(0)]);
  assert.equal(names(informer.byIndex('letter', 'b')), 'b');
  assert.throws(() => informer.byIndex('colour', 'red'), /there is no index colour/);
  await lifetime.stop();
});

test('lists are the same array until something changes', async () => {
  const { informer, of, sync, lifetime } = await start();
  await sync();
  const before = informer.list();
  assert.equal(informer.list(), before);
  await of.create(podOn('d', 'c', 'n1'));
  assert.notEqual(informer.list(), before);
  assert.equal(names(before), 'a b');
  await lifetime.stop();
});

test('handlers hear changes in order; a late one hears what is there first', async () => {
  const { informer, of, heard, sync, lifetime } = await start();
  await sync();
  const late: string[] = [];
  const stop = informer.onChange({ added: (pod) => void late.push(`+${pod.metadata.name}`) });
  await of.create(podOn('d', 'c', 'n1'));
  await of.update(podOn('d', 'c', 'n3'));
  await of.delete('d', 'a');
  stop();
  await of.create(podOn('d', 'd', 'n1'));
  assert.equal(heard.join(' '), '+a +b +c ~c -a +d');
  assert.equal(late.join(' '), '+a +b +c');
  await lifetime.stop();
});

test('a handler that throws is logged and stops nobody', async () => {
  const { informer, of, runtime, sync, lifetime } = await start();
  await sync();
  informer.onChange({
    added: (pod) => {
      if (pod.metadata.name === 'c') throw new Error('no');
    },
  });
  const heard: string[] = [];
  listen(informer, heard);
  await of.create(podOn('d', 'c', 'n1'));
  assert.equal(heard.join(' '), '+a +b +c');
  assert.equal(runtime.lines.at(-1)?.message, 'a change handler failed');
  await lifetime.stop();
});

test('after a gap, what differs is told: gone, changed, new, and made anew under an old name', async () => {
  const { informer, of, server, runtime, heard, sync, lifetime } = await start();
  await of.create(podOn('d', 'same', 'n1'));
  await of.create(podOn('d', 'again', 'n1'));
  await sync();
  heard.length = 0;
  server.cutWatches();
  await of.delete('d', 'a');
  await of.update(podOn('e', 'b', 'n9'));
  await of.create(podOn('e', 'new', 'n1'));
  await of.delete('d', 'again');
  await of.create(podOn('d', 'again', 'n2'));
  server.storage.compact();
  await runtime.clock.advance(2_000);
  assert.equal(heard.join(' '), '-a -again +again ~b +new');
  assert.equal(names(informer.byIndex('node', 'n9')), 'b');
  await lifetime.stop();
});

test('one informer per resource and selection, one reflector each', async () => {
  const { informers, informer, server, sync, lifetime } = await start();
  const onNode = informers.of(pods, { fieldSelector: 'spec.nodeName=n2' });
  assert.equal(informers.of(pods), informer);
  assert.notEqual(onNode, informer);
  assert.equal(informers.of(pods, { fieldSelector: 'spec.nodeName=n2' }), onNode);
  await sync();
  assert.equal(names(onNode.list()), 'b');
  assert.equal(server.openWatches, 2);
  assert.equal(informers.hasSynced(), true);
  assert.deepEqual(informers.describe(), ['pods: watching from 3', 'pods: watching from 3']);
  await lifetime.stop();
  assert.equal(server.openWatches, 0);
});

test('a pod that leaves a selection is deleted from its informer', async () => {
  const { informers, of, sync, lifetime } = await start();
  const onNode = informers.of(pods, { fieldSelector: 'spec.nodeName=n2' });
  const heard: string[] = [];
  listen(onNode, heard);
  await sync();
  await of.update(podOn('e', 'b', 'n1'));
  assert.equal(heard.join(' '), '+b -b');
  await lifetime.stop();
});

test('waiting for the first state ends with the signal', async () => {
  const { informers, server, lifetime } = await start();
  server.down();
  const waiting = informers.waitForSync(lifetime.signal);
  await Promise.all([assert.rejects(waiting, /stopped/), lifetime.stop()]);
});
