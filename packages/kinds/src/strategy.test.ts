import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { generations, specAndStatus, statusSubresource } from './strategy.ts';
import { fakeContext } from './testing.ts';

interface Thing extends KubernetesObject {
  readonly spec?: { readonly size?: number };
  readonly status?: { readonly seen?: number };
}

const context = fakeContext();
const stored: Thing = {
  metadata: { name: 'x', generation: 4, labels: { a: '1' } },
  spec: { size: 1 },
  status: { seen: 1 },
};

test('a new object starts at generation 1 with an empty status', () => {
  const { prepareForCreate } = specAndStatus<Thing>({ emptyStatus: {} });
  const fresh = prepareForCreate?.({ ...stored, metadata: { name: 'x', generation: 9 } }, context);
  assert.deepEqual(fresh, {
    metadata: { name: 'x', generation: 1 },
    spec: { size: 1 },
    status: {},
  });
});

const updates: readonly {
  readonly name: string;
  readonly submitted: Thing;
  readonly generation: number | undefined;
}[] = [
  { name: 'a changed spec counts', submitted: { ...stored, spec: { size: 2 } }, generation: 5 },
  { name: 'the same spec does not', submitted: { ...stored }, generation: 4 },
  { name: 'a status does not', submitted: { ...stored, status: { seen: 2 } }, generation: 4 },
  { name: 'an empty member does not', submitted: { ...stored, spec: { size: 1 } }, generation: 4 },
];

test('ordinary updates keep the status and count changes of the spec', () => {
  const { prepareForUpdate } = specAndStatus<Thing>({ emptyStatus: {} });
  for (const { name, submitted, generation } of updates) {
    const next = prepareForUpdate?.(submitted, stored, context);
    assert.equal(next?.metadata.generation, generation, name);
    assert.deepEqual(next?.status, { seen: 1 }, name);
  }
});

test('an update never brings a status where there is none', () => {
  const { prepareForUpdate } = specAndStatus<Thing>({ emptyStatus: {} });
  const { status: _, ...bare } = stored;
  const next = prepareForUpdate?.({ ...stored, status: { seen: 7 } }, bare, context);
  assert.ok(next && !('status' in next));
});

test('status updates keep the spec, and the labels where a kind says so', () => {
  const kind = { group: '', version: 'v1', kind: 'Thing' };
  const submitted: Thing = {
    metadata: { name: 'x', generation: 4, labels: { a: '2' } },
    spec: { size: 9 },
    status: { seen: 2 },
  };
  const free = statusSubresource<Thing>(kind).prepareForUpdate(submitted, stored, context);
  assert.deepEqual(free, { ...submitted, spec: { size: 1 } });
  const held = statusSubresource<Thing>(kind, { keepsMetadata: 'labels' });
  assert.deepEqual(held.prepareForUpdate(submitted, stored, context).metadata.labels, { a: '1' });
});

test('kinds decide what is a new generation', () => {
  const { prepareForUpdate } = generations<Thing>(() => false);
  const next = prepareForUpdate?.({ ...stored, spec: { size: 2 } }, stored, context);
  assert.equal(next?.metadata.generation, 4);
});
