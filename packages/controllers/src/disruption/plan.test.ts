/** Budgets and their pods, as people would tell them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { PodDisruptionBudgetSpec } from '@navarch/api/types/policy/v1';
import { selectorText } from './events.ts';
import { planBudget, planFailure } from './plan.ts';
import { staleInMs } from './stale-target.ts';

const nowMs = 1_000_000_000;

/** `a` is ready, `a-` is not, `a!` is being deleted, `a?` was evicted just now, `a??` was evicted long ago. */
function podOf(text: string): Pod {
  const [, name = '', mark = ''] = /^(\w+)(\W*)$/.exec(text) ?? [];
  return {
    metadata: { name, ...(mark === '!' && { deletionTimestamp: formatTime(nowMs) }) },
    spec: { containers: [] },
    status: { conditions: [{ type: 'Ready', status: mark === '-' ? 'False' : 'True' }] },
  };
}

const cases: {
  name: string;
  spec: PodDisruptionBudgetSpec;
  scale?: number;
  pods: string;
  /** Expected pods, how many must be up, how many are up, how many may go. */
  counts: string;
  undeleted?: string;
}[] = [
  { name: 'a number', spec: { minAvailable: 2 }, pods: 'a b c', counts: '3 2 3 1' },
  { name: 'more than there are', spec: { minAvailable: 5 }, pods: 'a b', counts: '2 5 2 0' },
  { name: 'one is not ready', spec: { minAvailable: 2 }, pods: 'a b c-', counts: '3 2 2 0' },
  { name: 'one is on its way', spec: { minAvailable: 2 }, pods: 'a b c!', counts: '3 2 2 0' },
  { name: 'one was evicted', spec: { minAvailable: 1 }, pods: 'a b c?', counts: '3 1 2 1' },
  {
    name: 'one was evicted and stayed',
    spec: { minAvailable: 1 },
    pods: 'a b c??',
    counts: '3 1 3 2',
    undeleted: 'c',
  },
  {
    name: 'a share, rounded up',
    spec: { minAvailable: '50%' },
    scale: 3,
    pods: 'a b c',
    counts: '3 2 3 1',
  },
  {
    name: 'a share of what is wanted, not of what is there',
    spec: { minAvailable: '100%' },
    scale: 4,
    pods: 'a b',
    counts: '4 4 2 0',
  },
  { name: 'at most one', spec: { maxUnavailable: 1 }, scale: 3, pods: 'a b c', counts: '3 2 3 1' },
  {
    name: 'at most a share, rounded up',
    spec: { maxUnavailable: '30%' },
    scale: 4,
    pods: 'a b c d',
    counts: '4 2 4 2',
  },
  { name: 'more than all', spec: { maxUnavailable: 9 }, scale: 2, pods: 'a b', counts: '2 0 2 2' },
  { name: 'nothing is selected', spec: { minAvailable: 0 }, pods: '', counts: '0 0 0 0' },
  { name: 'neither is said', spec: {}, pods: 'a', counts: '0 0 1 0' },
];

for (const { name, spec, scale = 0, pods: text, counts, undeleted = '' } of cases) {
  test(`a budget: ${name}`, () => {
    const words = text.split(' ').filter(Boolean);
    const evicted = words
      .filter((word) => word.includes('?'))
      .map((word) => {
        const agoMs = word.endsWith('??') ? 120_000 : 1000;
        return [word.replaceAll('?', ''), formatTime(nowMs - agoMs)];
      });
    const budget = {
      metadata: { name: 'pdb', generation: 7 },
      spec,
      status: {
        disruptionsAllowed: 0,
        currentHealthy: 0,
        desiredHealthy: 0,
        expectedPods: 0,
        disruptedPods: Object.fromEntries(evicted),
      },
    };
    const plan = planBudget({ budget, pods: words.map(podOf), scale, nowMs });
    const { status } = plan;
    const { expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed } = status;
    assert.equal(
      [expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed].join(' '),
      counts,
    );
    assert.equal(plan.undeleted.map(({ metadata }) => metadata.name).join(' '), undeleted);
    const [allowed] = status.conditions ?? [];
    assert.deepEqual(
      [allowed?.type, allowed?.status, allowed?.reason, allowed?.observedGeneration],
      disruptionsAllowed > 0
        ? ['DisruptionAllowed', 'True', 'SufficientPods', 7]
        : ['DisruptionAllowed', 'False', 'InsufficientPods', 7],
    );
    assert.equal(plan.recheckAtMs, /\w\?( |$)/.test(text) ? nowMs - 1000 + 120_000 : undefined);
  });
}

test('a budget that cannot be worked out allows nothing, and keeps its transition time', () => {
  const since = formatTime(nowMs - 50_000);
  const condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'InsufficientPods',
    message: '',
    lastTransitionTime: since,
  } as const;
  const before = { disruptionsAllowed: 3, currentHealthy: 3, desiredHealthy: 0, expectedPods: 3 };
  const status = { ...before, observedGeneration: 1, conditions: [condition] };
  const budget = { metadata: { generation: 2 }, spec: {}, status };
  assert.deepEqual(planFailure(budget, 'no such thing', nowMs), {
    ...before,
    disruptionsAllowed: 0,
    observedGeneration: 1,
    conditions: [
      { ...condition, reason: 'SyncFailed', message: 'no such thing', observedGeneration: 1 },
    ],
  });
});

const targets: {
  name: string;
  pod: Partial<Pod>;
  target: string;
  staleInMs: number | undefined;
}[] = [
  { name: 'just now', pod: {}, target: 'True', staleInMs: 120_000 },
  { name: 'taken back', pod: {}, target: 'False', staleInMs: undefined },
  {
    name: 'being deleted',
    pod: { metadata: { deletionTimestamp: formatTime(nowMs) } },
    target: 'True',
    staleInMs: undefined,
  },
  { name: 'by the kubelet', pod: {}, target: 'True TerminationByKubelet', staleInMs: undefined },
];

for (const { name, pod, target, staleInMs: expected } of targets) {
  test(`a pod marked for disruption: ${name}`, () => {
    const [status, reason] = target.split(' ');
    const condition = { type: 'DisruptionTarget', status: status as 'True' | 'False', reason };
    const conditions = [{ ...condition, lastTransitionTime: formatTime(nowMs) }];
    const marked = { metadata: {}, spec: { containers: [] }, ...pod, status: { conditions } };
    assert.equal(staleInMs(marked, nowMs), expected);
  });
}

test('a selector as Go prints it', () => {
  const selector = {
    matchLabels: { b: '2', a: '1' },
    matchExpressions: [{ key: 'c', operator: 'In' as const, values: ['x', 'y'] }],
  };
  assert.equal(
    selectorText(selector),
    '&LabelSelector{MatchLabels:map[string]string{a: 1,b: 2,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:c,Operator:In,Values:[x y],},},}',
  );
});
