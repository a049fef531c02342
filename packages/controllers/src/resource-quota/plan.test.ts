import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAmounts } from '@navarch/api/quota/amounts';
import type { ResourceQuota } from '@navarch/api/types/core/v1/quota';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { RecentCharges, settleMs } from './charges.ts';
import { planQuota } from './plan.ts';

type Lists = { readonly hard?: ResourceList; readonly used?: ResourceList };

const quota = (hard: ResourceList, status?: Lists): ResourceQuota => ({
  metadata: { name: 'q', namespace: 'n' },
  spec: { hard },
  ...(status && { status }),
});

interface Case {
  readonly name: string;
  readonly quota: ResourceQuota;
  readonly counted: ResourceList;
  readonly charged?: ResourceList;
  /** What is used then; undefined when nothing is to be written. */
  readonly used: ResourceList | undefined;
  readonly isHeldBack?: boolean;
}

const hard = { pods: '5' };

const cases: readonly Case[] = [
  { name: 'nothing is known yet', quota: quota(hard), counted: { pods: '2' }, used: { pods: '2' } },
  {
    name: 'all is right',
    quota: quota(hard, { hard, used: { pods: '2' } }),
    counted: { pods: '2' },
    used: undefined,
  },
  {
    name: 'the same in other words',
    quota: quota({ cpu: '1' }, { hard: { cpu: '1000m' }, used: { cpu: '0' } }),
    counted: { cpu: '0' },
    used: undefined,
  },
  {
    name: 'something went away',
    quota: quota(hard, { hard, used: { pods: '3' } }),
    counted: { pods: '2' },
    used: { pods: '2' },
  },
  {
    name: 'more is there than anybody was charged for',
    quota: quota(hard, { hard, used: { pods: '3' } }),
    counted: { pods: '4' },
    charged: { pods: '1' },
    used: { pods: '4' },
  },
  {
    name: 'what was charged may still come',
    quota: quota(hard, { hard, used: { pods: '3' } }),
    counted: { pods: '2' },
    charged: { pods: '1' },
    used: undefined,
    isHeldBack: true,
  },
  {
    name: 'some of it is free in any case',
    quota: quota(hard, { hard, used: { pods: '5' } }),
    counted: { pods: '2' },
    charged: { pods: '1' },
    used: { pods: '3' },
    isHeldBack: true,
  },
  {
    name: 'the limits change',
    quota: quota({ secrets: '1' }, { hard, used: { pods: '2' } }),
    counted: { secrets: '1' },
    used: { secrets: '1' },
  },
  {
    name: 'nobody can count it',
    quota: quota({ 'count/x.y': '1' }, { hard: { 'count/x.y': '1' }, used: { 'count/x.y': '1' } }),
    counted: {},
    used: undefined,
  },
];

for (const { name, quota: given, counted, charged, used, isHeldBack = false } of cases) {
  test(`a quota: ${name}`, () => {
    const plan = planQuota(given, {
      counted: parseAmounts(counted),
      charged: parseAmounts(charged),
    });
    assert.deepEqual(plan.status, used && { hard: given.spec.hard, used });
    assert.equal(plan.isHeldBack, isHeldBack);
  });
}

test('charges are remembered for a while, close ones together', () => {
  const charges = new RecentCharges();
  const at = (pods: string) => quota(hard, { hard, used: { pods } });
  const sum = (nowMs: number) => charges.sum('q', nowMs).get('pods')?.toString();
  assert.ok(charges.note('q', at('1'), at('3'), 0));
  assert.ok(charges.note('q', at('3'), at('4'), 50));
  assert.ok(!charges.note('q', at('4'), at('2'), 60));
  assert.ok(charges.note('q', at('2'), at('3'), 1_000));
  assert.equal(sum(1_000), '4');
  assert.equal(sum(settleMs + 100), '1');
  assert.equal(sum(2 * settleMs), undefined);
});
