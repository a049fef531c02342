/** Server-side apply: what must hold for any configurations, and the cases that people ask about. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeObject } from '../../schema/decode.ts';
import { structOf } from '../../schema/registry.ts';
import { isStatusError } from '../../status.ts';
import type { ManagedFieldsEntry } from '../../types/meta/v1/object.ts';
import { applyConfiguration } from './apply.ts';
import { checkConfiguration } from './check.ts';
import { mergeValues } from './merge.ts';
import type { Members } from './versions.ts';

const schema = structOf('core/v1.Pod');

interface Options {
  readonly force?: boolean;
  readonly time?: string;
}

/** The object as it is stored afterwards. */
function apply(
  live: Members | undefined,
  manager: string,
  config: Members,
  options: Options = {},
): Members {
  const { force = false, time = '2026-01-01T00:00:00Z' } = options;
  const writer = { manager, apiVersion: 'v1', time, schema, force };
  const { object, managedFields } = applyConfiguration({ ...writer, live, config });
  const { value } = decodeObject(schema, object, { asStored: true });
  return decodeObject(schema, { ...value, metadata: { ...metadataOf(value), managedFields } })
    .value;
}

function metadataOf(object: Members): Members {
  return (object['metadata'] ?? {}) as Members;
}

function ownersOf(object: Members | undefined): readonly ManagedFieldsEntry[] {
  return (metadataOf(object ?? {})['managedFields'] ?? []) as readonly ManagedFieldsEntry[];
}

function withoutOwners(object: Members): Members {
  const { managedFields: _, ...metadata } = metadataOf(object);
  return { ...object, metadata };
}

const word = fc.constantFrom('a', 'b', 'c');
const map = fc.dictionary(word, fc.constantFrom('1', '2'), {
  maxKeys: 3,
  noNullPrototype: true,
});
const keyed = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<(T & { name: string })[]> =>
  fc
    .uniqueArray(fc.tuple(word, value), { selector: ([name]) => name, maxLength: 3 })
    .map((items) => items.map(([name, item]) => ({ name, ...item })));
const optional = { requiredKeys: [] };
const container = fc.record(
  {
    image: fc.constantFrom('x', 'y'),
    args: fc.array(word, { maxLength: 2 }),
    env: keyed(fc.record({ value: word }, optional)),
  },
  optional,
);
const config: fc.Arbitrary<Members> = fc
  .record(
    {
      labels: map,
      finalizers: fc.uniqueArray(word, { maxLength: 3 }),
      spec: fc.record(
        {
          containers: keyed(container),
          nodeSelector: map,
          hostNetwork: fc.boolean(),
          nodeName: word,
        },
        optional,
      ),
    },
    optional,
  )
  .map(({ spec, ...metadata }) => ({
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'p', ...metadata },
    ...(spec && { spec }),
  }));
const nothing: Members = { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'p' } };

/** A pod that a few managers have written; whoever came later took what it wanted. */
const pod = fc
  .array(fc.tuple(fc.constantFrom('one', 'two'), config), { maxLength: 3 })
  .map((writes) =>
    writes.reduce<Members | undefined>(
      (live, [manager, wanted]) => apply(live, manager, wanted, { force: true }),
      undefined,
    ),
  );

test('applying again changes nothing', () => {
  fc.assert(
    fc.property(pod, config, (live, wanted) => {
      const once = apply(live, 'me', wanted, { force: true });
      const twice = apply(once, 'me', wanted, { time: '2026-01-02T00:00:00Z' });
      assert.deepEqual(withoutOwners(twice), withoutOwners(once));
      assert.deepEqual(ownersOf(twice), ownersOf(once), 'not even the time');
    }),
  );
});

test('what is applied is there afterwards', () => {
  fc.assert(
    fc.property(pod, config, (live, wanted) => {
      const after = apply(live, 'me', wanted, { force: true });
      const again = mergeValues(schema, withoutOwners(after), wanted);
      const { value } = decodeObject(schema, again, { asStored: true });
      assert.deepEqual(decodeObject(schema, value).value, withoutOwners(after));
    }),
  );
});

test('who applies and then lets go of everything leaves no trace', () => {
  fc.assert(
    fc.property(config, config, (theirs, mine) => {
      const before = apply(undefined, 'they', theirs);
      let during: Members;
      try {
        during = apply(before, 'me', mine);
      } catch (error) {
        fc.pre(!isStatusError(error, 'Conflict'));
        throw error;
      }
      const after = apply(during, 'me', nothing);
      assert.deepEqual(
        ownersOf(after).map(({ manager }) => manager),
        ownersOf(before).map(({ manager }) => manager),
      );
      // The order of list items may be another: the configuration's order counted while it was there.
      assert.deepEqual(inOrder(withoutOwners(after)), inOrder(withoutOwners(before)));
    }),
  );
});

test('without force, what others own keeps its value', () => {
  fc.assert(
    fc.property(config, config, (theirs, mine) => {
      const before = apply(undefined, 'they', theirs);
      try {
        const after = apply(before, 'me', mine);
        assert.deepEqual(
          ownersOf(after).find(({ manager }) => manager === 'they')?.fieldsV1,
          ownersOf(before).find(({ manager }) => manager === 'they')?.fieldsV1,
        );
        const again = apply(after, 'they', theirs);
        assert.deepEqual(inOrder(withoutOwners(again)), inOrder(withoutOwners(after)));
      } catch (error) {
        assert.ok(isStatusError(error, 'Conflict'), String(error));
      }
    }),
  );
});

test('a field that its only owner leaves out goes; one that somebody shares stays', () => {
  const full = { ...nothing, metadata: { name: 'p', labels: { a: '1', b: '2' } } };
  const less = { ...nothing, metadata: { name: 'p', labels: { b: '2' } } };
  const alone = apply(apply(undefined, 'me', full), 'me', less);
  assert.deepEqual(metadataOf(alone)['labels'], { b: '2' });
  const shared = apply(apply(apply(undefined, 'me', full), 'you', full), 'me', less);
  assert.deepEqual(metadataOf(shared)['labels'], { a: '1', b: '2' });
});

test('an object that nobody owns is owned by what was before', () => {
  const live = { ...nothing, metadata: { name: 'p', labels: { a: '1' } } };
  const wanted = { ...nothing, metadata: { name: 'p', labels: { a: '2' } } };
  assert.throws(() => apply(live, 'me', wanted), /conflict with "before-first-apply" using v1/);
});

test('conflicts are told by owner and field', () => {
  const theirs = {
    ...nothing,
    metadata: { name: 'p', labels: { a: '1' } },
    spec: { containers: [{ name: 'c', image: 'x', env: [{ name: 'E', value: '1' }] }] },
  };
  const mine = {
    ...nothing,
    metadata: { name: 'p', labels: { a: '2' } },
    spec: { containers: [{ name: 'c', image: 'y', env: [{ name: 'E', value: '2' }] }] },
  };
  const live = apply(undefined, 'they', theirs);
  assert.throws(() => apply(live, 'me', mine), {
    message: [
      'Apply failed with 3 conflicts: conflicts with "they":',
      '- .metadata.labels.a',
      '- .spec.containers[name="c"].image',
      '- .spec.containers[name="c"].env[name="E"].value',
    ].join('\n'),
  });
  const forced = apply(live, 'me', mine, { force: true });
  assert.deepEqual(
    ownersOf(forced).map(({ manager }) => manager),
    ['me', 'they'],
    'the item and its name are still theirs as well',
  );
});

const orders: { name: string; live: string; config: string; merged: string }[] = [
  { name: 'the configuration says the order', live: 'a b c', config: 'c a', merged: 'b c a' },
  { name: 'new ones come where they are asked for', live: 'a b', config: 'a n b', merged: 'a n b' },
  { name: 'others keep their place', live: 'x a y b z', config: 'a b', merged: 'x a y b z' },
  { name: 'others come before new ones', live: 'a x', config: 'a n', merged: 'a x n' },
  { name: 'nothing in common', live: 'a b', config: 'c d', merged: 'a b c d' },
];
for (const { name, live, config, merged } of orders) {
  test(`order of items: ${name}`, () => {
    const pod = (names: string): Members => ({
      spec: { containers: names.split(' ').map((item) => ({ name: item })) },
    });
    assert.deepEqual(mergeValues(schema, pod(live), pod(config)), pod(merged));
  });
}

const wrong: { name: string; config: Members; message: string }[] = [
  {
    name: 'a text where a map belongs',
    config: { spec: 'x' },
    message: '.spec: expected map, got &{x}',
  },
  {
    name: 'a map where a text belongs',
    config: { spec: { nodeName: { a: [1] } } },
    message:
      '.spec.nodeName: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":[]interface {}{1}}}',
  },
  {
    name: 'a text where a number belongs',
    config: { spec: { priority: 'high' } },
    message: '.spec.priority: expected numeric (int or float), got string',
  },
  {
    name: 'items that cannot be told apart',
    config: { spec: { containers: [{ name: 'a' }, { name: 'a' }] } },
    message: '.spec.containers: duplicate entries for key [name="a"]',
  },
  {
    name: 'values that repeat',
    config: { metadata: { finalizers: ['x', 'x'] } },
    message: '.metadata.finalizers: duplicate entries for key [="x"]',
  },
  {
    name: 'items without a name, which is none then',
    config: { spec: { containers: [{ image: 'a' }, { image: 'b' }] } },
    message: '.spec.containers: duplicate entries for key [name=""]',
  },
  {
    name: 'a map in a set',
    config: { metadata: { finalizers: [{ a: 1 }] } },
    message:
      ".metadata.finalizers: element 0: associative list without keys has an element that's a map type",
  },
  {
    name: 'nothing in a set, and what follows',
    config: { metadata: { finalizers: [null, 'x', 'x'] } },
    message:
      ".metadata.finalizers: element 0: associative list without keys has an element that's an explicit null",
  },
  {
    name: 'an unknown field',
    config: { spec: { no: 1 } },
    message: '.spec.no: field not declared in schema',
  },
];

test('the names of members are only names', () => {
  const configMap = structOf('core/v1.ConfigMap');
  const apply = (live: Members, config: string) =>
    applyConfiguration({
      manager: 'm',
      apiVersion: 'v1',
      schema: configMap,
      force: true,
      time: '',
      live,
      config: JSON.parse(config) as Members,
    });
  const first = apply({ data: { b: 'z' } }, '{"data":{"__proto__":"x","a":"y"}}');
  assert.equal(JSON.stringify(first.object), '{"data":{"b":"z","__proto__":"x","a":"y"}}');
  const owned = { ...first.object, metadata: { managedFields: first.managedFields } };
  const next = apply(owned, '{"data":{"__proto__":"x"}}');
  assert.equal(JSON.stringify(next.object['data']), '{"b":"z","__proto__":"x"}');
});

test('refused: an item without any key', () => {
  const account = structOf('core/v1.ServiceAccount');
  assert.deepEqual(checkConfiguration(account, { secrets: [{ namespace: 'x' }] }), [
    '.secrets: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)',
  ]);
});

for (const { name, config, message } of wrong) {
  test(`refused: ${name}`, () => {
    assert.deepEqual(checkConfiguration(schema, config), [message]);
  });
}

/** Items of keyed lists and sets by their names. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(inOrder);
    const isKeyed = items.every((item) => typeof (item as Members)['name'] === 'string');
    return isKeyed ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'finalizers' && Array.isArray(member)
        ? [...(member as string[])].sort()
        : inOrder(member),
    ]),
  );
}
