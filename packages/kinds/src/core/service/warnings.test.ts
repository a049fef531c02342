/** Remarks on services, in the order in which they are made. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Service, ServiceSpec, ServiceStatus } from '@navarch/api/types/core/v1/service';
import { serviceStatusWarnings, serviceWarnings } from './warnings.ts';

const sloppy = (path: string) =>
  `${path}: non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release: use "10.0.0.1"`;

const cases: readonly (readonly [name: string, spec: Partial<ServiceSpec>, ...string[]])[] = [
  ['an ordinary one', {}],
  [
    'a headless one with what it cannot use',
    {
      clusterIP: 'None',
      clusterIPs: ['None'],
      externalIPs: ['010.0.0.1'],
      sessionAffinity: 'ClientIP',
    },
    'spec.externalIPs is ignored for headless services',
    'spec.SessionAffinity is ignored for headless services',
    sloppy('spec.externalIPs[0]'),
  ],
  [
    'a range with bits that do not count',
    { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.1.0.0/8'] },
    'spec.loadBalancerSourceRanges[0]: CIDR value "10.1.0.0/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.1.0.0/32"?)',
  ],
  [
    'a name elsewhere with addresses',
    { type: 'ExternalName', externalName: 'a.com', externalIPs: ['10.0.0.1'] },
    'spec.externalIPs is ignored when spec.type is "ExternalName"',
  ],
  [
    'a name that nobody asks for',
    { externalName: 'a.com' },
    'spec.externalName is ignored when spec.type is not "ExternalName"',
  ],
];

for (const [name, spec, ...warnings] of cases) {
  test(`remarks on ${name}`, () => {
    const service: Service = {
      metadata: { name: 'a' },
      spec: { type: 'ClusterIP', sessionAffinity: 'None', ...spec },
    };
    assert.deepEqual(serviceWarnings(service), warnings);
  });
}

test('remarks on what a load balancer reported', () => {
  const status: ServiceStatus = { loadBalancer: { ingress: [{ ip: '010.0.0.1' }, { ip: '' }] } };
  assert.deepEqual(serviceStatusWarnings({ metadata: { name: 'a' }, spec: {}, status }), [
    sloppy('status.loadBalancer.ingress[0]'),
  ]);
});
