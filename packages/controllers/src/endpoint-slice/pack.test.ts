/** How endpoints are distributed: slices are `[ab c]` (with a mark `~` when their labels are behind), at most three per slice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Endpoint, EndpointSlice } from '@navarch/api/types/discovery/v1';
import { pack } from './pack.ts';

function endpoint(name: string): Endpoint {
  return { addresses: [name], targetRef: { kind: 'Pod', name, uid: name } };
}

function parseSlices(text: string): EndpointSlice[] {
  return [...text.matchAll(/\[([a-z ]*)\](~?)/g)].map(([, names = '', behind], index) => ({
    metadata: { name: `s${index + 1}`, labels: { current: behind ?? '' } },
    addressType: 'IPv4',
    ports: [],
    endpoints: names.split(' ').filter(Boolean).map(endpoint),
  }));
}

const show = (endpoints: readonly Endpoint[] = []): string =>
  endpoints.map(({ addresses }) => addresses[0]).join(' ');

const cases: { name: string; slices: string; wanted: string; result: string }[] = [
  { name: 'nothing changes', slices: '[a b]', wanted: 'a b', result: '' },
  { name: 'the first', slices: '', wanted: 'a b', result: 'new[a b]' },
  { name: 'more than fit', slices: '', wanted: 'a b c d', result: 'new[a b c] new[d]' },
  { name: 'one goes', slices: '[a b] [c]', wanted: 'a c', result: 's1[a]' },
  {
    name: 'a slice that changes anyway takes the new one',
    slices: '[a b] [c]',
    wanted: 'a c d',
    result: 's1[a d]',
  },
  {
    name: 'otherwise the fullest that has room',
    slices: '[a] [b c]',
    wanted: 'a b c d',
    result: 's2[b c d]',
  },
  {
    name: 'full slices are left alone',
    slices: '[a b c]',
    wanted: 'a b c d',
    result: 'new[d]',
  },
  { name: 'an empty slice goes', slices: '[a] [b]', wanted: 'b', result: 'gone s1' },
  { name: 'labels are brought up to date', slices: '[a]~', wanted: 'a', result: 's1[a]' },
  {
    name: 'an endpoint that is in two slices stays in one',
    slices: '[a b] [a]',
    wanted: 'a b',
    result: 'gone s2',
  },
];

for (const { name, slices, wanted, result } of cases) {
  test(`packing: ${name}`, () => {
    const packing = pack({
      slices: parseSlices(slices),
      endpoints: wanted.split(' ').map(endpoint),
      slots: 3,
      isCurrent: ({ metadata }) => metadata.labels?.['current'] === '',
      renew: (slice, endpoints) => ({ ...slice, endpoints }),
    });
    const shown = [
      ...packing.update.map(({ metadata, endpoints }) => `${metadata.name}[${show(endpoints)}]`),
      ...packing.create.map((endpoints) => `new[${show(endpoints)}]`),
      ...packing.remove.map(({ metadata }) => `gone ${metadata.name}`),
    ];
    assert.equal(shown.join(' '), result);
  });
}
