import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leases } from '@navarch/api/resources';
import { runLeaderElection } from './leader-election.ts';
import { startTestClient, type TestClient } from './testing.ts';

/** A candidate that leads until told to stop, and writes down what happens as `me leads`, `me stops`, `me: lost`. */
function stand(testing: TestClient, identity: string, log: string[]) {
  const abort = new AbortController();
  const done = runLeaderElection(testing.client, {
    runtime: testing.runtime,
    namespace: 'kube-system',
    name: 'kube-scheduler',
    identity,
    signal: abort.signal,
    lead: (signal) => {
      log.push(`${identity} leads`);
      return new Promise((resolve) => {
        const stop = (): void => {
          log.push(`${identity} stops`);
          resolve();
        };
        signal.addEventListener('abort', stop, { once: true });
      });
    },
    onNewLeader: (leader) => log.push(`${identity} sees ${leader}`),
  }).then((outcome) => void log.push(`${identity}: ${outcome}`));
  return { stop: () => abort.abort(new Error('stop')), done };
}

const readLease = (testing: TestClient) =>
  testing.client.resource(leases).get('kube-system', 'kube-scheduler');

test('the first leads and renews; when it stops, the next takes over at once', async () => {
  const testing = startTestClient();
  const { clock } = testing.runtime;
  const log: string[] = [];
  const a = stand(testing, 'a', log);
  await clock.settle();
  const b = stand(testing, 'b', log);
  await clock.advance(60_000);
  assert.deepEqual(log, ['a sees a', 'a leads', 'b sees a']);
  const { spec } = await readLease(testing);
  assert.equal(spec.holderIdentity, 'a');
  assert.equal(spec.leaseDurationSeconds, 15);
  assert.equal(spec.leaseTransitions, 0);
  assert.equal(spec.acquireTime, '2026-01-01T00:00:00.000000Z');
  assert.equal(spec.renewTime, '2026-01-01T00:01:00.000000Z');

  a.stop();
  await a.done;
  assert.equal((await readLease(testing)).spec.holderIdentity, '');
  await clock.advance(2_000 * 2.2);
  assert.deepEqual(log.slice(3), ['a stops', 'a: stopped', 'b sees b', 'b leads']);
  assert.equal((await readLease(testing)).spec.leaseTransitions, 1);
  b.stop();
  await b.done;
  assert.equal(log.at(-1), 'b: stopped');
});

test('who cannot renew stops leading before another may lead', async () => {
  const testing = startTestClient();
  const { clock } = testing.runtime;
  const log: string[] = [];
  const a = stand(testing, 'a', log);
  await clock.advance(5_000);
  const b = stand(testing, 'b', log);
  await clock.settle();
  testing.server.intercept((request) =>
    JSON.stringify(request.body ?? '').includes('"a"')
      ? new Error('lost in the network')
      : undefined,
  );
  await clock.advance(8_900);
  assert.equal(log.includes('a stops'), false, 'the last renewal was at 4 s');
  await clock.advance(100);
  await a.done;
  assert.deepEqual(log.slice(-2), ['a stops', 'a: lost']);
  await clock.advance(20_000);
  assert.deepEqual(log.slice(-2), ['b sees b', 'b leads']);
  b.stop();
  await b.done;
});

test('who finds the lease in other hands stops leading at once', async () => {
  const testing = startTestClient();
  const { clock } = testing.runtime;
  const log: string[] = [];
  const a = stand(testing, 'a', log);
  await clock.advance(3_000);
  const lease = await readLease(testing);
  await testing.client
    .resource(leases)
    .update({ ...lease, spec: { ...lease.spec, holderIdentity: 'thief' } });
  await clock.advance(4_000);
  await a.done;
  assert.deepEqual(log, ['a sees a', 'a leads', 'a sees thief', 'a stops', 'a: lost']);
  assert.equal((await readLease(testing)).spec.holderIdentity, 'thief');
});

test('of two that start together one leads', async () => {
  const testing = startTestClient();
  const log: string[] = [];
  const candidates = ['a', 'b', 'c'].map((identity) => stand(testing, identity, log));
  await testing.runtime.clock.advance(30_000);
  assert.equal(log.filter((line) => line.endsWith('leads')).length, 1);
  for (const candidate of candidates) candidate.stop();
  await Promise.all(candidates.map((candidate) => candidate.done));
});

test('a candidate survives a server that is down', async () => {
  const testing = startTestClient();
  const log: string[] = [];
  testing.server.down();
  const a = stand(testing, 'a', log);
  await testing.runtime.clock.advance(60_000);
  assert.equal(log.length, 0);
  testing.server.up();
  await testing.runtime.clock.advance(5_000);
  assert.deepEqual(log, ['a sees a', 'a leads']);
  a.stop();
  await a.done;
});

test('an error of the leader ends the election with it and gives the lease back', async () => {
  const testing = startTestClient();
  const election = runLeaderElection(testing.client, {
    runtime: testing.runtime,
    namespace: 'kube-system',
    name: 'kube-scheduler',
    identity: 'a',
    signal: new AbortController().signal,
    lead: () => {
      throw new Error('broken');
    },
  });
  await Promise.all([assert.rejects(election, /broken/), testing.runtime.clock.advance(3_000)]);
  assert.equal((await readLease(testing)).spec.holderIdentity, '');
});
