/** What limit ranges fill in and refuse: the texts are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { admit, creation, fakeContext, type FakeRequest } from '../testing.ts';
import { limitRanger } from './limit-ranger.ts';
import { container, object, pod, pods, specOf } from './testing.ts';

const here = { name: 'l', namespace: 'n' };
const range = (limits: readonly object[]): FakeRequest => ({
  objects: [['limitranges', object('LimitRange', 'l', { metadata: here, spec: { limits } })]],
});

test('limit ranges fill in what containers leave open', async () => {
  const item = {
    type: 'Container',
    default: { cpu: '500m', memory: '128Mi' },
    defaultRequest: { cpu: '100m', memory: '128Mi' },
  };
  const given = [{ ...container, resources: { requests: { cpu: '200m' } } }];
  const admitted = await admit(
    limitRanger,
    creation(pods, pod({ containers: given })),
    fakeContext(range([item])),
  );
  const made = admitted as Pod;
  assert.deepEqual(made.spec.containers[0]?.resources, {
    limits: { cpu: '500m', memory: '128Mi' },
    requests: { cpu: '200m', memory: '128Mi' },
  });
  assert.equal(
    made.metadata.annotations?.['kubernetes.io/limit-ranger'],
    'LimitRanger plugin set: memory request for container c; cpu, memory limit for container c',
  );
});

const bounded: readonly (readonly [item: object, resources: object, says: string])[] = [
  [
    { max: { cpu: '2' } },
    { limits: { cpu: '3' }, requests: { cpu: '3' } },
    'maximum cpu usage per Container is 2, but limit is 3',
  ],
  [
    { min: { cpu: '100m' } },
    { requests: { cpu: '50m' } },
    'minimum cpu usage per Container is 100m, but request is 50m',
  ],
  [
    { maxLimitRequestRatio: { cpu: '2' } },
    { requests: { cpu: '100m' }, limits: { cpu: '300m' } },
    'cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000',
  ],
  [
    { maxLimitRequestRatio: { cpu: '2' } },
    { requests: { cpu: '100m' } },
    'cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0',
  ],
];

test('limit ranges bound what containers ask for', async () => {
  for (const [item, resources, says] of bounded) {
    const made = await specOf(
      limitRanger,
      { containers: [{ ...container, resources }] },
      range([{ type: 'Container', ...item }]),
    );
    assert.equal(made, `pods "x" is forbidden: ${says}`);
  }
});

test('limit ranges bound resizes, and what pods ask for as a whole', async () => {
  const whole = pod({ resources: { limits: { cpu: '3' }, requests: { cpu: '1' } } });
  const resize = creation(pods, whole, {
    operation: 'UPDATE',
    oldObject: pod(),
    subresource: 'resize',
  });
  const context = fakeContext(range([{ type: 'Pod', max: { cpu: '2' } }]));
  assert.equal(
    await admit(limitRanger, resize, context),
    'pods "x" is forbidden: maximum cpu usage per Pod is 2, but limit is 3',
  );
});
