/** Defaults and rules of the workload kinds: the cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Deployment, DeploymentSpec } from '@navarch/api/types/apps/v1/deployment';
import type { DaemonSet, DaemonSetSpec } from '@navarch/api/types/apps/v1/daemon-set';
import type { StatefulSet, StatefulSetSpec } from '@navarch/api/types/apps/v1/stateful-set';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { Draft } from '@navarch/api/types/scalars';
import { messages } from '../testing.ts';
import { setDaemonSetDefaults } from './daemon-set/daemon-set.ts';
import { nextTemplateGeneration, templateGeneration } from './daemon-set/template-generation.ts';
import { validateDaemonSet } from './daemon-set/validate.ts';
import { setDeploymentDefaults } from './deployment/defaults.ts';
import {
  deploymentWarnings,
  validateDeployment,
  validateDeploymentStatusUpdate,
  validateDeploymentUpdate,
} from './deployment/validate.ts';
import { validateReplicaSetStatusUpdate } from './replica-set/validate.ts';
import { setStatefulSetDefaults } from './stateful-set/defaults.ts';
import {
  statefulSetWarnings,
  validateStatefulSet,
  validateStatefulSetUpdate,
} from './stateful-set/validate.ts';

const template = {
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'c', image: 'registry.test/img:1' }] },
} as const;

function deployment(spec: Partial<DeploymentSpec>): Deployment {
  const draft: Draft<Deployment> = structuredClone({
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name: 'x', namespace: 'n' },
    spec: { selector: { matchLabels: { app: 'a' } }, template, ...spec },
  }) as Draft<Deployment>;
  setDeploymentDefaults(draft);
  return draft;
}

test('a deployment is completed', () => {
  const { spec } = deployment({});
  assert.equal(spec.replicas, 1);
  assert.equal(spec.revisionHistoryLimit, 10);
  assert.equal(spec.progressDeadlineSeconds, 600);
  assert.equal(spec.template.spec.restartPolicy, 'Always');
});

const strategies: readonly (readonly [given: DeploymentSpec['strategy'], complete: object])[] = [
  [{}, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } }],
  [{ type: 'Recreate' }, { type: 'Recreate' }],
  [
    { rollingUpdate: { maxSurge: 3 } },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 3 } },
  ],
];

test('a strategy is completed member by member', () => {
  for (const [strategy, complete] of strategies) {
    const made = deployment(strategy ? { strategy } : {}).spec.strategy;
    assert.deepEqual(made, complete);
  }
});

const mismatch = '`selector` does not match template `labels`';
const refused: readonly {
  readonly name: string;
  readonly spec: Partial<DeploymentSpec>;
  readonly says: readonly string[];
}[] = [
  { name: 'plain', spec: {}, says: [] },
  {
    name: 'empty selector',
    spec: { selector: {} },
    says: ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
  },
  {
    name: 'selector of other pods',
    spec: { selector: { matchLabels: { app: 'b' } } },
    says: [`spec.template.metadata.labels: Invalid value: {"app":"a"}: ${mismatch}`],
  },
  {
    name: 'unknown operator',
    spec: { selector: { matchExpressions: [{ key: 'app', operator: 'Maybe' }] } },
    says: [
      'spec.selector.matchExpressions[0].operator: Invalid value: "Maybe": not a valid selector operator',
      'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Maybe"}]}: invalid label selector',
    ],
  },
  {
    name: 'negative replicas',
    spec: { replicas: -1 },
    says: ['spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
  },
  {
    name: 'recreate with numbers',
    spec: { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
    says: [
      "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
    ],
  },
  {
    name: 'nothing may move',
    spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
    says: [
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0',
    ],
  },
  {
    name: 'more than all',
    spec: { strategy: { rollingUpdate: { maxUnavailable: '101%' } } },
    says: [
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%',
    ],
  },
  {
    name: 'a deadline before pods count',
    spec: { minReadySeconds: 10, progressDeadlineSeconds: 5 },
    says: ['spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds'],
  },
  {
    name: 'pods that end',
    spec: { template: { ...template, spec: { ...template.spec, activeDeadlineSeconds: 5 } } },
    says: [
      'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported',
    ],
  },
];

test('deployments are checked', () => {
  for (const { name, spec, says } of refused) {
    assert.deepEqual(messages(validateDeployment(deployment(spec))), says, name);
  }
});

test('a strategy that nobody knows is shown with its Go names', () => {
  const odd: object = { type: 'BlueGreen', rollingUpdate: { maxUnavailable: 1 } };
  const spec: Partial<DeploymentSpec> = { strategy: odd };
  assert.deepEqual(messages(validateDeployment(deployment(spec))), [
    'spec.strategy: Unsupported value: {"Type":"BlueGreen","RollingUpdate":{"MaxUnavailable":1,"MaxSurge":0}}: supported values: "Recreate", "RollingUpdate"',
  ]);
});

test('the selector of a deployment is fixed', () => {
  const more = { app: 'a', more: 'y' };
  const changed = deployment({
    selector: { matchLabels: more },
    template: { ...template, metadata: { labels: more } },
  });
  assert.deepEqual(messages(validateDeploymentUpdate(changed, deployment({}))), [
    'spec.selector: Invalid value: {"matchLabels":{"app":"a","more":"y"}}: field is immutable',
  ]);
});

test('parts of a status are no more than the whole', () => {
  const object: Deployment = {
    ...deployment({}),
    status: { replicas: 1, updatedReplicas: 2, readyReplicas: 1, availableReplicas: 2 },
  };
  assert.deepEqual(messages(validateDeploymentStatusUpdate(object, deployment({}))), [
    'status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas',
    'status.availableReplicas: Invalid value: 2: cannot be greater than status.replicas',
    'status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas',
  ]);
  const set: ReplicaSet = {
    metadata: {},
    spec: { selector: {} },
    status: { replicas: 1, fullyLabeledReplicas: 2, readyReplicas: 2, availableReplicas: 3 },
  };
  assert.equal(validateReplicaSetStatusUpdate(set).length, 4);
  const leaving = { ...set, status: { replicas: 1, terminatingReplicas: -1 } };
  assert.deepEqual(messages(validateReplicaSetStatusUpdate(leaving)), [
    'status.terminatingReplicas: Invalid value: -1: must be greater than or equal to 0',
  ]);
});

test('names with dots make odd host names', () => {
  const object = deployment({});
  const dotted = { ...object, metadata: { ...object.metadata, name: 'a.b' } };
  assert.deepEqual(deploymentWarnings(dotted, undefined), [
    'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]',
  ]);
  assert.deepEqual(deploymentWarnings(dotted, dotted), []);
});

function daemonSet(spec: Partial<DaemonSetSpec>): DaemonSet {
  const draft = structuredClone({
    metadata: { name: 'x' },
    spec: { selector: { matchLabels: { app: 'a' } }, template, ...spec },
  }) as Draft<DaemonSet>;
  setDaemonSetDefaults(draft);
  return draft;
}

test('a daemon set replaces pods or doubles them, not both', () => {
  const says = (spec: Partial<DaemonSetSpec>) => messages(validateDaemonSet(daemonSet(spec)));
  assert.deepEqual(says({}), []);
  assert.deepEqual(says({ updateStrategy: { rollingUpdate: { maxSurge: 1 } } }), [
    'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
  ]);
  assert.deepEqual(says({ updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }), [
    'spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0',
  ]);
});

test('a new template of a daemon set is counted, whatever the client says', () => {
  const stored: DaemonSet = {
    ...daemonSet({}),
    metadata: { annotations: { 'deprecated.daemonset.template.generation': '4' } },
  };
  assert.equal(templateGeneration(nextTemplateGeneration(daemonSet({}), stored)), 4);
  const changed = daemonSet({ template: { ...template, metadata: { labels: { app: 'b' } } } });
  assert.equal(templateGeneration(nextTemplateGeneration(changed, stored)), 5);
});

function statefulSet(spec: Partial<StatefulSetSpec>): StatefulSet {
  const draft = structuredClone({
    metadata: { name: 'x' },
    spec: { selector: { matchLabels: { app: 'a' } }, template, serviceName: 's', ...spec },
  }) as Draft<StatefulSet>;
  setStatefulSetDefaults(draft);
  return draft;
}

test('a partition is the default only where nothing is said of updates', () => {
  assert.deepEqual(statefulSet({}).spec.updateStrategy, {
    type: 'RollingUpdate',
    rollingUpdate: { partition: 0 },
  });
  const named = statefulSet({ updateStrategy: { type: 'RollingUpdate' } });
  assert.deepEqual(named.spec.updateStrategy, { type: 'RollingUpdate' });
});

test('claim templates look like claims', () => {
  const { spec } = statefulSet({
    volumeClaimTemplates: [
      { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } },
    ],
  });
  assert.deepEqual(spec.volumeClaimTemplates, [
    {
      kind: 'PersistentVolumeClaim',
      apiVersion: 'v1',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    },
  ]);
});

test('a stateful set changes only where its pods can follow', () => {
  const stored = statefulSet({});
  const free = statefulSet({ replicas: 7, minReadySeconds: 2, ordinals: { start: 1 } });
  assert.deepEqual(validateStatefulSetUpdate(free, stored), []);
  assert.deepEqual(messages(validateStatefulSetUpdate(statefulSet({ serviceName: 't' }), stored)), [
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  ]);
});

const sized = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1500m' } } },
} as const;

const setWarnings: readonly (readonly [spec: Partial<StatefulSetSpec>, warning: string])[] = [
  [
    { volumeClaimTemplates: [sized] },
    'spec.volumeClaimTemplates[0].resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
  ],
  [
    { revisionHistoryLimit: -1 },
    'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
  ],
];

test('what is doubtful in a stateful set', () => {
  assert.deepEqual(statefulSetWarnings(statefulSet({}), undefined), []);
  for (const [spec, warning] of setWarnings) {
    assert.deepEqual(statefulSetWarnings(statefulSet(spec), undefined), [warning]);
  }
});

test('the template of a stateful set may not carry any annotation', () => {
  const annotations = { 'a b': '', 'controller.kubernetes.io/pod-deletion-cost': 'x' };
  const metadata = { ...template.metadata, annotations };
  const [name = '', cost] = messages(
    validateStatefulSet(statefulSet({ template: { ...template, metadata } })),
  );
  assert.match(
    name,
    /^spec\.template\.annotations: Invalid value: "a b": name part must consist of/,
  );
  assert.equal(
    cost,
    'spec.template.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "x": must be a 32bit integer',
  );
});
