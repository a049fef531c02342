/** Endpoint slices: rules in the words of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import { submitted } from '../../core/testing.ts';
import { fakeContext, messages } from '../../testing.ts';
import { endpointSlices } from './endpoint-slice.ts';
import { validateEndpointSlice, validateEndpointSliceUpdate } from './validate.ts';

function slice(value: object): EndpointSlice {
  return submitted(endpointSlices, {
    metadata: { name: 'a', namespace: 'n' },
    addressType: 'IPv4',
    endpoints: [],
    ...value,
  }) as EndpointSlice;
}

const mistakes: readonly (readonly [value: object, ...messages: readonly string[]])[] = [
  [{ endpoints: [{ addresses: ['10.0.0.1'] }], ports: [{ port: 80 }] }],
  [
    { addressType: 'Carrier' },
    'addressType: Unsupported value: "Carrier": supported values: "FQDN", "IPv4", "IPv6"',
  ],
  [
    { endpoints: [{ addresses: [] }] },
    'endpoints[0].addresses: Required value: must contain at least 1 address',
  ],
  [
    { endpoints: [{ addresses: ['127.0.0.1'] }] },
    'endpoints[0].addresses[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
  ],
  [
    { endpoints: [{ addresses: ['010.0.0.1', '::ffff:10.0.0.1'] }] },
    'endpoints[0].addresses[0]: Invalid value: "010.0.0.1": must not have leading 0s',
    'endpoints[0].addresses[1]: Invalid value: "::ffff:10.0.0.1": must not be an IPv4-mapped IPv6 address',
  ],
  [{ ports: [{ port: 1 }, { port: 2 }] }, 'ports[1].name: Duplicate value: ""'],
];

test('mistakes are told in the words of a real server', () => {
  for (const [value, ...expected] of mistakes) {
    assert.deepEqual(
      messages(validateEndpointSlice(slice(value))),
      expected,
      JSON.stringify(value),
    );
  }
});

test('ports are completed', () => {
  assert.deepEqual(slice({ ports: [{ port: 80 }] }).ports, [
    { name: '', protocol: 'TCP', port: 80 },
  ]);
});

test('the type of the addresses stays', () => {
  const stored = slice({});
  const errors = validateEndpointSliceUpdate({ ...stored, addressType: 'IPv6' }, stored);
  assert.deepEqual(messages(errors), ['addressType: Invalid value: "IPv6": field is immutable']);
});

test('a node that was named in the old place stays named', () => {
  const endpoint = (name: string) => ({
    addresses: ['10.0.0.1'],
    deprecatedTopology: { 'kubernetes.io/hostname': name, other: 'x' },
  });
  const stored = slice({ endpoints: [endpoint('n')] });
  const sent = slice({ endpoints: [endpoint('n'), endpoint('m')] });
  const kept = endpointSlices.prepareForUpdate?.(sent, stored, fakeContext()) as EndpointSlice;
  assert.deepEqual(
    kept.endpoints.map(({ nodeName }) => nodeName),
    ['n', undefined],
  );
  assert.ok(kept.endpoints.every((one) => !('deprecatedTopology' in one)));
});
