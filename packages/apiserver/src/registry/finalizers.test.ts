import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { testDefinitions } from '../testing.ts';
import { finalizersForDelete } from './finalizers.ts';

type Policy = ResourceDefinition['defaultPropagation'];

/** `policy` is what the client says; the finalizers are those of the object, before and after. */
const cases: readonly (readonly [kind: Policy, policy: string, before: string, after: string])[] = [
  ['background', '', 'a', 'a'],
  ['background', 'Orphan', 'a', 'a orphan'],
  ['background', 'Foreground', 'a', 'a foregroundDeletion'],
  ['background', 'Background', 'orphan a', 'a'],
  ['background', '', 'orphan', 'orphan'],
  ['background', 'Foreground', 'orphan', 'foregroundDeletion'],
  ['orphan', '', '', 'orphan'],
  ['orphan', '', 'foregroundDeletion', 'foregroundDeletion'],
  ['orphan', 'Background', '', ''],
  ['never', 'Orphan', 'a', 'a'],
  ['never', 'Foreground', '', ''],
  ['never', '', 'orphan a', 'a'],
];

test('what a delete makes of the finalizers for what depends on an object', () => {
  const [first] = testDefinitions;
  assert.ok(first);
  const list = (text: string): string[] => text.split(' ').filter((it) => it !== '');
  for (const [defaultPropagation = 'background', policy, before, after] of cases) {
    const options = {
      dryRun: false,
      gracePeriodSeconds: undefined,
      uid: undefined,
      resourceVersion: undefined,
      orphanDependents: undefined,
      propagationPolicy: policy === '' ? undefined : policy,
    };
    const found = finalizersForDelete(list(before), options, { ...first, defaultPropagation });
    assert.deepEqual(found, list(after), `${defaultPropagation} ${policy} ${before}`);
  }
});
