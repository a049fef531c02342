import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaleSubresource } from './scale.ts';

test('a scale as a table', () => {
  const { table } = scaleSubresource(
    () => '',
    (object) => object,
  );
  assert.deepEqual(
    table?.columns.map(({ name, type, format }) => [name, type, format]),
    [
      ['Name', 'string', ''],
      ['Desired', 'integer', undefined],
      ['Available', 'integer', undefined],
      ['Age', 'string', undefined],
    ],
  );
  const scale = {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name: 'd', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { replicas: 3 },
    status: { replicas: 2, selector: '' },
  };
  assert.deepEqual(table?.row(scale, Date.parse('2026-01-01T00:00:30Z')), ['d', 3, 2, '30s']);
});
