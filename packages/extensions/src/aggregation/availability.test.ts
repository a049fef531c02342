/** What is told of API services, by what is known of their services. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import type { Service } from '@navarch/api/types/core/v1/service';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import { findAvailability, isAvailable, withFinding } from './availability.ts';

const spec = { group: 'g.example.com', version: 'v1', groupPriorityMinimum: 1, versionPriority: 1 };
const remote: APIService = {
  metadata: { name: 'v1.g.example.com' },
  spec: { ...spec, service: { namespace: 'ns', name: 'web', port: 443 } },
};

function service(
  type: NonNullable<Service['spec']['type']>,
  ...ports: readonly [number, string][]
): Service {
  return {
    metadata: { namespace: 'ns', name: 'web' },
    spec: { type, ports: ports.map(([port, name]) => ({ port, name })) },
  };
}

function slice(portName: string, ready: boolean | undefined): EndpointSlice {
  return {
    metadata: { namespace: 'ns' },
    addressType: 'IPv4',
    ports: [{ name: portName, port: 8443 }],
    endpoints: [{ addresses: ['10.0.0.1'], conditions: ready === undefined ? {} : { ready } }],
  };
}

const listening = service('ClusterIP', [443, 'https']);

const cases: readonly {
  readonly name: string;
  readonly object?: APIService;
  readonly service?: Service;
  readonly slices?: readonly EndpointSlice[];
  /** Undefined: its server is asked. */
  readonly reason: string | undefined;
}[] = [
  { name: 'this server itself', object: { ...remote, spec }, reason: 'Local' },
  { name: 'no service', reason: 'ServiceNotFound' },
  {
    name: 'another port',
    service: service('ClusterIP', [8443, 'https']),
    reason: 'ServicePortError',
  },
  { name: 'no endpoints', service: listening, reason: 'EndpointsNotFound' },
  {
    name: 'none that is ready',
    service: listening,
    slices: [slice('https', false)],
    reason: 'MissingEndpoints',
  },
  {
    name: 'none of that port',
    service: listening,
    slices: [slice('http', true)],
    reason: 'MissingEndpoints',
  },
  { name: 'ready', service: listening, slices: [slice('https', true)], reason: undefined },
  { name: 'not said', service: listening, slices: [slice('https', undefined)], reason: undefined },
  { name: 'outside the cluster', service: service('ExternalName'), reason: undefined },
];

for (const { name, object = remote, service: found, slices = [], reason } of cases) {
  test(`availability: ${name}`, () => {
    assert.equal(findAvailability(object, found, slices)?.reason, reason);
  });
}

test('a condition keeps its time while its status is the same, and its place', () => {
  const finding = { status: 'False', reason: 'A', message: 'a' } as const;
  const first = withFinding([], finding, 'one');
  assert.equal(withFinding(first, finding, 'two'), first);
  const [other] = withFinding(first, { ...finding, reason: 'B' }, 'two');
  assert.deepEqual([other?.reason, other?.lastTransitionTime], ['B', 'one']);
  const now = withFinding(first, { ...finding, status: 'True' }, 'three');
  assert.equal(now[0]?.lastTransitionTime, 'three');
  assert.ok(isAvailable({ ...remote, status: { conditions: now } }));
  assert.ok(!isAvailable({ ...remote, status: { conditions: first } }));
});
