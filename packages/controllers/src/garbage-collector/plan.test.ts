/** What becomes of an object, given what became of its owners: `s` solid, `d` dangling, `w` waiting. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configMaps } from '@navarch/api/resources';
import type { GraphNode } from './graph.ts';
import { type OwnerState, planCollection } from './plan.ts';

const states: Readonly<Record<string, OwnerState>> = { s: 'solid', d: 'dangling', w: 'waiting' };

function node(finalizers: readonly string[], dependents: readonly GraphNode[] = []): GraphNode {
  return {
    uid: 'x',
    seen: {
      kind: configMaps,
      namespace: 'n',
      name: 'x',
      resourceVersion: '1',
      owners: [],
      finalizers,
      isBeingDeleted: false,
    },
    isAbsent: false,
    isDeletingDependents: false,
    dependents: new Set(dependents),
  };
}

const dependent = node([]);
const deleting: GraphNode = { ...node([]), isDeletingDependents: true };

const cases: {
  name: string;
  owners: string;
  finalizers?: string[];
  dependents?: GraphNode[];
  action: string;
}[] = [
  { name: 'nobody owns it', owners: '', action: 'nothing' },
  { name: 'its owner is there', owners: 's', action: 'nothing' },
  { name: 'one of its owners is gone', owners: 'sd', action: 'drop 1' },
  { name: 'one of its owners waits for it', owners: 'swd', action: 'drop 2,1' },
  { name: 'its owner is gone', owners: 'd', action: 'Background' },
  { name: 'its owner waits', owners: 'w', action: 'Background' },
  {
    name: 'its owner waits, others wait for it',
    owners: 'w',
    dependents: [dependent],
    action: 'Foreground',
  },
  { name: 'it is in a circle', owners: 'w', dependents: [deleting], action: 'Foreground unblock' },
  { name: 'it was to orphan its own', owners: 'd', finalizers: ['orphan'], action: 'Orphan' },
  { name: 'it was to wait', owners: 'd', finalizers: ['foregroundDeletion'], action: 'Foreground' },
];

for (const { name, owners, finalizers = [], dependents = [], action } of cases) {
  test(`garbage: ${name}`, () => {
    const owned = Array.from(owners, (letter, index) => ({
      reference: { apiVersion: 'v1', kind: 'ConfigMap', name: letter, uid: String(index) },
      state: states[letter] ?? 'solid',
    }));
    const planned = planCollection(node(finalizers, dependents), owned);
    const shown =
      planned.kind === 'delete'
        ? `${planned.policy}${planned.unblock ? ' unblock' : ''}`
        : planned.kind === 'drop references'
          ? `drop ${planned.uids.join()}`
          : planned.kind;
    assert.equal(shown, action);
  });
}
