/** Pods as they are printed: above all the word for how they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { podRow } from './table.ts';

interface Shown {
  readonly what: string;
  readonly spec?: object;
  readonly status: object;
  readonly deleted?: boolean;
  /** Ready, Status, Restarts. */
  readonly cells: readonly string[];
}

const running = { name: 'c', ready: true, restartCount: 0, image: '', imageID: '' };
const up = { ...running, state: { running: {} } };
const container = { name: 'c', image: 'i' };
const nowMs = Date.parse('2026-01-01T01:00:00Z');

function ended(exitCode: number, more: object = {}): object {
  return { ...running, ready: false, state: { terminated: { exitCode, ...more } } };
}

function waiting(reason: string): object {
  return { ...running, ready: false, state: { waiting: { reason } } };
}

const shown: readonly Shown[] = [
  { what: 'new', status: { phase: 'Pending' }, cells: ['0/1', 'Pending', '0'] },
  {
    what: 'gated',
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
    },
    cells: ['0/1', 'SchedulingGated', '0'],
  },
  {
    what: 'running',
    status: { phase: 'Running', containerStatuses: [up] },
    cells: ['1/1', 'Running', '0'],
  },
  {
    what: 'crashing',
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          ...waiting('CrashLoopBackOff'),
          restartCount: 3,
          lastState: { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:58:00Z' } },
        },
      ],
    },
    cells: ['0/1', 'CrashLoopBackOff', '3 (2m ago)'],
  },
  {
    what: 'failed without words',
    status: { phase: 'Failed', containerStatuses: [ended(7)] },
    cells: ['0/1', 'ExitCode:7', '0'],
  },
  {
    what: 'killed',
    status: { phase: 'Failed', containerStatuses: [ended(0, { signal: 9 })] },
    cells: ['0/1', 'Signal:9', '0'],
  },
  {
    what: 'one of two is done',
    spec: { containers: [container, { name: 'd', image: 'i' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [ended(0, { reason: 'Completed' }), { ...up, name: 'd' }],
    },
    cells: ['1/2', 'Running', '0'],
  },
  {
    what: 'being prepared',
    spec: { initContainers: [container, container] },
    status: { phase: 'Pending', initContainerStatuses: [ended(0), up] },
    cells: ['0/1', 'Init:1/2', '0'],
  },
  {
    what: 'preparation fails',
    spec: { initContainers: [container] },
    status: { phase: 'Pending', initContainerStatuses: [ended(2)] },
    cells: ['0/1', 'Init:ExitCode:2', '0'],
  },
  {
    what: 'with a sidecar',
    spec: { initContainers: [{ name: 's', image: 'i', restartPolicy: 'Always' }] },
    status: {
      phase: 'Running',
      initContainerStatuses: [{ ...up, name: 's', started: true }],
      containerStatuses: [up],
    },
    cells: ['2/2', 'Running', '0'],
  },
  {
    what: 'going away',
    deleted: true,
    status: { phase: 'Running', containerStatuses: [up] },
    cells: ['1/1', 'Terminating', '0'],
  },
  {
    what: 'gone with its node',
    deleted: true,
    status: { phase: 'Running', reason: 'NodeLost' },
    cells: ['0/1', 'Unknown', '0'],
  },
];

test('pods in the words of kubectl', () => {
  for (const { what, spec, status, deleted, cells } of shown) {
    const pod: Pod = {
      metadata: { name: 'p', ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
      spec: { containers: [container], ...spec },
      status,
    };
    assert.deepEqual(podRow(pod, nowMs).slice(1, 4), cells, what);
  }
});
