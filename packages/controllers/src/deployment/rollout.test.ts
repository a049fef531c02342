/**
 * Rollouts told step by step. The plan is applied to a model in which replica sets obey at once (`ready`), or never get their pods ready
 * (`stuck`), so that each line shows one decision.
 */
import { nextInteger } from '@navarch/api/int64';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Deployment, DeploymentStrategy } from '@navarch/api/types/apps/v1/deployment';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import { type DeploymentPlan, planDeployment } from './plan.ts';

const start = Date.UTC(2026, 0, 1);

class Model {
  deployment: Deployment;
  replicaSets: ReplicaSet[] = [];
  readonly #pods: 'ready' | 'stuck';
  #nowMs = start;

  constructor(replicas: number, strategy: DeploymentStrategy, pods: 'ready' | 'stuck' = 'ready') {
    this.#pods = pods;
    this.deployment = {
      metadata: { name: 'web', namespace: 'n', uid: 'd', generation: 1 },
      spec: {
        replicas,
        selector: { matchLabels: { app: 'web' } },
        strategy,
        progressDeadlineSeconds: 600,
        revisionHistoryLimit: 1,
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'web', image: 'v1' }] },
        },
      },
    };
  }

  change(spec: Partial<Deployment['spec']>): void {
    this.deployment = {
      ...this.deployment,
      metadata: {
        ...this.deployment.metadata,
        generation: nextInteger(this.deployment.metadata.generation),
      },
      spec: { ...this.deployment.spec, ...spec },
    };
  }

  image(image: string): void {
    this.change({
      template: {
        ...this.deployment.spec.template,
        spec: { containers: [{ name: 'web', image }] },
      },
    });
  }

  /** Somebody numbers a replica set by hand. */
  number(index: number, revision: string): void {
    const annotations = { 'deployment.kubernetes.io/revision': revision };
    this.replicaSets = this.replicaSets.map((replicaSet, at) =>
      at === index
        ? { ...replicaSet, metadata: { ...replicaSet.metadata, annotations } }
        : replicaSet,
    );
  }

  wait(seconds: number): void {
    this.#nowMs += seconds * 1000;
  }

  /** One decision and its effect, as `v1=3 v2=1`. */
  step(): string {
    const plan = planDeployment({
      deployment: this.deployment,
      replicaSets: this.replicaSets,
      pods: [],
      nowMs: this.#nowMs,
    });
    this.#apply(plan);
    return this.show();
  }

  /** Steps until nothing changes; gives every state on the way. */
  run(): string[] {
    const seen = [this.step()];
    for (let state = this.step(); state !== seen.at(-1); state = this.step()) seen.push(state);
    return seen;
  }

  show(): string {
    return this.replicaSets
      .map(({ spec }) => `${spec.template?.spec.containers[0]?.image}=${spec.replicas}`)
      .join(' ');
  }

  progress(): string {
    this.step();
    const condition = this.deployment.status?.conditions?.find(
      ({ type }) => type === 'Progressing',
    );
    return `${condition?.status} ${condition?.reason}`;
  }

  #apply(plan: DeploymentPlan): void {
    const sizes = new Map(
      plan.scale.map(({ replicaSet, replicas }) => [replicaSet.metadata.name, replicas]),
    );
    const updates = new Map(
      plan.update.map((replicaSet) => [replicaSet.metadata.name, replicaSet]),
    );
    const gone = new Set(plan.remove.map(({ metadata }) => metadata.name));
    const next = [...this.replicaSets, ...(plan.create ? [plan.create] : [])].filter(
      ({ metadata }) => !gone.has(metadata.name),
    );
    this.replicaSets = next.map((before, index) =>
      this.#settle(
        updates.get(before.metadata.name) ?? before,
        sizes.get(before.metadata.name),
        index,
      ),
    );
    const annotations =
      plan.revision === undefined
        ? this.deployment.metadata.annotations
        : { 'deployment.kubernetes.io/revision': plan.revision };
    this.deployment = {
      ...this.deployment,
      metadata: { ...this.deployment.metadata, annotations },
      status: plan.status,
    };
  }

  #settle(replicaSet: ReplicaSet, size: number | undefined, index: number): ReplicaSet {
    const replicas = size ?? replicaSet.spec.replicas ?? 0;
    const image = replicaSet.spec.template?.spec.containers[0]?.image;
    const ready = this.#pods === 'ready' || image === 'v1' ? replicas : 0;
    const desired = String(this.deployment.spec.replicas);
    return {
      ...replicaSet,
      metadata: {
        ...replicaSet.metadata,
        uid: replicaSet.metadata.name,
        creationTimestamp: `2026-01-01T00:00:0${index}Z`,
        annotations: {
          ...replicaSet.metadata.annotations,
          ...(size !== undefined && { 'deployment.kubernetes.io/desired-replicas': desired }),
        },
      },
      spec: { ...replicaSet.spec, replicas },
      status: { replicas, readyReplicas: ready, availableReplicas: ready },
    };
  }
}

const rolling = (
  maxSurge: number | string,
  maxUnavailable: number | string,
): DeploymentStrategy => ({ type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } });

const rollouts: {
  name: string;
  replicas: number;
  strategy: DeploymentStrategy;
  states: string[];
}[] = [
  {
    name: 'one more, none less',
    replicas: 3,
    strategy: rolling(1, 0),
    states: ['v1=3 v2=1', 'v1=2 v2=1', 'v1=2 v2=2', 'v1=1 v2=2', 'v1=1 v2=3', 'v1=0 v2=3'],
  },
  {
    name: 'one less, none more',
    replicas: 3,
    strategy: rolling(0, 1),
    states: [
      'v1=3 v2=0',
      'v1=2 v2=0',
      'v1=2 v2=1',
      'v1=1 v2=1',
      'v1=1 v2=2',
      'v1=0 v2=2',
      'v1=0 v2=3',
    ],
  },
  {
    name: 'quarters, rounded up and down',
    replicas: 4,
    strategy: rolling('25%', '25%'),
    states: ['v1=4 v2=1', 'v1=2 v2=1', 'v1=2 v2=3', 'v1=0 v2=3', 'v1=0 v2=4'],
  },
  {
    name: 'all at once',
    replicas: 3,
    strategy: rolling('100%', 0),
    states: ['v1=3 v2=3', 'v1=0 v2=3'],
  },
  { name: 'recreate', replicas: 3, strategy: { type: 'Recreate' }, states: ['v1=0', 'v1=0 v2=3'] },
];

for (const { name, replicas, strategy, states } of rollouts) {
  test(`rollout: ${name}`, () => {
    const model = new Model(replicas, strategy);
    assert.deepEqual(model.run(), [`v1=${replicas}`]);
    model.image('v2');
    assert.deepEqual(model.run(), states);
    assert.equal(model.progress(), 'True NewReplicaSetAvailable');
  });
}

test('going back gives the old replica set a new revision', () => {
  const model = new Model(1, rolling(1, 0));
  model.run();
  model.image('v2');
  model.run();
  model.image('v1');
  assert.equal(model.run().at(-1), 'v1=1 v2=0');
  const [first] = model.replicaSets;
  assert.equal(first?.metadata.annotations?.['deployment.kubernetes.io/revision'], '3');
  assert.equal(first?.metadata.annotations?.['deployment.kubernetes.io/revision-history'], '1');
  assert.equal(model.deployment.metadata.annotations?.['deployment.kubernetes.io/revision'], '3');
});

test('a deployment goes on counting where an adopted replica set is', () => {
  const model = new Model(1, rolling(1, 0));
  model.run();
  model.number(0, '3546343826724305832');
  model.image('v2');
  model.run();
  assert.equal(
    model.deployment.metadata.annotations?.['deployment.kubernetes.io/revision'],
    '3546343826724305833',
  );
});

test('history is cut to its limit once a rollout is complete', () => {
  const model = new Model(1, rolling(1, 0));
  for (const image of ['v1', 'v2', 'v3', 'v4']) {
    model.image(image);
    model.run();
  }
  assert.equal(model.show(), 'v3=0 v4=1');
});

test('a paused deployment scales and does not roll', () => {
  const model = new Model(2, rolling(1, 0));
  model.run();
  model.change({ paused: true });
  model.image('v2');
  assert.deepEqual(model.run(), ['v1=2']);
  assert.equal(model.progress(), 'Unknown DeploymentPaused');
  model.change({ replicas: 4 });
  assert.equal(model.run().at(-1), 'v1=4');
  model.change({ paused: false });
  assert.equal(model.run().at(-1), 'v1=0 v2=4');
});

test('scaling in the middle of a rollout shares the change by size', () => {
  const model = new Model(10, rolling(3, 2), 'stuck');
  model.run();
  model.image('v2');
  assert.equal(model.run().at(-1), 'v1=8 v2=5');
  model.change({ replicas: 20 });
  assert.equal(model.step(), 'v1=14 v2=9');
});

test('a rollout that does not move for too long has timed out', () => {
  const model = new Model(2, rolling(1, 0), 'stuck');
  model.run();
  model.image('v2');
  model.run();
  assert.equal(model.progress(), 'True ReplicaSetUpdated');
  model.wait(599);
  assert.equal(model.progress(), 'True ReplicaSetUpdated');
  model.wait(1);
  assert.equal(model.progress(), 'False ProgressDeadlineExceeded');
});
