/** Between the two versions of an autoscaler nothing is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HorizontalPodAutoscaler as OldAutoscaler } from '@navarch/api/types/autoscaling/v1';
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
} from '@navarch/api/types/autoscaling/v2';
import type { Draft } from '@navarch/api/types/scalars';
import { nilList } from '../nil.ts';
import { fromVersion2, toVersion2 } from './convert.ts';
import { setAutoscalerDefaults, setOldAutoscalerDefaults } from './defaults.ts';

const scaleTargetRef = { kind: 'Deployment', name: 'd', apiVersion: 'apps/v1' };
const cpu = (averageUtilization: number) => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});
const memory = {
  type: 'Resource',
  resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '100Mi' } },
};

function autoscaler(spec: Partial<HorizontalPodAutoscalerSpec>): HorizontalPodAutoscaler {
  const given: HorizontalPodAutoscaler = {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    metadata: { name: 'h', annotations: { mine: 'x' } },
    spec: { scaleTargetRef, maxReplicas: 3, ...spec },
    status: { desiredReplicas: 0, currentMetrics: nilList },
  };
  const draft = structuredClone(given) as Draft<HorizontalPodAutoscaler>;
  setAutoscalerDefaults(draft);
  return draft;
}

test('an autoscaler is completed', () => {
  assert.deepEqual(autoscaler({}).spec, {
    scaleTargetRef,
    maxReplicas: 3,
    minReplicas: 1,
    metrics: [cpu(80)],
  });
  assert.deepEqual(autoscaler({ behavior: {} }).spec.behavior, {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [
        { type: 'Pods', value: 4, periodSeconds: 15 },
        { type: 'Percent', value: 100, periodSeconds: 15 },
      ],
    },
    scaleDown: {
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    },
  });
});

test('what version 1 cannot say is in annotations', () => {
  const old = fromVersion2(autoscaler({ metrics: [cpu(40), memory], behavior: {} }));
  assert.equal(old.spec.targetCPUUtilizationPercentage, 40);
  assert.deepEqual(old.metadata.annotations, {
    mine: 'x',
    'autoscaling.alpha.kubernetes.io/behavior':
      '{"ScaleUp":{"StabilizationWindowSeconds":0,"SelectPolicy":"Max","Policies":[{"Type":"Pods","Value":4,"PeriodSeconds":15},{"Type":"Percent","Value":100,"PeriodSeconds":15}],"Tolerance":null},"ScaleDown":{"StabilizationWindowSeconds":null,"SelectPolicy":"Max","Policies":[{"Type":"Percent","Value":100,"PeriodSeconds":15}],"Tolerance":null}}',
    'autoscaling.alpha.kubernetes.io/metrics':
      '[{"type":"Resource","resource":{"name":"memory","targetAverageValue":"100Mi"}}]',
  });
});

const metrics: readonly (readonly [
  name: string,
  metrics: HorizontalPodAutoscalerSpec['metrics'],
])[] = [
  ['the processor', [cpu(60)]],
  ['memory', [memory]],
  [
    'pods',
    [
      {
        type: 'Pods',
        pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '1' } },
      },
    ],
  ],
  [
    'an object',
    [
      {
        type: 'Object',
        object: {
          describedObject: { kind: 'Ingress', name: 'i', apiVersion: 'networking.k8s.io/v1' },
          target: { type: 'Value', value: '10k' },
          metric: { name: 'q', selector: { matchLabels: { a: 'b' } } },
        },
      },
    ],
  ],
  [
    'something external',
    [
      {
        type: 'External',
        external: { metric: { name: 'e' }, target: { type: 'AverageValue', averageValue: '30' } },
      },
    ],
  ],
  [
    'a container',
    [
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: 50 },
          container: 'c',
        },
      },
    ],
  ],
];

test('there and back again', () => {
  for (const [name, list] of metrics) {
    const object = autoscaler({ ...(list && { metrics: list }), behavior: {} });
    const back = JSON.parse(JSON.stringify(toVersion2(fromVersion2(object))));
    assert.deepEqual(back, JSON.parse(JSON.stringify(object)), name);
  }
});

test('the processor is the default only where nothing else is asked for', () => {
  const old = (annotations: Record<string, string>): OldAutoscaler => {
    const draft = {
      metadata: { name: 'h', annotations },
      spec: { scaleTargetRef, maxReplicas: 3 },
    } as Draft<OldAutoscaler>;
    setOldAutoscalerDefaults(draft);
    return draft;
  };
  const key = 'autoscaling.alpha.kubernetes.io/metrics';
  assert.equal(old({}).spec.targetCPUUtilizationPercentage, 80);
  assert.equal(old({ [key]: 'junk' }).spec.targetCPUUtilizationPercentage, 80);
  const other = old({ [key]: '[{"type":"Resource","resource":{"name":"memory"}}]' });
  assert.equal(other.spec.targetCPUUtilizationPercentage, undefined);
});
