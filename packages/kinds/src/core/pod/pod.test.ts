/** Defaults and rules of pods. The cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod, PodSpec } from '@navarch/api/types/core/v1/pod';
import { fakeContext, messages } from '../../testing.ts';
import { submitted } from '../testing.ts';
import { pods } from './pod.ts';
import { computeQosClass } from './qos.ts';
import { prepareForCreate } from './prepare.ts';
import { validatePod } from './validate.ts';
import { validatePodUpdate } from './validate-update.ts';
import { podWarnings } from './warnings.ts';

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

function containerWith(more: object): Pod {
  return pod({ containers: [{ ...container, ...more }] });
}

test('a pod is completed', () => {
  const { containers, ...spec } = pod({}).spec;
  assert.deepEqual(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    enableServiceLinks: true,
  });
  assert.deepEqual(containers, [
    {
      name: 'c',
      image: 'registry.test/img:1',
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      imagePullPolicy: 'IfNotPresent',
    },
  ]);
});

const pullPolicies: readonly (readonly [image: string, policy: string])[] = [
  ['a', 'Always'],
  ['a:latest', 'Always'],
  ['a:1', 'IfNotPresent'],
  ['host:5000/a', 'Always'],
  ['host:5000/a:1', 'IfNotPresent'],
  [`a@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
];

test('images that may change are always pulled', () => {
  for (const [image, policy] of pullPolicies) {
    const [made] = containerWith({ image }).spec.containers;
    assert.equal(made?.imagePullPolicy, policy, image);
  }
});

test('what is limited is also requested, in thousandths', () => {
  const [made] = containerWith({
    resources: { limits: { memory: '1Gi', cpu: '100u' }, requests: { memory: '1Mi' } },
  }).spec.containers;
  assert.deepEqual(made?.resources, {
    limits: { cpu: '1m', memory: '1Gi' },
    requests: { cpu: '1m', memory: '1Mi' },
  });
});

test('on the network of the node, ports are the ports of the node', () => {
  const made = pod({
    hostNetwork: true,
    containers: [{ ...container, ports: [{ containerPort: 80 }] }],
  });
  const [port] = made.spec.containers[0]?.ports ?? [];
  assert.deepEqual(port, { hostPort: 80, containerPort: 80, protocol: 'TCP' });
});

const qosCases: readonly (readonly [resources: object, qos: string])[] = [
  [{}, 'BestEffort'],
  [{ requests: { cpu: '1' } }, 'Burstable'],
  [{ limits: { cpu: '1' } }, 'Burstable'],
  [{ limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
  [{ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } }, 'Burstable'],
  [{ limits: { cpu: '0' } }, 'BestEffort'],
];

test('the class of a pod follows from its resources', () => {
  for (const [resources, qos] of qosCases) {
    assert.equal(computeQosClass(containerWith({ resources })), qos, JSON.stringify(resources));
  }
});

type Mistake = readonly [spec: object, ...messages: readonly string[]];

const mistakes: readonly Mistake[] = [
  [{}],
  [{ containers: [] }, 'spec.containers: Required value'],
  [{ containers: [{ name: 'c' }] }, 'spec.containers[0].image: Required value'],
  [
    { restartPolicy: 'Sometimes' },
    'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
  ],
  [{ containers: [container, container] }, 'spec.containers[1].name: Duplicate value: "c"'],
  [
    { containers: [{ ...container, ports: [{ containerPort: 0 }] }] },
    'spec.containers[0].ports[0].containerPort: Required value',
  ],
  [
    { containers: [{ ...container, resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }] },
    'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
  ],
  [
    { containers: [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/v' }] }] },
    'spec.containers[0].volumeMounts[0].name: Not found: "v"',
  ],
  [
    {
      volumes: [
        { name: 'v', emptyDir: {} },
        { name: 'v', emptyDir: {} },
      ],
    },
    'spec.volumes[1].name: Duplicate value: "v"',
  ],
  [
    { tolerations: [{ operator: 'Equal' }] },
    'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
  ],
  [
    { dnsPolicy: 'None' },
    'spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None',
  ],
];

test('mistakes are told in the words of a real server', () => {
  for (const [spec, ...expected] of mistakes) {
    assert.deepEqual(messages(validatePod(pod(spec))), expected, JSON.stringify(spec));
  }
});

function updated(before: object, change: (spec: PodSpec) => PodSpec): readonly string[] {
  const stored = pod(before);
  return messages(validatePodUpdate({ ...stored, spec: change(stored.spec) }, stored));
}

test('an update may change images and add tolerations, and little else', () => {
  const image = (spec: PodSpec): PodSpec => ({
    ...spec,
    containers: spec.containers.map((one) => ({ ...one, image: 'registry.test/img:2' })),
  });
  assert.deepEqual(updated({}, image), []);
  const toleration = { key: 'k', operator: 'Exists', effect: 'NoSchedule' } as const;
  assert.deepEqual(
    updated({}, (spec) => ({ ...spec, tolerations: [toleration] })),
    [],
  );
  const [first = ''] = updated({}, (spec) => ({ ...spec, restartPolicy: 'Never' }));
  assert.match(
    first,
    /^spec: Forbidden: pod updates may not change fields other than `spec.containers\[\*\].image`/,
  );
  assert.ok(
    first.endsWith(`
   }
  ],
  "EphemeralContainers": null,
- "RestartPolicy": "Always",
+ "RestartPolicy": "Never",
  "TerminationGracePeriodSeconds": 30,
  "ActiveDeadlineSeconds": null,
  "DNSPolicy": "ClusterFirst",
`),
  );
});

const warningCases: readonly (readonly [spec: object, ...warnings: readonly string[]])[] = [
  [{}],
  [
    { containers: [{ ...container, env: [{ name: 'A' }, { name: 'A' }] }] },
    'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
  ],
  [
    { nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
    'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
  ],
  [
    { hostAliases: [{ ip: '010.0.0.1', hostnames: ['h'] }] },
    'spec.hostAliases[0].ip: non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release: use "10.0.0.1"',
  ],
];

test('remarks', () => {
  for (const [spec, ...warnings] of warningCases) {
    assert.deepEqual(podWarnings(pod(spec), undefined), warnings, JSON.stringify(spec));
  }
});

interface Grace {
  readonly spec: object;
  readonly phase?: string;
  readonly requested?: number;
  readonly seconds: number;
}

const graces: readonly Grace[] = [
  { spec: {}, seconds: 0 },
  { spec: { nodeName: 'n' }, seconds: 30 },
  { spec: { nodeName: 'n' }, requested: 5, seconds: 5 },
  { spec: { nodeName: 'n' }, requested: 0, seconds: 0 },
  { spec: { nodeName: 'n' }, requested: -7, seconds: 1 },
  { spec: { nodeName: 'n' }, phase: 'Failed', seconds: 0 },
];

test('only what runs is waited for', () => {
  for (const { spec, phase, requested, seconds } of graces) {
    const made = { ...pod(spec), status: { phase } };
    assert.equal(pods.gracefulDeletion?.graceSeconds(made, requested), seconds);
  }
});
