import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterRole } from '@navarch/api/types/rbac/v1';
import { planRules } from './plan.ts';

/** A role for pods with some verbs; `label` puts it into the aggregate. */
function part(name: string, verbs: string, label: 'in' | 'out'): ClusterRole {
  return {
    metadata: { name, labels: { view: label } },
    rules: verbs
      .split(' ')
      .map((verb) => ({ apiGroups: [''], resources: ['pods'], verbs: [verb] })),
  };
}

function aggregate(verbs: string): ClusterRole {
  return {
    ...part('view', verbs, 'in'),
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { view: 'in' } }] },
  };
}

const cases: {
  name: string;
  role: ClusterRole;
  parts: ClusterRole[];
  rules: string | undefined;
}[] = [
  {
    name: 'joins its parts by name, without itself',
    role: aggregate('old'),
    parts: [part('b', 'list', 'in'), part('a', 'get', 'in'), part('c', 'delete', 'out')],
    rules: 'get list',
  },
  {
    name: 'has each rule once',
    role: aggregate('old'),
    parts: [part('a', 'get list', 'in'), part('b', 'get', 'in')],
    rules: 'get list',
  },
  {
    name: 'is right already',
    role: aggregate('get'),
    parts: [part('a', 'get', 'in')],
    rules: undefined,
  },
  { name: 'has no parts left', role: aggregate('get'), parts: [], rules: '' },
  {
    name: 'does not aggregate',
    role: part('x', 'get', 'in'),
    parts: [part('a', 'list', 'in')],
    rules: undefined,
  },
];

for (const { name, role, parts, rules } of cases) {
  test(`an aggregated role ${name}`, () => {
    const planned = planRules(role, [role, ...parts]);
    assert.equal(planned?.map(({ verbs }) => verbs.join()).join(' '), rules);
  });
}
