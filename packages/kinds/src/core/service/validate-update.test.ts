/** Rules about changes that no recording has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Service, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { messages } from '../../testing.ts';
import { validateServiceUpdate } from './validate-update.ts';

function balanced(changes: Partial<ServiceSpec>): Service {
  const spec = {
    type: 'LoadBalancer',
    sessionAffinity: 'None',
    externalTrafficPolicy: 'Local',
    internalTrafficPolicy: 'Cluster',
    allocateLoadBalancerNodePorts: true,
    ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
    ...changes,
  } as const;
  return { metadata: { name: 'a' }, spec };
}

test('the port for health checks stays', () => {
  const found = validateServiceUpdate(
    balanced({ healthCheckNodePort: 30_002 }),
    balanced({ healthCheckNodePort: 30_001 }),
  );
  assert.deepEqual(messages(found), ['spec.healthCheckNodePort: Forbidden: field is immutable']);
});
