import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorMessage } from '@navarch/api/field-error';
import type { ResourceQuota, ResourceQuotaSpec } from '@navarch/api/types/core/v1/quota';
import { validateResourceQuota, validateResourceQuotaUpdate } from './validate.ts';

const quota = (spec: ResourceQuotaSpec): ResourceQuota => ({ metadata: { name: 'x' }, spec });
const check = (spec: ResourceQuotaSpec): string[] =>
  validateResourceQuota(quota(spec)).map(errorMessage);

test('counts of objects, standard resources and extended ones may be limited', () => {
  const hard = {
    'count/widgets.example.com': '1k',
    'requests.nvidia.com/gpu': '1',
    'requests.hugepages-2Mi': '4Mi',
    'limits.cpu': '1500m',
  };
  assert.deepEqual(check({ hard }), []);
  assert.deepEqual(check({ hard: { storage: '1' } }), [
    'spec.hard[storage]: Invalid value: "storage": must be a standard resource for quota',
  ]);
});

test('scopes fit what is limited, and each other', () => {
  assert.deepEqual(check({ hard: { secrets: '1' }, scopes: ['Terminating'] }), [
    'spec.scopes: Invalid value: ["Terminating"]: unsupported scope applied to resource',
  ]);
  assert.deepEqual(check({ hard: { cpu: '1' }, scopes: ['Terminating', 'NotTerminating'] }), [
    'spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes',
  ]);
});

test('a selector is shown as a whole where it does not fit', () => {
  const scopeSelector = {
    matchExpressions: [{ scopeName: 'BestEffort', operator: 'Exists' }],
  } as const;
  assert.deepEqual(check({ hard: { cpu: '1' }, scopeSelector }), [
    'spec.scopeSelector.matchExpressions: Invalid value: {"MatchExpressions":[{"ScopeName":"BestEffort","Operator":"Exists","Values":null}]}: unsupported scope applied to resource',
  ]);
});

test('scopes stay, in any order', () => {
  const stored = quota({ scopes: ['Terminating', 'NotBestEffort'] });
  const turned = quota({ scopes: ['NotBestEffort', 'Terminating'] });
  assert.deepEqual(validateResourceQuotaUpdate(turned, stored), []);
  const errors = validateResourceQuotaUpdate(quota({ scopes: ['Terminating'] }), stored);
  assert.deepEqual(errors.map(errorMessage), [
    'spec.scopes: Invalid value: ["Terminating"]: field is immutable',
  ]);
});
