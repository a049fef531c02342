/** A pod after the process that ran it was killed: what its status said is what it goes on with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod, PodSpec } from '@navarch/api/types/core/v1/pod';
import { beginPod, nothingMissing, plan } from './plan.ts';
import { resumePod } from './resume.ts';
import { podStatusOf, statusPatch } from './status.ts';

const surroundings = { hasImage: () => true, missing: nothingMissing };
const crashing = { name: 'main', image: 'busybox', command: ['sh', '-c', 'sleep 1; exit 3'] };

const cases: { name: string; spec: PodSpec; atMs: number; restarts: number }[] = [
  {
    name: 'a server',
    spec: { containers: [{ name: 'main', image: 'web:v1' }] },
    atMs: 5000,
    restarts: 0,
  },
  { name: 'a second run', spec: { containers: [crashing] }, atMs: 2000, restarts: 1 },
  {
    name: 'a task that ended',
    spec: { restartPolicy: 'Never', containers: [crashing] },
    atMs: 5000,
    restarts: 0,
  },
];

for (const { name, spec, atMs, restarts } of cases) {
  test(`${name} goes on as if nothing had been`, () => {
    let pod: Pod = { metadata: { name: 'p', namespace: 'n', uid: 'u' }, spec };
    let run = beginPod(pod, '10.0.0.1', 0);
    for (let nowMs = 0; nowMs <= atMs; nowMs += 1000) {
      run = plan(pod, run, nowMs, surroundings).run;
      pod = { ...pod, status: { ...podStatusOf(pod, run, { ip: '1.2.3.4' }, nowMs) } };
    }
    const resumed = resumePod(pod, '10.0.0.1');
    assert.ok(resumed);
    assert.equal(resumed.main[0]?.restarts, restarts);
    const planned = plan(pod, resumed, atMs, surroundings);
    assert.deepEqual(planned.happened, []);
    const status = podStatusOf(pod, planned.run, { ip: '1.2.3.4' }, atMs);
    assert.equal(statusPatch(pod, status), undefined);
  });
}

test('one that waited for its next run begins it, and counts on', () => {
  const lastExit = { exitCode: 3, startedAt: '2030-01-01T00:00:00Z' };
  const status = {
    name: 'main',
    ready: false,
    restartCount: 4,
    image: 'busybox',
    imageID: '',
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: { terminated: lastExit },
  };
  const pod: Pod = {
    metadata: { name: 'p', namespace: 'n', uid: 'u' },
    spec: { containers: [crashing] },
    status: {
      phase: 'Running',
      podIP: '10.0.0.1',
      startTime: '2030-01-01T00:00:00Z',
      containerStatuses: [status],
    },
  };
  const resumed = resumePod(pod, '10.0.0.1');
  assert.ok(resumed);
  const { run } = plan(pod, resumed, 1e12, surroundings);
  assert.deepEqual([run.main[0]?.state.kind, run.main[0]?.restarts], ['running', 5]);
});
