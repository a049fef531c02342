/** What flow schemas say of their priority levels. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controllerParts, startTestServer, type TestServer } from '../testing.ts';
import { startFlowSchemaStatus } from './start.ts';

const base = '/apis/flowcontrol.apiserver.k8s.io/v1';
const level = {
  metadata: { name: 'mine' },
  spec: {
    type: 'Limited',
    limited: { nominalConcurrencyShares: 1, limitResponse: { type: 'Reject' } },
  },
};
const schema = {
  metadata: { name: 'mine' },
  spec: { priorityLevelConfiguration: { name: 'mine' }, matchingPrecedence: 500, rules: [] },
};

async function said(server: TestServer, name: string): Promise<unknown> {
  await server.pass(200);
  const { value } = await server.call('GET', `${base}/flowschemas/${name}`);
  const { conditions = [] } = value['status'] as {
    readonly conditions?: readonly Readonly<Record<string, string>>[];
  };
  return conditions.map(({ type, status, reason, message }) => ({ type, status, reason, message }));
}

const what = 'This FlowSchema references the PriorityLevelConfiguration object named';

test('a level that is not there is missed until it is, and again when it is gone', async () => {
  const server = await startTestServer();
  const parts = controllerParts(server);
  startFlowSchemaStatus(parts);
  const missing = [
    {
      type: 'Dangling',
      status: 'True',
      reason: 'NotFound',
      message: `${what} "mine" but there is no such object`,
    },
  ];
  const found = (name: string) => [
    {
      type: 'Dangling',
      status: 'False',
      reason: 'Found',
      message: `${what} "${name}" and it exists`,
    },
  ];
  assert.deepEqual(await said(server, 'global-default'), found('global-default'));
  assert.equal((await server.call('POST', `${base}/flowschemas`, schema)).status, 201);
  assert.deepEqual(await said(server, 'mine'), missing);
  await server.call('POST', `${base}/prioritylevelconfigurations`, level);
  assert.deepEqual(await said(server, 'mine'), found('mine'));
  const before = await server.call('GET', `${base}/flowschemas/mine`);
  await server.pass(1000);
  assert.deepEqual(await server.call('GET', `${base}/flowschemas/mine`), before);
  await server.call('DELETE', `${base}/prioritylevelconfigurations/mine`);
  assert.deepEqual(await said(server, 'mine'), missing);
  await parts.lifetime.stop();
  await server.stop();
});
