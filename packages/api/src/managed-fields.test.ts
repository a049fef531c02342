import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { managedFieldsForCreate, managedFieldsForUpdate } from './managed-fields.ts';
import type { ManagedFieldsEntry } from './types/meta/v1/object.ts';
import { fieldSetOf } from './managed-fields/field-set-of.ts';
import { compareValues } from './managed-fields/compare.ts';
import { structOf } from './schema/registry.ts';

type Data = Record<string, string>;
const configMap = structOf('core/v1.ConfigMap');

const object = (data: Data, managedFields?: readonly ManagedFieldsEntry[]) => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name: 'c', ...(managedFields ? { managedFields } : undefined) },
  ...(Object.keys(data).length > 0 ? { data } : undefined),
});

function create(data: Data, manager: string, time = 't0'): readonly ManagedFieldsEntry[] {
  const made = object(data);
  return managedFieldsForCreate({
    schema: configMap,
    object: made,
    manager,
    apiVersion: 'v1',
    time,
  });
}

interface Step {
  readonly manager: string;
  readonly time?: string;
  readonly sent?: readonly ManagedFieldsEntry[];
}

function update(
  live: Data,
  entries: readonly ManagedFieldsEntry[],
  data: Data,
  { manager, time = 't1', sent }: Step,
): readonly ManagedFieldsEntry[] {
  return managedFieldsForUpdate({
    schema: configMap,
    live: object(live, entries),
    updated: object(data, sent),
    manager,
    apiVersion: 'v1',
    time,
  });
}

/** `one@t0:{...} two@t1:{...}` */
function shown(entries: readonly ManagedFieldsEntry[]): string {
  return entries.map((e) => `${e.manager}@${e.time}:${JSON.stringify(e.fieldsV1)}`).join(' ');
}

test('a create owns what was sent, without system fields', () => {
  assert.equal(
    shown(create({ b: '2', a: '1' }, 'one')),
    'one@t0:{"f:data":{".":{},"f:a":{},"f:b":{}}}',
  );
  assert.deepEqual(create({}, 'one'), []);
  const [entry] = create({ a: '1' }, '');
  assert.deepEqual(Object.keys(entry ?? {}), [
    'manager',
    'operation',
    'apiVersion',
    'time',
    'fieldsType',
    'fieldsV1',
  ]);
  assert.equal(entry?.manager, 'unknown');
});

const first = create({ a: '1', b: '2' }, 'one');

const updates: [name: string, data: Data, step: Step, expected: string][] = [
  [
    'nothing changed',
    { a: '1', b: '2' },
    { manager: 'two' },
    'one@t0:{"f:data":{".":{},"f:a":{},"f:b":{}}}',
  ],
  [
    'a changed field changes hands',
    { a: 'x', b: '2' },
    { manager: 'two' },
    'one@t0:{"f:data":{".":{},"f:b":{}}} two@t1:{"f:data":{"f:a":{}}}',
  ],
  [
    'a new field',
    { a: '1', b: '2', c: '3' },
    { manager: 'two' },
    'one@t0:{"f:data":{".":{},"f:a":{},"f:b":{}}} two@t1:{"f:data":{"f:c":{}}}',
  ],
  [
    "a removed field is nobody's",
    { a: '1' },
    { manager: 'two' },
    'one@t0:{"f:data":{".":{},"f:a":{}}}',
  ],
  [
    'everything replaced',
    { only: 'this' },
    { manager: 'two' },
    'one@t0:{"f:data":{}} two@t1:{"f:data":{"f:only":{}}}',
  ],
  ['everything removed', {}, { manager: 'two' }, ''],
  [
    'the same manager keeps one entry',
    { a: 'x', b: '2' },
    { manager: 'one' },
    'one@t1:{"f:data":{".":{},"f:a":{},"f:b":{}}}',
  ],
  [
    'a list that is sent replaces ours',
    { a: '1', b: '2' },
    {
      manager: 'two',
      sent: [
        {
          manager: 'me',
          operation: 'Update',
          apiVersion: 'v1',
          time: 't',
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:data': { 'f:a': {} } },
        },
      ],
    },
    'me@t:{"f:data":{"f:a":{}}}',
  ],
  ['one empty entry clears', { a: 'x', b: '2' }, { manager: 'two', sent: [{}] }, ''],
  [
    'an empty list changes nothing',
    { a: '1', b: '2' },
    { manager: 'two', sent: [] },
    'one@t0:{"f:data":{".":{},"f:a":{},"f:b":{}}}',
  ],
  [
    'a version nobody knows is dropped',
    { a: '1', b: '2' },
    {
      manager: 'two',
      sent: [
        {
          manager: 'me',
          operation: 'Update',
          apiVersion: 'v9',
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:data': { 'f:a': {} } },
        },
      ],
    },
    '',
  ],
];

test('updates', () => {
  for (const [name, data, step, expected] of updates) {
    assert.equal(shown(update({ a: '1', b: '2' }, first, data, step)), expected, name);
  }
});

test('objects without owners stay so', () => {
  assert.deepEqual(update({ a: '1' }, [], { a: '2' }, { manager: 'two' }), []);
});

test('the eleventh manager merges the two oldest', () => {
  let data: Data = { k00: '0' };
  let entries = create(data, 'm00', '00');
  for (let i = 1; i <= 10; i++) {
    const name = String(i).padStart(2, '0');
    const next = { ...data, [`k${name}`]: '0' };
    entries = update(data, entries, next, { manager: `m${name}`, time: name });
    data = next;
  }
  assert.equal(entries.length, 10);
  assert.equal(
    shown(entries.slice(0, 1)),
    'ancient-changes@01:{"f:data":{".":{},"f:k00":{},"f:k01":{}}}',
  );
  assert.equal(entries[9]?.manager, 'm10');
});

test('lists with keys, sets, atomic values, nested structs', () => {
  const pod = {
    metadata: { labels: { app: 'x' }, finalizers: ['b', 'a'] },
    spec: {
      containers: [
        { name: 'c', image: 'i', ports: [{ containerPort: 80, protocol: 'TCP' }], resources: {} },
      ],
      nodeSelector: { a: 'b' },
      securityContext: {},
    },
    status: {},
  };
  const [entry] = managedFieldsForCreate({
    schema: structOf('core/v1.Pod'),
    object: pod,
    manager: 'm',
    apiVersion: 'v1',
    time: 't',
  });
  const container = {
    '.': {},
    'f:image': {},
    'f:name': {},
    'f:ports': {
      '.': {},
      'k:{"containerPort":80,"protocol":"TCP"}': {
        '.': {},
        'f:containerPort': {},
        'f:protocol': {},
      },
    },
    'f:resources': {},
  };
  assert.deepEqual(entry?.fieldsV1, {
    'f:metadata': {
      'f:finalizers': { '.': {}, 'v:"a"': {}, 'v:"b"': {} },
      'f:labels': { '.': {}, 'f:app': {} },
    },
    'f:spec': {
      'f:containers': { 'k:{"name":"c"}': container },
      'f:nodeSelector': {},
      'f:securityContext': {},
    },
  });
});

const data = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2'), {
  noNullPrototype: true,
});

test('a writer never owns what is not there, and comparing finds every difference', () => {
  fc.assert(
    fc.property(data, data, (before, after) => {
      const { added, modified, removed } = compareValues(configMap, object(before), object(after));
      const there = JSON.stringify(fieldSetOf(configMap, object(after)));
      for (const key of Object.keys({ ...before, ...after })) {
        const step = `"f:${key}"`;
        assert.equal(JSON.stringify(added).includes(step), !(key in before) && key in after);
        assert.equal(JSON.stringify(removed).includes(step), key in before && !(key in after));
        const differs = key in before && key in after && before[key] !== after[key];
        assert.equal(JSON.stringify(modified).includes(step), differs);
        assert.equal(there.includes(step), key in after);
      }
    }),
  );
});
