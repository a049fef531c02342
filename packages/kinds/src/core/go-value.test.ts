import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structOf } from '@navarch/api/schema/registry';
import { goName, goStruct, printed } from './go-value.ts';

/** Each with the value as a client sends it, and as the server's own type prints. */
const cases: [type: string, value: object, shown: object][] = [
  [
    'core/v1.Toleration',
    { key: 'a' },
    { Key: 'a', Operator: '', Value: '', Effect: '', TolerationSeconds: null },
  ],
  [
    'core/v1.ContainerPort',
    { containerPort: 80, hostIP: '::1' },
    { Name: '', HostPort: 0, ContainerPort: 80, Protocol: '', HostIP: '::1' },
  ],
  [
    'core/v1.ResourceRequirements',
    { limits: { memory: '1Gi', cpu: '1' } },
    { Limits: { cpu: '1', memory: '1Gi' }, Requests: null, Claims: null },
  ],
  [
    'core/v1.Probe',
    { tcpSocket: { port: 'http' } },
    {
      Exec: null,
      HTTPGet: null,
      TCPSocket: { Port: 'http', Host: '' },
      GRPC: null,
      InitialDelaySeconds: 0,
      TimeoutSeconds: 0,
      PeriodSeconds: 0,
      SuccessThreshold: 0,
      FailureThreshold: 0,
      TerminationGracePeriodSeconds: null,
    },
  ],
];

for (const [type, value, shown] of cases) {
  test(`${type} as the server's own type`, () => {
    assert.deepEqual(goStruct(structOf(type), value), shown);
  });
}

test('types of meta/v1 print as on the wire', () => {
  const selector = { matchLabels: { a: 'b' } };
  const shown = goStruct(structOf('core/v1.PersistentVolumeClaimSpec'), { selector });
  assert.deepEqual(shown['Selector'], selector);
});

test('sources of volumes come in an order of their own', () => {
  const names = Object.keys(goStruct(structOf('core/v1.PersistentVolumeSource'), {}));
  assert.deepEqual(names.slice(0, 8), [
    'GCEPersistentDisk',
    'AWSElasticBlockStore',
    'HostPath',
    'Glusterfs',
    'NFS',
    'RBD',
    'Quobyte',
    'ISCSI',
  ]);
});

test('abbreviations are capitals', () => {
  const names = ['uid', 'podIP', 'dnsPolicy', 'setHostnameAsFQDN', 'name'];
  assert.deepEqual(names.map(goName), ['UID', 'PodIP', 'DNSPolicy', 'SetHostnameAsFQDN', 'Name']);
});

test('markup is escaped', () => {
  assert.equal(printed({ a: '<b>' }), '{\n "a": "\\u003cb\\u003e"\n}');
});
