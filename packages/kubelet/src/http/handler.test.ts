/** What `kubectl logs` is answered, as the container's status says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerState } from '@navarch/api/types/core/v1/container-status';
import { pods } from '@navarch/api/resources';
import { startTestClient } from '@navarch/client/testing';
import { ContainerLogs } from '../simulated/container-logs.ts';
import { createKubeletHandler } from './handler.ts';

const ended = { terminated: { exitCode: 0 } };

const cases: {
  readonly name: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
  readonly query?: string;
  readonly container?: string;
  readonly says: string;
}[] = [
  { name: 'it runs', state: { running: {} }, says: '200 two\n' },
  { name: 'it ended', state: ended, says: '200 two\n' },
  {
    name: 'with times',
    state: { running: {} },
    query: 'timestamps=true',
    says: '200 1970-01-01T00:00:02.000000000Z two\n',
  },
  {
    name: 'the run before',
    state: ended,
    lastState: ended,
    query: 'previous=true',
    says: '200 one\n',
  },
  {
    name: 'there was none before',
    state: { running: {} },
    query: 'previous=true',
    says: '400 previous terminated container "main" in pod "p" not found\n',
  },
  {
    name: 'between two runs',
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: ended,
    says: '200 two\n',
  },
  {
    name: 'it is being made',
    state: { waiting: { reason: 'PodInitializing' } },
    says: '400 container "main" in pod "p" is waiting to start: PodInitializing\n',
  },
  {
    name: 'its image failed',
    state: { waiting: { reason: 'ErrImagePull' } },
    says: '400 container "main" in pod "p" is waiting to start: image can\'t be pulled\n',
  },
  {
    name: 'its image is given a rest',
    state: { waiting: { reason: 'ImagePullBackOff' } },
    says: '400 container "main" in pod "p" is waiting to start: trying and failing to pull image\n',
  },
  {
    name: 'nothing is known of it',
    container: 'other',
    says: '400 container "other" in pod "p" is not available\n',
  },
];

for (const { name, state, lastState, query = '', container = 'main', says } of cases) {
  test(`logs: ${name}`, async () => {
    const { client, informers, lifetime, runtime, sync } = startTestClient();
    const metadata = { name: 'p', namespace: 'default' };
    const status = { name: 'main', ready: false, restartCount: 0, image: '', imageID: '' };
    const created = await client.resource(pods).create({
      metadata,
      spec: { containers: [{ name: 'main', image: 'i' }] },
      status: { containerStatuses: [{ ...status, state, lastState }] },
    });
    const cached = informers.of(pods);
    await sync();
    const logs = new ContainerLogs();
    logs.start(created.metadata.uid ?? '', 'main', ['one'], 1000);
    logs.start(created.metadata.uid ?? '', 'main', ['two'], 2000);
    const answer = createKubeletHandler({
      pods: cached,
      logs,
      clock: runtime.clock,
      endContainer: () => undefined,
    })({
      method: 'GET',
      path: `/containerLogs/default/p/${container}`,
      query: new URLSearchParams(query),
      signal: lifetime.signal,
    });
    assert.ok(typeof answer.body === 'string');
    assert.equal(`${answer.status} ${answer.body}`, says);
    await lifetime.stop();
  });
}
