import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableOf } from './columns.ts';
import { compileJsonPath } from './json-path.ts';

const object = {
  metadata: { name: 'a', creationTimestamp: '2026-01-01T00:00:00Z', labels: { 'a.b/c': 'l' } },
  spec: {
    n: 2,
    f: 1.5,
    on: true,
    text: 'x',
    nil: null,
    list: ['p', 'q', 'r'],
    map: { a: '2', b: 1 },
  },
  status: {
    conditions: [
      { type: 'Ready', status: 'True', n: 3 },
      { type: 'Old', status: 'False' },
    ],
  },
};
const nowMs = Date.parse('2026-01-01T01:00:00Z');

const cells: { type: string; path: string; cell: unknown }[] = [
  { type: 'string', path: '.spec.text', cell: 'x' },
  { type: 'string', path: '.spec.n', cell: '2' },
  { type: 'string', path: '.spec.on', cell: 'true' },
  { type: 'string', path: '.spec.list', cell: '["p","q","r"]' },
  { type: 'string', path: '.spec.map', cell: '{"a":"2","b":1}' },
  { type: 'string', path: '.spec.none', cell: null },
  { type: 'string', path: '.spec.nil', cell: '<no value>' },
  { type: 'integer', path: '.spec.nil', cell: null },
  { type: 'integer', path: '.spec.n', cell: 2 },
  { type: 'integer', path: '.spec.f', cell: 1 },
  { type: 'integer', path: '.spec.text', cell: null },
  { type: 'number', path: '.spec.f', cell: 1.5 },
  { type: 'boolean', path: '.spec.on', cell: true },
  { type: 'boolean', path: '.spec.text', cell: null },
  { type: 'date', path: '.metadata.creationTimestamp', cell: '60m' },
  { type: 'date', path: '.spec.text', cell: '<invalid>' },
  { type: 'date', path: '.spec.none', cell: null },
  { type: 'string', path: '.status.conditions[?(@.type=="Ready")].status', cell: 'True' },
  { type: 'string', path: '.spec.list[', cell: null },
];

for (const { type, path, cell } of cells) {
  test(`${path} as ${type}`, () => {
    const table = tableOf([{ name: 'X', type, jsonPath: path }]);
    assert.deepEqual(table.row(object, nowMs), ['a', cell]);
  });
}

test('a column without a description says where it comes from', () => {
  const [, column] = tableOf([{ name: 'X', type: 'string', jsonPath: '.x' }]).columns;
  assert.equal(column?.description, 'Custom resource definition column (in JSONPath format): .x');
});

const paths: { path: string; found: readonly unknown[] }[] = [
  { path: '.spec.list[1]', found: ['q'] },
  { path: '.spec.list[-1]', found: ['r'] },
  { path: '.spec.list[0:2]', found: ['p', 'q'] },
  { path: '.spec.list[*]', found: ['p', 'q', 'r'] },
  { path: '.spec.list[0,2]', found: ['p', 'r'] },
  { path: ".metadata.labels['a.b/c']", found: ['l'] },
  { path: String.raw`.metadata.labels.a\.b/c`, found: ['l'] },
  { path: '..status', found: [object.status, 'True', 'False'] },
  { path: '.status.conditions[?(@.n>2)].type', found: ['Ready'] },
  { path: '.status.conditions[?(@.type!="Ready")].type', found: ['Old'] },
  { path: '.status.conditions[?(@.n)].type', found: ['Ready'] },
  { path: '.nothing.at.all', found: [] },
];

for (const { path, found } of paths) {
  test(`path ${path}`, () => assert.deepEqual(compileJsonPath(path)(object), found));
}
