/** Rules and selectors of webhooks and policies, as data. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NamedRuleWithOperations } from '@navarch/api/types/admissionregistration/v1/matching';
import { anyRuleCovers, type Asked } from './rules.ts';

const base = {
  apiGroups: [''],
  apiVersions: ['v1'],
  operations: ['CREATE'],
  resources: ['pods'],
} as const;

const pod: Asked = {
  operation: 'CREATE',
  resource: { group: '', version: 'v1', resource: 'pods' },
  subresource: '',
  namespace: 'default',
  name: 'web',
};
const status = { ...pod, subresource: 'status' };
const node = { ...pod, namespace: '', resource: { ...pod.resource, resource: 'nodes' } };
const namespace = { ...pod, resource: { ...pod.resource, resource: 'namespaces' } };

const cases: readonly [
  what: string,
  rule: Partial<NamedRuleWithOperations>,
  asked: Asked,
  covered: boolean,
][] = [
  ['the resource itself', {}, pod, true],
  ['another operation', { operations: ['UPDATE'] }, pod, false],
  ['any operation', { operations: ['*'] }, pod, true],
  ['another group', { apiGroups: ['apps'] }, pod, false],
  ['any group and version', { apiGroups: ['*'], apiVersions: ['*'] }, pod, true],
  ['a subresource needs saying', {}, status, false],
  ['a subresource by name', { resources: ['pods/status'] }, status, true],
  ['any subresource, the object too', { resources: ['pods/*'] }, pod, true],
  ['any subresource', { resources: ['pods/*'] }, status, true],
  ['a star leaves out subresources', { resources: ['*'] }, status, false],
  ['one subresource of everything', { resources: ['*/status'] }, status, true],
  ['everything', { resources: ['*/*'] }, status, true],
  ['namespaced', { scope: 'Namespaced' }, pod, true],
  ['cluster-wide', { scope: 'Cluster' }, pod, false],
  ['a node is cluster-wide', { scope: 'Cluster', resources: ['nodes'] }, node, true],
  ['so is a namespace', { scope: 'Cluster', resources: ['namespaces'] }, namespace, true],
  ['and not namespaced', { scope: 'Namespaced', resources: ['namespaces'] }, namespace, false],
  ['its name', { resourceNames: ['web'] }, pod, true],
  ['another name', { resourceNames: ['db'] }, pod, false],
];

for (const [what, rule, asked, covered] of cases) {
  test(`rules: ${what}`, () => {
    assert.equal(anyRuleCovers([{ ...base, ...rule }], asked), covered);
  });
}

test('no rules cover nothing', () => {
  assert.equal(anyRuleCovers(undefined, pod), false);
});
