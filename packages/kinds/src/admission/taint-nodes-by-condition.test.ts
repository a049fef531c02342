/** New nodes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit, creation, fakeContext } from '../testing.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';
import { object } from './testing.ts';

test('a new node waits to be seen', async () => {
  const node = object('Node', 'a', { spec: { taints: [{ key: 'k', effect: 'NoExecute' }] } });
  const nodes = { group: '', resource: 'nodes' };
  const made = await admit(taintNodesByCondition, creation(nodes, node), fakeContext());
  assert.deepEqual(made, {
    ...node,
    spec: {
      taints: [
        { key: 'k', effect: 'NoExecute' },
        { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
      ],
    },
  });
});
