/** Taints from conditions: `Ready=F` and the like; taints are `not-ready:S` (NoSchedule) or `not-ready:X` (NoExecute). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node, NodeCondition } from '@navarch/api/types/core/v1/node';
import type { Taint } from '@navarch/api/types/core/v1/scheduling';
import { type Eviction, planLabels, planTaints, unknownConditions } from './plan.ts';
import { zoneState } from './zones.ts';

const nowMs = Date.UTC(2026, 0, 1, 0, 1);
const statuses: Readonly<Record<string, NodeCondition['status']>> = {
  T: 'True',
  F: 'False',
  U: 'Unknown',
};
const effects: Readonly<Record<string, Taint['effect']>> = { S: 'NoSchedule', X: 'NoExecute' };
const prefix = 'node.kubernetes.io/';

const words = (text: string): string[] => text.split(' ').filter(Boolean);

function parseNode(conditions: string, taints: string): Node {
  return {
    metadata: { name: 'n', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {
      unschedulable: conditions.includes('cordoned'),
      taints: words(taints).map((word) => {
        const [key = '', effect = ''] = word.split(':');
        return { key: prefix + key, effect: effects[effect] ?? 'PreferNoSchedule' };
      }),
    },
    status: {
      conditions: words(conditions.replace('cordoned', '')).map((word) => {
        const [type = '', status = ''] = word.split('=');
        return { type, status: statuses[status] ?? 'Unknown' };
      }),
    },
  };
}

function show(taints: readonly Taint[]): string {
  const letter = ({ effect }: Taint): string => (effect === 'NoExecute' ? 'X' : 'S');
  return taints.map((taint) => `${taint.key.replace(prefix, '')}:${letter(taint)}`).join(' ');
}

const cases: {
  name: string;
  node: string;
  taints?: string;
  eviction?: Eviction;
  result: string;
}[] = [
  { name: 'well', node: 'Ready=T', result: '' },
  { name: 'well again', node: 'Ready=T', taints: 'not-ready:S unreachable:X', result: '' },
  { name: 'not ready', node: 'Ready=F', result: 'not-ready:S not-ready:X' },
  { name: 'silent', node: 'Ready=U', result: 'unreachable:S unreachable:X' },
  { name: 'silent, but not its turn', node: 'Ready=U', eviction: 'keep', result: 'unreachable:S' },
  {
    name: 'silent after being sick: no new turn needed',
    node: 'Ready=U',
    taints: 'not-ready:X',
    eviction: 'keep',
    result: 'unreachable:S unreachable:X',
  },
  {
    name: 'silent like all others',
    node: 'Ready=U',
    taints: 'unreachable:S unreachable:X',
    eviction: 'never',
    result: 'unreachable:S',
  },
  {
    name: 'under pressure',
    node: 'Ready=T MemoryPressure=T DiskPressure=F',
    result: 'memory-pressure:S',
  },
  { name: 'cordoned', node: 'Ready=T cordoned', result: 'unschedulable:S' },
  { name: 'uncordoned', node: 'Ready=T', taints: 'unschedulable:S', result: '' },
  { name: 'new', node: '', taints: 'not-ready:S', result: '' },
  {
    name: "others' taints stay",
    node: 'Ready=T',
    taints: 'mine:S mine:X',
    result: 'mine:S mine:X',
  },
];

for (const { name, node, taints = '', eviction = 'allowed', result } of cases) {
  test(`a node is ${name}`, () => {
    const parsed = parseNode(node, taints);
    const planned = planTaints(parsed, eviction, nowMs);
    assert.equal(show(planned ?? parsed.spec.taints ?? []), result);
  });
}

test('taints that are right are not written', () => {
  const node = parseNode('Ready=F', 'not-ready:S not-ready:X');
  assert.equal(planTaints(node, 'allowed', nowMs), undefined);
});

test('silence: what was reported is unknown, what never was is too', () => {
  const conditions = unknownConditions(
    parseNode('Ready=T DiskPressure=F NetworkUnavailable=F', ''),
    nowMs,
  );
  assert.deepEqual(
    conditions.map(({ type, status, reason = '' }) => `${type} ${status} ${reason}`),
    [
      'Ready Unknown NodeStatusUnknown',
      'DiskPressure Unknown NodeStatusUnknown',
      'NetworkUnavailable False ',
      'MemoryPressure Unknown NodeStatusNeverUpdated',
      'PIDPressure Unknown NodeStatusNeverUpdated',
    ],
  );
});

test('old labels follow the new ones', () => {
  const labels = { 'kubernetes.io/os': 'linux', 'beta.kubernetes.io/os': 'windows' };
  assert.deepEqual(planLabels({ metadata: { name: 'n', labels }, spec: {} }), {
    'beta.kubernetes.io/os': 'linux',
  });
});

const zones: { ready: number; sick: number; state: string }[] = [
  { ready: 1, sick: 0, state: 'normal' },
  { ready: 0, sick: 1, state: 'full disruption' },
  { ready: 1, sick: 2, state: 'normal' },
  { ready: 2, sick: 3, state: 'partial disruption' },
  { ready: 3, sick: 3, state: 'normal' },
];

for (const { ready, sick, state } of zones) {
  test(`a zone of ${ready} ready and ${sick} sick nodes: ${state}`, () => {
    assert.equal(zoneState(ready, sick), state);
  });
}
