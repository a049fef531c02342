import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDefinitions } from '../testing.ts';
import { planDeletion } from './deletion.ts';

const pods = testDefinitions.find(({ plural }) => plural === 'pods');

/** A pod that was deleted at 0:00 with 30 seconds of grace, and is deleted again. */
const cases: readonly {
  name: string;
  at: string;
  asked: number | undefined;
  until?: string;
  grace?: number;
}[] = [
  { name: 'no other period', at: '00:05', asked: undefined },
  { name: 'a longer one', at: '00:05', asked: 60 },
  { name: 'a shorter one', at: '00:05', asked: 10, until: '00:10', grace: 10 },
  { name: 'one that is over: the shortest', at: '00:20', asked: 10, until: '00:20', grace: 1 },
  { name: 'none', at: '00:20', asked: 0, until: '00:20', grace: 0 },
];

for (const { name, at, asked, until, grace } of cases) {
  test(`a running grace period, and ${name}`, () => {
    assert.ok(pods);
    const metadata = {
      name: 'p',
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
    };
    const options = {
      dryRun: false,
      gracePeriodSeconds: asked,
      uid: undefined,
      resourceVersion: undefined,
      orphanDependents: undefined,
      propagationPolicy: undefined,
    };
    const object = { kind: 'Pod', apiVersion: 'v1', metadata, spec: { nodeName: 'n' } };
    const plan = planDeletion(object, options, pods, Date.parse(`2026-01-01T00:${at}Z`));
    if (until === undefined) {
      assert.equal(plan.kind, 'pending');
      return;
    }
    assert.equal(plan.kind, 'mark');
    const marked = plan.kind === 'mark' ? plan.object.metadata : undefined;
    assert.equal(marked?.deletionTimestamp, `2026-01-01T00:${until}Z`);
    assert.equal(marked?.deletionGracePeriodSeconds, grace);
  });
}

test('an object whose last finalizer a delete takes away is not written once more', () => {
  const configMaps = testDefinitions.find(({ plural }) => plural === 'configmaps');
  assert.ok(configMaps);
  const metadata = { name: 'c', finalizers: ['orphan'] };
  const options = {
    dryRun: false,
    gracePeriodSeconds: undefined,
    uid: undefined,
    resourceVersion: undefined,
    orphanDependents: undefined,
    propagationPolicy: 'Background',
  };
  const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata };
  assert.deepEqual(planDeletion(object, options, configMaps, 0), { kind: 'remove' });
});
