/** Nodes: defaults, rules and how they are printed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node } from '@navarch/api/types/core/v1/node';
import { messages } from '../../testing.ts';
import { submitted } from '../testing.ts';
import { nodes } from './node.ts';
import { nodeRow } from './table.ts';
import { validateNode, validateNodeUpdate } from './validate.ts';

function node(value: object): Node {
  return submitted(nodes, { metadata: { name: 'a' }, ...value }) as Node;
}

test('ranges of pods are said twice, and the single one wins', () => {
  const both = (spec: object): unknown => {
    const { podCIDR, podCIDRs } = node({ spec }).spec;
    return [podCIDR, podCIDRs];
  };
  assert.deepEqual(both({ podCIDR: '10.0.0.0/24' }), ['10.0.0.0/24', ['10.0.0.0/24']]);
  assert.deepEqual(both({ podCIDRs: ['10.0.1.0/24'] }), ['10.0.1.0/24', ['10.0.1.0/24']]);
  const differ = { podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.1.0/24'] };
  assert.deepEqual(both(differ), ['10.0.0.0/24', ['10.0.0.0/24']]);
});

test('what a node has may be used', () => {
  const { status } = node({ status: { capacity: { cpu: '1' } } });
  assert.deepEqual(status?.allocatable, { cpu: '1' });
});

const mistakes: readonly (readonly [value: object, ...messages: readonly string[]])[] = [
  [{}],
  [
    {
      spec: {
        taints: [
          { key: 'k', value: '1', effect: 'NoSchedule' },
          { key: 'k', value: '2', effect: 'NoSchedule' },
        ],
      },
    },
    'metadata.taints[1]: Duplicate value: {"Key":"k","Value":"2","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
  ],
  [
    { spec: { podCIDRs: ['10.200.1.0/24', '10.200.2.0/24'] } },
    'spec.podCIDRs: Invalid value: ["10.200.1.0/24","10.200.2.0/24"]: may specify no more than one CIDR for each IP family',
  ],
  [
    {
      metadata: {
        annotations: {
          'scheduler.alpha.kubernetes.io/preferAvoidPods':
            '{"preferAvoidPods":[{"podSignature":{"podController":{"controller":true}}},{},{"podSignature":{"podController":{"controller":false}}}]}',
        },
      },
    },
    'metadata.annotations.scheduler.alpha.kubernetes.io/preferAvoidPods[1].PodSignature: Required value',
    'metadata.annotations.scheduler.alpha.kubernetes.io/preferAvoidPods[2].PodSignature.PodController.Controller: Invalid value: false: must point to a controller',
  ],
  [
    {
      metadata: {
        annotations: {
          'scheduler.alpha.kubernetes.io/taints':
            '[{"key":"k","effect":"NoSchedule"},{"key":"a b","effect":"Never"}]',
        },
      },
    },
    "metadata.annotations.scheduler.alpha.kubernetes.io/taints[1].key: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    'metadata.annotations.scheduler.alpha.kubernetes.io/taints[1].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
  ],
  [
    { metadata: { annotations: { 'scheduler.alpha.kubernetes.io/taints': '{}' } } },
    'metadata.annotations: Invalid value: "scheduler.alpha.kubernetes.io/taints": json: cannot unmarshal object into Go value of type []core.Taint',
  ],
  [
    { metadata: { annotations: { 'scheduler.alpha.kubernetes.io/preferAvoidPods': '[]' } } },
    'metadata.annotations.AvoidPods: Invalid value: "scheduler.alpha.kubernetes.io/preferAvoidPods": json: cannot unmarshal array into Go value of type v1.AvoidPods',
  ],
  [
    { status: { capacity: { cpu: '-1' } } },
    'status.capacity.cpu: Invalid value: "-1": must be greater than or equal to 0',
    'status.allocatable.cpu: Invalid value: "-1": must be greater than or equal to 0',
  ],
];

test('mistakes are told in the words of a real server', () => {
  for (const [value, ...expected] of mistakes) {
    assert.deepEqual(messages(validateNode(node(value))), expected, JSON.stringify(value));
  }
});

test('some of it is said once', () => {
  const stored = node({ spec: { podCIDR: '10.0.0.0/24', providerID: 'x://1' } });
  const moved = node({ spec: { podCIDR: '10.0.1.0/24', providerID: 'x://2' } });
  assert.deepEqual(messages(validateNodeUpdate(moved, stored)), [
    'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid',
    'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
  ]);
  assert.deepEqual(messages(validateNodeUpdate(stored, node({}))), []);
});

test('nodes as they are printed', () => {
  const labels = { 'node-role.kubernetes.io/worker': '', 'kubernetes.io/role': 'edge' };
  const shown = node({
    metadata: { name: 'a', labels, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { unschedulable: true },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
    },
  });
  assert.deepEqual(nodeRow(shown, Date.parse('2026-01-01T00:01:00Z')), [
    'a',
    'Ready,SchedulingDisabled',
    'edge,worker',
    '60s',
    '',
    '10.0.0.1',
    '<none>',
    '<unknown>',
    '<unknown>',
    '<unknown>',
  ]);
});
