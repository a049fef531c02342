import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
} from '@navarch/api/types/autoscaling/v2';
import { messages } from '../testing.ts';
import { validateAutoscaler } from './validate.ts';

function autoscaler(metrics: readonly MetricSpec[], scaleUp?: HPAScalingRules) {
  const object: HorizontalPodAutoscaler = {
    metadata: { name: 'x' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 3,
      metrics,
      ...(scaleUp && { behavior: { scaleUp } }),
    },
  };
  return messages(validateAutoscaler(object));
}

const utilization = { type: 'Utilization', averageUtilization: 80 } as const;

describe('metrics of autoscalers', () => {
  test('say how much is wanted, one way', () => {
    const target = { ...utilization, averageValue: '1' };
    assert.deepEqual(
      autoscaler([{ type: 'Resource', resource: { name: 'cpu', target: utilization } }]),
      [],
    );
    assert.deepEqual(autoscaler([{ type: 'Resource', resource: { name: 'cpu', target } }]), [
      'spec.metrics[0].resource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization',
    ]);
    const pods = { metric: { name: 'm' }, target: { type: 'AverageValue' } } as const;
    assert.deepEqual(autoscaler([{ type: 'Pods', pods }]), [
      'spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue',
    ]);
  });

  test('have the member that their type names, and no other', () => {
    assert.deepEqual(autoscaler([{ type: 'Pods' }]), [
      'spec.metrics[0].pods: Required value: must populate information for the given metric source',
    ]);
    const resource = { name: 'cpu', target: utilization };
    const containerResource = { ...resource, container: 'c' };
    assert.deepEqual(autoscaler([{ type: 'Resource', resource, containerResource }]), [
      'spec.metrics[0].containerResource: Forbidden: must populate the given metric source only',
    ]);
  });
});

test('types of metrics and targets are known; unknown ones of metrics are told twice', () => {
  const known = 'supported values: "ContainerResource", "External", "Object", "Pods", "Resource"';
  const unknown = (type: string) => `spec.metrics[0].type: Unsupported value: "${type}": ${known}`;
  // As a client may write it.
  const other = { type: 'Other' } as unknown as MetricSpec;
  assert.deepEqual(autoscaler([other]), [unknown('Other'), unknown('Other')]);
  const target = { type: '', averageUtilization: 1 } as unknown as typeof utilization;
  assert.deepEqual(autoscaler([{ type: 'Resource', resource: { name: 'cpu', target } }]), [
    'spec.metrics[0].resource.target.type: Required value: must specify a metric target type',
    'spec.metrics[0].resource.target.type: Invalid value: "": must be either Utilization, Value, or AverageValue',
  ]);
});

test('resources of containers are such as containers have', () => {
  const containerResource = { name: 'pods', container: 'c', target: utilization };
  assert.deepEqual(autoscaler([{ type: 'ContainerResource', containerResource }]), [
    'spec.metrics[0].containerResource.name: Invalid value: "pods": must be a standard resource for containers',
  ]);
});

test('behaviour has policies with periods that fit', () => {
  const policy = { type: 'Pods', value: 4, periodSeconds: 60 } as const;
  assert.deepEqual(autoscaler([], { policies: [policy] }), []);
  const path = 'spec.behavior.scaleUp';
  assert.deepEqual(autoscaler([], { stabilizationWindowSeconds: 4000 }), [
    `${path}.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600`,
    `${path}.policies: Required value: must specify at least one Policy`,
  ]);
  assert.deepEqual(autoscaler([], { policies: [{ ...policy, value: 0, periodSeconds: 1801 }] }), [
    `${path}.policies[0].value: Invalid value: 0: must be greater than zero`,
    `${path}.policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to 1800`,
  ]);
});

test('a tolerance is not negative', () => {
  const policies = [{ type: 'Pods', value: 4, periodSeconds: 60 }] as const;
  assert.deepEqual(autoscaler([], { policies, tolerance: '50m' }), []);
  assert.deepEqual(autoscaler([], { policies, tolerance: '-50m' }), [
    'spec.behavior.scaleUp.tolerance: Invalid value: "-50m": must be greater than or equal to 0',
  ]);
});

test('a minimum of zero that was stored may stay, for what is measured elsewhere', () => {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const of = (minReplicas: number, metrics: readonly MetricSpec[] = []) => ({
    metadata: { name: 'x' },
    spec: { scaleTargetRef, minReplicas, maxReplicas: 3, metrics },
  });
  const elsewhere: MetricSpec = {
    type: 'External',
    external: { metric: { name: 'm' }, target: { type: 'Value', value: '1' } },
  };
  assert.deepEqual(messages(validateAutoscaler(of(0, [elsewhere]))), [
    'spec.minReplicas: Invalid value: 0: must be greater than or equal to 1',
  ]);
  assert.deepEqual(messages(validateAutoscaler(of(0, [elsewhere]), of(0))), []);
  assert.deepEqual(messages(validateAutoscaler(of(0), of(0))), [
    'spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas',
  ]);
  assert.deepEqual(messages(validateAutoscaler(of(-1, [elsewhere]), of(0))), [
    'spec.minReplicas: Invalid value: -1: must be greater than or equal to 0',
  ]);
});
