import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structOf } from '../schema/registry.ts';
import { StatusError } from '../status.ts';
import { applyStrategicPatch, readStrategicPatch } from './strategic.ts';

type Value = Readonly<Record<string, unknown>>;

function patched(schema: string, document: Value, patch: Value): unknown {
  const before = JSON.stringify([document, patch]);
  const result = applyStrategicPatch(structOf(schema), document, patch);
  assert.equal(JSON.stringify([document, patch]), before, 'an argument was changed');
  return result;
}

const meta = (value: Value): Value => ({ metadata: value });

const maps: [name: string, before: Value, patch: Value, after: Value][] = [
  ['members merge', { data: { a: '1' } }, { data: { b: '2' } }, { data: { a: '1', b: '2' } }],
  [
    'null removes',
    { data: { a: '1', b: '2' } },
    { data: { a: null, z: null } },
    { data: { b: '2' } },
  ],
  ['replace', { data: { a: '1' } }, { data: { $patch: 'replace', z: '3' } }, { data: { z: '3' } }],
  ['delete', { data: { a: '1' } }, { data: { $patch: 'delete' } }, { data: {} }],
  ['delete where there is none', {}, { data: { $patch: 'delete' } }, {}],
  ['replace where there is none', {}, { data: { $patch: 'replace', q: '1' } }, {}],
  [
    'retain keys',
    { data: { a: '1' } },
    { data: { $retainKeys: ['k'], k: 'v' } },
    { data: { k: 'v' } },
  ],
  [
    'null in a replaced map stays',
    { data: { a: '1' } },
    { data: { $patch: 'replace', g: null } },
    { data: { g: null } },
  ],
  ['the whole object', { data: { a: '1' } }, { $patch: 'delete' }, {}],
  ['another type', { data: { a: '1' } }, { data: 'x' }, { data: 'x' }],
  [
    'directives in what is new',
    {},
    { data: { $retainKeys: [], k: 'v', n: null, m: { $patch: 'replace' } } },
    { data: { $retainKeys: [], k: 'v' } },
  ],
];

test('maps', () => {
  for (const [name, before, patch, after] of maps) {
    assert.deepEqual(patched('core/v1.ConfigMap', before, patch), after, name);
  }
});

const finalizers: [name: string, before: string[], patch: Value, after: string[] | undefined][] = [
  ['add', ['a', 'b'], { finalizers: ['c'] }, ['c', 'a', 'b']],
  ['add what is there', ['c', 'a', 'b'], { finalizers: ['b'] }, ['c', 'a', 'b']],
  ['delete', ['c', 'a', 'b'], { '$deleteFromPrimitiveList/finalizers': ['a'] }, ['c', 'b']],
  ['delete what is not there', ['c'], { '$deleteFromPrimitiveList/finalizers': ['z'] }, ['c']],
  [
    'a list of deletions that is none',
    ['c'],
    { '$deleteFromPrimitiveList/finalizers': 'c' },
    ['c'],
  ],
  [
    'order',
    ['c', 'b'],
    { '$setElementOrder/finalizers': ['d', 'c', 'b'], finalizers: ['d'] },
    ['d', 'c', 'b'],
  ],
  ['null', ['c'], { finalizers: null }, undefined],
];

test('lists of scalars that merge', () => {
  for (const [name, before, patch, after] of finalizers) {
    const result = patched('core/v1.ConfigMap', meta({ finalizers: before }), meta(patch));
    assert.deepEqual(result, meta(after === undefined ? {} : { finalizers: after }), name);
  }
});

const containers = [
  { name: 'main', image: 'a:1', env: [{ name: 'A', value: '1' }] },
  { name: 'side', image: 'b:1' },
];

const lists: [name: string, patch: Value, after: unknown][] = [
  [
    'merge by name',
    { containers: [{ name: 'side', image: 'b:2' }] },
    [containers[0], { name: 'side', image: 'b:2' }],
  ],
  ['a new item comes first', { containers: [{ name: 'new' }] }, [{ name: 'new' }, ...containers]],
  ['delete an item', { containers: [{ $patch: 'delete', name: 'main' }] }, [containers[1]]],
  ['replace the list', { containers: [{ $patch: 'replace' }, { name: 'x' }] }, [{ name: 'x' }]],
  [
    'order',
    { '$setElementOrder/containers': [{ name: 'side' }, { name: 'main' }] },
    [containers[1], containers[0]],
  ],
  [
    'a list inside',
    { containers: [{ name: 'main', env: [{ name: 'B', value: '2' }] }] },
    [
      {
        ...containers[0],
        env: [
          { name: 'B', value: '2' },
          { name: 'A', value: '1' },
        ],
      },
      containers[1],
    ],
  ],
  [
    'deletions meet nothing',
    {
      containers: [
        {
          name: 'side',
          env: [
            { name: 'Z', value: 'z' },
            { name: 'Y', $patch: 'delete' },
          ],
        },
      ],
    },
    [containers[0], { ...containers[1], env: [{ name: 'Z', value: 'z' }] }],
  ],
];

test('lists of objects that merge', () => {
  for (const [name, patch, after] of lists) {
    const result = patched('core/v1.Pod', { spec: { containers } }, { spec: patch });
    assert.deepEqual(result, { spec: { containers: after } }, name);
  }
});

const commands: [name: string, patch: Value, after: unknown][] = [
  ['deletions', { '$deleteFromPrimitiveList/args': ['b'] }, ['a', 'c']],
  ['a new list', { args: ['b'] }, ['b']],
  ['an order', { '$setElementOrder/args': ['c', 'a'] }, ['b', 'c', 'a']],
];

test('lists of scalars that do not merge', () => {
  for (const [name, patch, after] of commands) {
    const before = { spec: { containers: [{ name: 'm', args: ['a', 'b', 'c'] }] } };
    const result = patched('core/v1.Pod', before, {
      spec: { containers: [{ name: 'm', ...patch }] },
    });
    assert.deepEqual(result, { spec: { containers: [{ name: 'm', args: after }] } }, name);
  }
});

test('a new item of a list is taken as it is', () => {
  const item = { name: 'new', $retainKeys: ['name'], image: null };
  const patch = { spec: { containers: [item] } };
  assert.deepEqual(patched('core/v1.Pod', { spec: { containers } }, patch), {
    spec: { containers: [item, ...containers] },
  });
});

test('an order of nothing is no order', () => {
  const patch = { containers: [{ name: 'side' }], '$setElementOrder/containers': [] };
  assert.deepEqual(patched('core/v1.Pod', { spec: { containers } }, { spec: patch }), {
    spec: { containers },
  });
});

test('members of maps that have members are refused', () => {
  const spec = { extra: { k: ['a'] } };
  const act = (): unknown =>
    patched('certificates/v1.CertificateSigningRequest', { spec }, { spec });
  assert.throws(act, {
    message: 'merging an object in json but data type is not struct, instead is: map',
  });
});

test('objects of any form merge one level deep', () => {
  const merge = (patch: Value): unknown =>
    patched('apps/v1.ControllerRevision', { data: { a: '1', m: { b: '2' } } }, { data: patch });
  assert.deepEqual(merge({ c: '3' }), { data: { a: '1', c: '3', m: { b: '2' } } });
  assert.throws(() => merge({ m: { d: '4' } }), {
    message: 'unable to find api field in struct RawExtension for the json field "m"',
  });
});

test('lists that do not merge are replaced', () => {
  const before = { spec: { tolerations: [{ key: 'a' }] } };
  const patch = { spec: { tolerations: [{ key: 'b', $patch: 'delete' }] } };
  assert.deepEqual(patched('core/v1.Pod', before, patch), patch);
});

const shownContainers =
  '[map[env:[map[name:A value:1]] image:a:1 name:main] map[image:b:1 name:side]]';
const wrong: [patch: Value, code: number, message: string][] = [
  [
    { containers: [{ $patch: 'merge', name: 'main' }] },
    500,
    'merging lists cannot yet be specified in the patch',
  ],
  [
    { containers: [{ $patch: 'wipe', name: 'main' }] },
    500,
    'unknown patch type: wipe in map: map[$patch:wipe name:main]',
  ],
  [
    { containers: [{ $patch: 'delete' }] },
    500,
    'map: map[$patch:delete] does not contain declared merge key: name',
  ],
  [
    { containers: ['main'] },
    500,
    `list element types are not identical: [${shownContainers} [main]]`,
  ],
  [
    { '$setElementOrder/containers': 'main' },
    500,
    'expected a []interface {}, but received a string',
  ],
  [
    {
      '$setElementOrder/containers': [{ name: 'main' }, { name: 'side' }],
      containers: [
        { name: 'side', image: 'b:3' },
        { name: 'main', image: 'a:3' },
      ],
    },
    500,
    "The order in patch list:\n[map[image:b:3 name:side] map[image:a:3 name:main]]\n doesn't match $setElementOrder list:\n[map[name:main] map[name:side]]\n",
  ],
  [
    { '$setElementOrder/containers': [{ image: 'x' }], containers: [{ name: 'side' }] },
    500,
    'map: map[image:x] does not contain declared merge key: name',
  ],
  [
    { '$setElementOrder/boxes': [{ name: 'x' }] },
    500,
    'unable to find api field in struct PodSpec for the json field "boxes"',
  ],
  [{ $setElementOrder: [{ name: 'x' }] }, 400, 'invalid patch format of setElementOrder list'],
  [
    { '$setElementOrder/containers': null },
    500,
    'expected a []interface {}, but received a %!s(<nil>)',
  ],
  [{ $patch: null }, 500, 'unknown patch type: %!s(<nil>) in map: map[$patch:<nil>]'],
  [{ $patch: 1 }, 500, 'unknown patch type: %!s(int64=1) in map: map[$patch:1]'],
  [{ $patch: 'purge' }, 500, 'unknown patch type: purge in map: map[$patch:purge]'],
  [{ $retainKeys: 'type' }, 400, 'invalid patch format of retainKeys'],
  [{ $retainKeys: ['a'], hostname: 'x' }, 400, 'invalid patch format of retainKeys'],
];

test('wrong directives', () => {
  for (const [patch, code, message] of wrong) {
    const act = (): unknown => patched('core/v1.Pod', { spec: { containers } }, { spec: patch });
    assert.throws(
      act,
      (error) =>
        error instanceof StatusError &&
        error.code === code &&
        (assert.equal(error.message, message), true),
    );
  }
});

test('reading', () => {
  assert.deepEqual(readStrategicPatch('null').patch, {});
  assert.deepEqual(readStrategicPatch('{"data":{"b":"4","b":"5"}}').problems, [
    'duplicate field "data.b"',
  ]);
  const cases: [string, string][] = [
    ['[]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
    ['"x"', 'json: cannot unmarshal string into Go value of type map[string]interface {}'],
    ['', 'unexpected end of JSON input'],
    ['data:', "invalid character 'd' looking for beginning of value"],
  ];
  for (const [text, message] of cases) assert.throws(() => readStrategicPatch(text), { message });
});
