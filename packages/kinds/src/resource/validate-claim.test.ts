import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorMessage } from '@navarch/api/field-error';
import type {
  DeviceClaim,
  ResourceClaim,
  ResourceClaimStatus,
} from '@navarch/api/types/resource/v1/claim';
import { validateClaim, validateClaimUpdate, validateTemplate } from './validate-claim.ts';
import { validateClaimStatus } from './validate-claim-status.ts';

const exactly = { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1 } as const;

function claim(devices: DeviceClaim, status?: ResourceClaimStatus): ResourceClaim {
  return { metadata: { name: 'x' }, spec: { devices }, ...(status && { status }) };
}

const plain = (status: ResourceClaimStatus) =>
  claim({ requests: [{ name: 'r', exactly }] }, status);
const consumer = { resource: 'pods', name: 'p', uid: 'u' };

test('constraints and configurations name requests, or alternatives in them', () => {
  const devices: DeviceClaim = {
    requests: [{ name: 'r', firstAvailable: [{ name: 's', ...exactly }] }],
    constraints: [{ requests: ['r', 'r/s', 's'], matchAttribute: 'example.com/numa' }],
  };
  assert.deepEqual(validateClaim(claim(devices)).map(errorMessage), [
    `spec.devices.constraints[0].requests[2]: Invalid value: "s": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'`,
  ]);
});

test('what is there twice is told of last', () => {
  const devices: DeviceClaim = {
    requests: [
      { name: 'r', exactly },
      { name: 'r', exactly },
      { name: 'S', exactly },
    ],
    constraints: [{ requests: ['r', 'r', 'a/b/c'], matchAttribute: 'example.com/numa' }],
  };
  assert.deepEqual(
    validateClaim(claim(devices)).map(({ field, type }) => `${field} ${type}`),
    [
      'spec.devices.requests[2].name Invalid',
      'spec.devices.requests[1].name Duplicate',
      'spec.devices.constraints[0].requests[2] Invalid',
      'spec.devices.constraints[0].requests[1] Duplicate',
    ],
  );
});

test('attributes have a domain and a name', () => {
  const errors = (matchAttribute: string) =>
    validateClaim(
      claim({ requests: [{ name: 'r', exactly }], constraints: [{ matchAttribute }] }),
    ).map(errorMessage);
  const path = 'spec.devices.constraints[0].matchAttribute';
  assert.deepEqual(errors('example.com/a'), []);
  assert.deepEqual(errors('a'), [`${path}: Invalid value: "a": must include a domain`]);
  assert.deepEqual(errors('/a'), [`${path}: Required value: the domain must not be empty`]);
});

test('the spec stays', () => {
  const other = claim({ requests: [{ name: 'other', exactly }] });
  const [error] = validateClaimUpdate(other, plain({}));
  assert.equal(
    error && errorMessage(error),
    'spec: Invalid value: {"Devices":{"Requests":[{"Name":"other","Exactly":{"DeviceClassName":"gpu","Selectors":null,"AllocationMode":"ExactCount","Count":1,"AdminAccess":null,"Tolerations":null,"Capacity":null},"FirstAvailable":null}],"Constraints":null,"Config":null}}: field is immutable',
  );
  assert.deepEqual(validateClaimUpdate(plain({}), plain({})), []);
});

test('devices are reserved once allocated, and stay allocated as they are', () => {
  const allocation = { devices: { results: [] } };
  const allocated = plain({ allocation });
  assert.deepEqual(
    validateClaimStatus(plain({ allocation, reservedFor: [consumer] }), allocated),
    [],
  );
  assert.deepEqual(validateClaimStatus(plain({}), allocated), []);
  const fields = (status: ResourceClaimStatus) =>
    validateClaimStatus(plain(status), allocated).map(({ field, type }) => `${field} ${type}`);
  assert.deepEqual(fields({ reservedFor: [consumer] }), ['status.reservedFor Forbidden']);
  assert.deepEqual(fields({ allocation: {} }), ['status.allocation Invalid']);
  assert.deepEqual(fields({ allocation, reservedFor: [consumer, consumer] }), [
    'status.reservedFor[1].uid Duplicate',
  ]);
});

test('a template has labels and annotations that claims can have', () => {
  const template = {
    metadata: { name: 'x' },
    spec: {
      metadata: { labels: { 'a b': 'c' }, annotations: { '/': '' } },
      spec: { devices: { requests: [] } },
    },
  };
  assert.deepEqual(
    validateTemplate(template).map(({ field }) => field.replace('spec.metadata.', '')),
    ['annotations', 'annotations', 'annotations', 'labels'],
  );
});
