/** Rules of pods that few clients ever meet: old annotations, status, what this version has turned off. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { fakeContext, messages } from '../../testing.ts';
import { submitted } from '../testing.ts';
import { withoutDisabled } from './disabled.ts';
import { pods } from './pod.ts';
import { prepareForCreate } from './prepare.ts';
import { validatePodStatusUpdate } from './validate-status.ts';
import { validatePodUpdate } from './validate-update.ts';
import { validatePod } from './validate.ts';

const container = { name: 'c', image: 'registry.test/img:1' };

function pod(spec: object, metadata: object = {}): Pod {
  const given = submitted(pods, {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'p', namespace: 'n', ...metadata },
    spec: { containers: [container], ...spec },
  }) as Pod;
  return prepareForCreate(given, fakeContext());
}

function withContainer(more: object): object {
  return { containers: [{ ...container, ...more }] };
}

function field(fieldPath: string): object {
  return withContainer({ env: [{ name: 'E', valueFrom: { fieldRef: { fieldPath } } }] });
}

const exits = { exitCodes: { operator: 'In', values: [1] } };

const creations: readonly (readonly [what: string, spec: object, expected: readonly RegExp[]])[] = [
  [
    'names that a suffix may follow',
    withContainer({ envFrom: [{ configMapRef: { name: 'm-' } }, { secretRef: { name: 's_' } }] }),
    [/^spec\.containers\[0\]\.envFrom\[1\]\.secretRef\.name: Invalid value: "s_": a lowercase RFC/],
  ],
  ['a field under its old name', field('spec.host'), []],
  [
    'a field that is none',
    field('spec.hostNetwork'),
    [
      /^spec\.containers\[0\]\.env\[0\]\.valueFrom\.fieldRef\.fieldPath: Invalid value: "spec\.hostNetwork": error converting fieldPath/,
    ],
  ],
  [
    'a device where something is mounted',
    {
      ...withContainer({
        volumeMounts: [{ name: 'v', mountPath: '/x' }],
        volumeDevices: [{ name: 'v', devicePath: '/x' }],
      }),
      volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'v' } }],
    },
    [
      /volumeMounts\[0\]\.name: Invalid value: "v": must not already exist in volumeDevices$/,
      /volumeMounts\[0\]\.mountPath: Invalid value: "\/x": must not already exist as a path in volumeDevices$/,
      /volumeDevices\[0\]\.name: Invalid value: "v": must not already exist in volumeMounts$/,
      /volumeDevices\[0\]\.devicePath: Invalid value: "\/x": must not already exist as a path in volumeMounts$/,
    ],
  ],
  [
    'all containers start over when one ends',
    {
      restartPolicy: 'Never',
      ...withContainer({
        restartPolicy: 'Never',
        restartPolicyRules: [{ action: 'RestartAllContainers', ...exits }],
      }),
    },
    [],
  ],
];

test('new pods', () => {
  for (const [what, spec, expected] of creations) {
    const found = messages(validatePod(pod(spec)));
    assert.equal(found.length, expected.length, `${what}: ${found.join('\n')}`);
    expected.forEach((pattern, index) => assert.match(found[index] ?? '', pattern, what));
  }
});

const costKey = 'controller.kubernetes.io/pod-deletion-cost';
const costError = `metadata.annotations[${costKey}]: Invalid value: "x": must be a 32bit integer`;

const costs: readonly (readonly [before: string, after: string, times: number])[] = [
  ['1', '2', 0],
  ['1', 'x', 2],
  ['x', 'x', 0],
];

test('annotations are looked at twice on updates, and old mistakes may stay', () => {
  for (const [before, after, times] of costs) {
    const stored = pod({}, { annotations: { [costKey]: before } });
    const annotated = pod({}, { annotations: { [costKey]: after } });
    const found = messages(validatePodUpdate(annotated, stored));
    assert.deepEqual(
      found,
      Array.from({ length: times }, () => costError),
    );
  }
});

const limited = withContainer({ resources: { limits: { 'example.com/gpu': 1 } } });

function health(name: string, ...resources: readonly object[]): object {
  const allocatedResourcesStatus = [{ name, resources }];
  return { containerStatuses: [{ name: 'c', allocatedResourcesStatus }] };
}

const at = 'status.containerStatuses[0].allocatedResourcesStatus[0]';

type StatusCase = readonly [what: string, status: object, ...expected: readonly string[]];

const statuses: readonly StatusCase[] = [
  ['a device that works', health('example.com/gpu', { resourceID: 'a', health: 'Healthy' })],
  [
    'a device that was not asked for',
    health('example.com/fpga'),
    `${at}.name: Invalid value: "example.com/fpga": must match one of the container's resource requests`,
  ],
  [
    'a claim that was not made',
    health('claim:a'),
    `${at}.name: Invalid value: "claim:a": must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty`,
  ],
  [
    'one device twice, in a health that is none',
    health(
      'example.com/gpu',
      { resourceID: 'a', health: 'Fine' },
      { resourceID: 'a', health: 'Unknown' },
    ),
    `${at}.resources[0].health: Unsupported value: "Fine": supported values: "Healthy", "Unhealthy", "Unknown"`,
    `${at}.resources[1].resourceID: Duplicate value: "a"`,
  ],
  [
    'ephemeral containers have no devices',
    {
      ephemeralContainerStatuses: [
        { name: 'e', allocatedResourcesStatus: [{ name: 'r', resources: [] }] },
      ],
    },
    'status.ephemeralContainerStatuses[0].allocatedResourcesStatus: Forbidden: must not be specified in container status',
  ],
  [
    'a node with one address twice',
    { hostIP: '10.0.0.1', hostIPs: [{ ip: '10.0.0.1' }, { ip: '10.0.0.1' }] },
    'status.hostIPs[1]: Duplicate value: {"IP":"10.0.0.1"}',
    'status.hostIPs: Invalid value: [{"IP":"10.0.0.1"},{"IP":"10.0.0.1"}]: may specify no more than one IP for each IP family',
  ],
];

test('what kubelets may say', () => {
  const stored = pod(limited);
  for (const [what, status, ...expected] of statuses) {
    const found = validatePodStatusUpdate(
      { ...stored, status: { ...stored.status, ...status } },
      stored,
    );
    assert.deepEqual(messages(found), expected, what);
  }
});

test('what is turned off is dropped', () => {
  const { spec } = pod(limited);
  assert.equal(withoutDisabled(spec), spec);
  const [first] = spec.containers;
  assert.ok(first);
  const lifecycle = { stopSignal: 'SIGUSR1' } as const;
  const bundle = { path: 'p' };
  const given = {
    ...spec,
    containers: [{ ...first, lifecycle }],
    schedulingGroup: { podGroupName: 'g' },
    volumes: [{ name: 'v', projected: { sources: [{ clusterTrustBundle: bundle }] } }],
  };
  assert.deepEqual(withoutDisabled(given), {
    ...spec,
    volumes: [{ name: 'v', projected: { sources: [{}] } }],
  });
});
