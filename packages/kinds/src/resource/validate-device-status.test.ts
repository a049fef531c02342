import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Path } from '@navarch/api/field-error';
import type {
  AllocatedDeviceStatus,
  ResourceClaim,
  ResourceClaimStatus,
} from '@navarch/api/types/resource/v1/claim';
import { messages } from '../testing.ts';
import { validateDeviceStatuses, withoutReturned } from './validate-device-status.ts';

const id = { driver: 'd.example.com', pool: 'p', device: 'a' };
const allocation = { devices: { results: [{ ...id, request: 'r' }] } };
const uid = '0123abcd-0123-4567-89ab-0123456789ab';
const usual: AllocatedDeviceStatus = { ...id, conditions: [] };
const at = 'status.devices[0]';
const address = 'must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)';
const other = (shown: string) =>
  `${at}: Invalid value: ${shown}: must be an allocated device in the claim`;

const cases: [name: string, status: Partial<AllocatedDeviceStatus>, errors: string[]][] = [
  ['nothing to say', {}, []],
  ['data', { data: { a: 1 } }, []],
  [
    'data that is no object',
    { data: [1] as never },
    [`${at}.data: Invalid value: "<value omitted>": must be a valid JSON object`],
  ],
  [
    'too much data',
    { data: { a: 'x'.repeat(10_241) } },
    [`${at}.data: Too long: may not be more than 10240 bytes`],
  ],
  [
    'another device',
    { device: 'b' },
    [other('{"Driver":"d.example.com","Pool":"p","Device":"b","ShareID":""}')],
  ],
  [
    'a share that is not there',
    { shareID: uid },
    [other(`{"Driver":"d.example.com","Pool":"p","Device":"a","ShareID":"${uid}"}`)],
  ],
  [
    'a share that is no uid',
    { shareID: 'x' },
    [
      `${at}.shareID: Invalid value: "x": error validating uid: invalid UUID length: 1`,
      other('{"Driver":"d.example.com","Pool":"p","Device":"a","ShareID":"x"}'),
    ],
  ],
  ['a network', { networkData: { interfaceName: 'eth0', ips: ['10.0.0.1/24', 'fd00::1/64'] } }, []],
  [
    'addresses that are none',
    { networkData: { ips: ['10.0.0.1', 'FD00::1/64', '1.2.3.4/8', '1.2.3.4/8'] } },
    [
      `${at}.networkData.ips[0]: Invalid value: "10.0.0.1": ${address}`,
      `${at}.networkData.ips[1]: Invalid value: "FD00::1/64": must be in canonical form ("fd00::1/64")`,
      `${at}.networkData.ips[3]: Duplicate value: "1.2.3.4/8"`,
    ],
  ],
  [
    'long names',
    { networkData: { interfaceName: 'x'.repeat(257), hardwareAddress: 'x'.repeat(129) } },
    [
      `${at}.networkData.interfaceName: Too long: may not be more than 256 bytes`,
      `${at}.networkData.hardwareAddress: Too long: may not be more than 128 bytes`,
    ],
  ],
];

for (const [name, status, errors] of cases) {
  test(`a device with ${name}`, () => {
    const found = validateDeviceStatuses(
      [{ ...usual, ...status }],
      allocation,
      Path.of('status', 'devices'),
    );
    assert.deepEqual(messages(found), errors);
  });
}

test('a device is spoken of once, in at most eight conditions', () => {
  const condition = {
    status: 'True' as const,
    reason: 'R',
    message: '',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
  const conditions = Array.from({ length: 9 }, (_, i) => ({ ...condition, type: `T${i}` }));
  const found = validateDeviceStatuses(
    [{ ...usual, conditions }, usual],
    allocation,
    Path.of('status', 'devices'),
  );
  assert.deepEqual(messages(found), [
    `${at}.conditions: Too many: 9: must have at most 8 items`,
    'status.devices[1]: Duplicate value: {"Driver":"d.example.com","Pool":"p","Device":"a","ShareID":""}',
  ]);
});

test('what was said of devices that are given back is forgotten', () => {
  const claim = (status: ResourceClaimStatus): ResourceClaim => ({
    metadata: { name: 'x' },
    spec: { devices: { requests: [] } },
    status,
  });
  const stored = claim({ allocation, devices: [usual] });
  assert.deepEqual(withoutReturned(claim({ devices: [usual] }), stored).status, {});
  assert.deepEqual(withoutReturned(stored, stored).status, stored.status);
});
