/** Whom to displace, one line per rule. Nodes have four slots; a pod takes as many as its number says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileSelector } from '@navarch/api/selectors';
import { podInfo, type PodInfo } from '../../pod/pod-info.ts';
import type { DisruptionBudget } from './disruption-budgets.ts';
import { candidatesWanted, noVictims, planPreemption, type Stage } from './plan.ts';

const slots = 4;

interface Case {
  readonly name: string;
  /** Nodes apart by `|`; pods as `name:priority:size:start`, priority of 5 and above is too high to displace. */
  readonly nodes: string;
  /** How many slots the pod of priority 5 needs. */
  readonly needs: number;
  /** Pods that a budget protects, and how many of them may go. */
  readonly budget?: { readonly pods: string; readonly allowed: number };
  /** `node: victims`, or the reasons. */
  readonly plan: string;
}

const cases: readonly Case[] = [
  { name: 'one victim is enough', nodes: 'a:1:2 b:2:2', needs: 2, plan: 'n1: a' },
  { name: 'nobody of the same priority', nodes: 'a:5:4', needs: 1, plan: `1 ${noVictims}` },
  { name: 'nobody at all', nodes: '', needs: 5, plan: `1 ${noVictims}` },
  { name: 'not even without all', nodes: 'a:5:3 b:1:1', needs: 2, plan: '1 no slots' },
  { name: 'the least important goes', nodes: 'a:3:2 b:1:2', needs: 2, plan: 'n1: b' },
  { name: 'who started last goes', nodes: 'a:1:2:03 b:1:2:02', needs: 2, plan: 'n1: a' },
  {
    name: 'a small one is spared when a large one goes anyway',
    nodes: 'a:1:1 b:2:3',
    needs: 3,
    plan: 'n1: b',
  },
  { name: 'the most important victim first', nodes: 'a:1:2 b:3:2', needs: 4, plan: 'n1: b a' },
  {
    name: 'the node with the less important victim',
    nodes: 'a:3:4 | b:2:4',
    needs: 4,
    plan: 'n2: b',
  },
  {
    name: 'then the least sum of priorities',
    nodes: 'a:3:2 b:2:2 | c:3:2 d:1:2',
    needs: 4,
    plan: 'n2: c d',
  },
  { name: 'then the fewest victims', nodes: 'a:1:2 b:1:2 | c:1:4', needs: 4, plan: 'n2: c' },
  {
    name: 'few of negative priority are better than many',
    nodes: 'a:-9:2 b:-9:2 | c:-9:4',
    needs: 4,
    plan: 'n2: c',
  },
  {
    name: 'then who started last',
    nodes: 'a:1:4:01 | b:1:4:02 | c:1:4:01',
    needs: 4,
    plan: 'n2: b',
  },
  { name: 'then the first', nodes: 'a:1:4:01 | b:1:4:01', needs: 4, plan: 'n1: a' },
  {
    name: 'a budget protects',
    nodes: 'a:1:2 b:2:2',
    needs: 2,
    budget: { pods: 'a', allowed: 0 },
    plan: 'n1: b',
  },
  {
    name: 'a budget that allows does not',
    nodes: 'a:1:2 b:2:2',
    needs: 2,
    budget: { pods: 'a', allowed: 1 },
    plan: 'n1: a',
  },
  {
    name: 'a budget is broken when nothing else helps',
    nodes: 'a:1:4',
    needs: 2,
    budget: { pods: 'a', allowed: 0 },
    plan: 'n1: a',
  },
  {
    name: 'rather another node than a broken budget',
    nodes: 'a:1:4 | b:4:4',
    needs: 4,
    budget: { pods: 'a', allowed: 0 },
    plan: 'n2: b',
  },
];

for (const { name, nodes, needs, budget, plan } of cases) {
  test(name, () => {
    const stages = nodes.split('|').map((pods, index) => newStage(`n${index + 1}`, pods, needs));
    const before = stages.map((stage) => names([...stage.pods()]));
    const protectedPods = budget?.pods.split(' ') ?? [];
    const budgets: readonly DisruptionBudget[] = budget
      ? [
          {
            namespace: 'n',
            selector: compileSelector({
              matchExpressions: [{ key: 'name', operator: 'In', values: protectedPods }],
            }),
            allowed: budget.allowed,
            disrupted: {},
          },
        ]
      : [];
    const planned = planPreemption(5, stages, budgets);
    assert.equal(
      planned.kind === 'preempt'
        ? `${planned.candidate.nodeName}: ${planned.candidate.victims.map(({ uid }) => uid).join(' ')}`
        : [...planned.reasons].map(([reason, count]) => `${count} ${reason}`).join(', '),
      plan,
    );
    assert.deepEqual(
      stages.map((stage) => names([...stage.pods()])),
      before,
      'stages are left as they were',
    );
  });
}

function names(pods: readonly PodInfo[]): string {
  return pods
    .map(({ uid }) => uid)
    .toSorted()
    .join(' ');
}

function newStage(nodeName: string, text: string, needs: number): Stage {
  const sizes = new Map<string, number>();
  const pods = new Map<string, PodInfo>();
  for (const word of text.trim().split(' ').filter(Boolean)) {
    const [name = '', priority = '', size = '', start] = word.split(':');
    const startTime = start && `2026-01-${start}T00:00:00Z`;
    sizes.set(name, Number(size));
    pods.set(
      name,
      podInfo({
        metadata: { name, namespace: 'n', uid: name, labels: { name } },
        spec: { priority: Number(priority), containers: [] },
        status: { ...(startTime && { startTime }) },
      }),
    );
  }
  const used = (): number =>
    [...pods.keys()].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  return {
    nodeName,
    pods: () => pods.values(),
    remove: ({ uid }) => pods.delete(uid),
    restore: (pod) => pods.set(pod.uid, pod),
    rejection: () => (used() + needs > slots ? ['no slots'] : undefined),
  };
}

test('a tenth of the nodes, but at least a hundred, are looked at', () => {
  assert.deepEqual([3, 100, 500, 5000].map(candidatesWanted), [3, 100, 100, 500]);
});
