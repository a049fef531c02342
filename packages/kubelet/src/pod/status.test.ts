/** A pod's life, told in steps: at each moment, what `kubectl get` would say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { formatTime } from '@navarch/api/time';
import { missingOf } from './configuration.ts';
import { beginPod, plan, type PodRun } from './plan.ts';
import { podStatusOf, statusPatch } from './status.ts';

const host = { ip: '172.20.0.1' };

interface Moment {
  readonly atMs: number;
  readonly deleteAtMs?: number;
  /** What somebody changed the image of all containers to. */
  readonly image?: string;
  /** A config map or secret that exists. */
  readonly has?: string;
  readonly shows: string;
}

const lives: {
  readonly name: string;
  readonly pod: Partial<Pod['spec']>;
  readonly annotations?: Record<string, string>;
  readonly moments: readonly Moment[];
}[] = [
  {
    name: 'a server starts and runs on',
    pod: { containers: [{ name: 'main', image: 'web:v1' }] },
    moments: [
      { atMs: 0, shows: 'Pending main=ContainerCreating' },
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Running main=running Ready' },
      { atMs: 100_000, shows: 'Running main=running Ready' },
    ],
  },
  {
    name: 'a readiness probe takes its time',
    pod: {
      containers: [{ name: 'main', image: 'web:v1', readinessProbe: { initialDelaySeconds: 3 } }],
    },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Running main=running' },
      { atMs: 3015, shows: 'Running main=running Ready' },
    ],
  },
  {
    name: 'init containers run in order, then the others',
    pod: {
      initContainers: [
        { name: 'one', image: 'busybox', command: ['sleep', '1'] },
        { name: 'two', image: 'busybox', command: ['true'] },
      ],
      containers: [{ name: 'main', image: 'web:v1' }],
    },
    moments: [
      { atMs: 5, shows: 'Pending one=PodInitializing two=PodInitializing main=PodInitializing' },
      { atMs: 15, shows: 'Pending one=running two=PodInitializing main=PodInitializing' },
      { atMs: 1015, shows: 'Pending one=exit:0 two=exit:0 main=ContainerCreating' },
      { atMs: 1025, shows: 'Running one=exit:0 two=exit:0 main=running Ready' },
    ],
  },
  {
    name: 'a task that never restarts succeeds',
    pod: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'busybox', command: ['sleep', '2'] }],
    },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Running main=running Ready' },
      { atMs: 2015, shows: 'Succeeded main=exit:0' },
    ],
  },
  {
    name: 'a task that fails is tried again when the policy says so, with growing pauses',
    pod: {
      restartPolicy: 'OnFailure',
      containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', 'sleep 1; exit 3'] }],
    },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Running main=running Ready' },
      { atMs: 1015, shows: 'Running main=running*1 Ready' },
      { atMs: 2015, shows: 'Running main=CrashLoopBackOff*1' },
      { atMs: 12_015, shows: 'Running main=running*2 Ready' },
    ],
  },
  {
    name: 'an image that cannot be pulled',
    pod: { containers: [{ name: 'main', image: 'gone:v1' }] },
    annotations: { 'simulated.navarch.dev/pull-error': 'true' },
    moments: [
      { atMs: 5, shows: 'Pending main=ErrImagePull' },
      { atMs: 1005, shows: 'Pending main=ImagePullBackOff' },
      { atMs: 10_005, shows: 'Pending main=ErrImagePull' },
      { atMs: 11_005, shows: 'Pending main=ImagePullBackOff' },
      { atMs: 30_000, shows: 'Pending main=ImagePullBackOff' },
      { atMs: 30_005, shows: 'Pending main=ErrImagePull' },
    ],
  },
  {
    name: 'a volume of something that is not there yet',
    pod: {
      containers: [{ name: 'main', image: 'web:v1' }],
      volumes: [{ name: 'v', secret: { secretName: 'keys' } }],
    },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 505, shows: 'Pending main=ContainerCreating' },
      { atMs: 1505, has: 'secret/keys', shows: 'Pending main=ContainerCreating' },
      { atMs: 1515, has: 'secret/keys', shows: 'Running main=running Ready' },
    ],
  },
  {
    name: 'an environment of something that is not there yet',
    pod: {
      containers: [
        { name: 'main', image: 'web:v1', envFrom: [{ configMapRef: { name: 'settings' } }] },
      ],
    },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Pending main=CreateContainerConfigError' },
      { atMs: 10_014, has: 'configmap/settings', shows: 'Pending main=CreateContainerConfigError' },
      { atMs: 10_015, has: 'configmap/settings', shows: 'Running main=running Ready' },
    ],
  },
  {
    name: 'a deadline ends the pod',
    pod: { activeDeadlineSeconds: 2, containers: [{ name: 'main', image: 'web:v1' }] },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Running main=running Ready' },
      { atMs: 2000, shows: 'Failed main=exit:0 DeadlineExceeded' },
    ],
  },
  {
    name: 'a deleted pod stops within its grace',
    pod: { containers: [{ name: 'main', image: 'web:v1' }] },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Running main=running Ready' },
      { atMs: 1000, deleteAtMs: 31_000, shows: 'Running main=running' },
      { atMs: 1020, deleteAtMs: 31_000, shows: 'Succeeded main=exit:0 gone' },
    ],
  },
  {
    name: 'a deleted task is interrupted',
    pod: { containers: [{ name: 'main', image: 'busybox', command: ['sleep', '99'] }] },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Running main=running Ready' },
      { atMs: 1000, deleteAtMs: 31_000, shows: 'Running main=running' },
      { atMs: 1020, deleteAtMs: 31_000, shows: 'Failed main=exit:143 gone' },
    ],
  },
  {
    name: 'another image begins anew',
    pod: { containers: [{ name: 'main', image: 'web:v1' }] },
    moments: [
      { atMs: 5, shows: 'Pending main=ContainerCreating' },
      { atMs: 15, shows: 'Running main=running Ready' },
      { atMs: 1000, image: 'web:v2', shows: 'Running main=ContainerCreating' },
      { atMs: 1010, image: 'web:v2', shows: 'Running main=running*1 Ready' },
    ],
  },
];

for (const { name, pod: spec, annotations, moments } of lives) {
  test(name, () => {
    let pod: Pod = {
      metadata: { name: 'p', namespace: 'n', uid: 'u', generation: 1, annotations },
      spec: { containers: [], ...spec },
    };
    let run: PodRun = beginPod(pod, '10.0.0.1', 0);
    const images = new Set<string>();
    for (const moment of moments) {
      if (moment.deleteAtMs !== undefined) {
        const deletion = {
          deletionTimestamp: formatTime(moment.deleteAtMs),
          deletionGracePeriodSeconds: 30,
        };
        pod = { ...pod, metadata: { ...pod.metadata, ...deletion } };
      }
      const { image: changed } = moment;
      if (changed !== undefined) {
        const containers = pod.spec.containers.map((it) => ({ ...it, image: changed }));
        pod = { ...pod, spec: { ...pod.spec, containers } };
      }
      const missing = missingOf(pod, (kind, wanted) =>
        moment.has === `${kind}/${wanted}` ? new Set() : undefined,
      );
      const hasImage = (image: string): boolean => images.has(image);
      const planned = plan(pod, run, moment.atMs, { hasImage, missing });
      run = planned.run;
      for (const { kind, image } of planned.happened) if (kind === 'pulled') images.add(image);
      const status = podStatusOf(pod, run, host, moment.atMs);
      assert.equal(show(status, run), moment.shows, `after ${moment.atMs} ms`);
      pod = { ...pod, status: { ...pod.status, ...status } };
      assert.equal(
        statusPatch(pod, podStatusOf(pod, run, host, moment.atMs + 1)),
        undefined,
        'nothing to say twice',
      );
    }
  });
}

function show(status: NonNullable<Pod['status']>, run: PodRun): string {
  const containers = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ].map(({ name, state, restartCount }) => {
    const word = state?.running
      ? 'running'
      : state?.terminated
        ? `exit:${state.terminated.exitCode}`
        : (state?.waiting?.reason ?? '?');
    return `${name}=${word}${restartCount > 0 ? `*${restartCount}` : ''}`;
  });
  const ready = status.conditions?.some(
    ({ type, status: holds }) => type === 'Ready' && holds === 'True',
  );
  return [
    status.phase,
    ...containers,
    ready && 'Ready',
    status.reason,
    run.state.kind === 'gone' && 'gone',
  ]
    .filter(Boolean)
    .join(' ');
}

const unready = { reason: 'ContainersNotReady', message: 'containers with unready status: [main]' };

const patches: {
  readonly name: string;
  readonly before: NonNullable<Pod['status']>;
  readonly wanted: NonNullable<Pod['status']>;
  readonly changes: unknown;
}[] = [
  {
    name: 'what explained a condition goes when it becomes true',
    before: { conditions: [{ type: 'Ready', status: 'False', ...unready }] },
    wanted: { conditions: [{ type: 'Ready', status: 'True' }] },
    changes: {
      '$setElementOrder/conditions': [{ type: 'Ready' }],
      conditions: [{ type: 'Ready', status: 'True', reason: null, message: null }],
    },
  },
  {
    name: 'only what differs is sent, and conditions of others stay out of it',
    before: {
      phase: 'Running',
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        { type: 'example.com/Fed', status: 'True', reason: 'Dinner' },
        { type: 'Ready', status: 'True' },
      ],
    },
    wanted: {
      phase: 'Running',
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Ready', status: 'False', ...unready },
      ],
    },
    changes: {
      '$setElementOrder/conditions': [
        { type: 'example.com/Fed' },
        { type: 'PodScheduled' },
        { type: 'Ready' },
      ],
      conditions: [{ type: 'Ready', status: 'False', ...unready }],
    },
  },
  {
    name: 'why a pod failed goes when it did not',
    before: { phase: 'Pending', reason: 'Odd', message: 'as somebody said' },
    wanted: { phase: 'Running' },
    changes: { phase: 'Running', reason: null, message: null },
  },
];

for (const { name, before, wanted, changes } of patches) {
  test(name, () => {
    const pod: Pod = { metadata: { uid: 'u' }, spec: { containers: [] }, status: before };
    assert.deepEqual(statusPatch(pod, wanted), { metadata: { uid: 'u' }, status: changes });
  });
}
