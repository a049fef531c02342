import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorMessage } from '@navarch/api/field-error';
import type {
  Device,
  ResourceSlice,
  ResourceSliceSpec,
} from '@navarch/api/types/resource/v1/slice';
import { fakeContext } from '../testing.ts';
import { resourceSlices } from './resource-slice.ts';
import { validateSlice, validateSliceUpdate } from './validate-slice.ts';

const pool = { name: 'p', generation: 1, resourceSliceCount: 1 };
const usual: ResourceSliceSpec = { driver: 'd.example.com', pool, nodeName: 'n' };

function slice(spec: Partial<ResourceSliceSpec>): ResourceSlice {
  return { metadata: { name: 'x' }, spec: { ...usual, ...spec } };
}

const one =
  'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';

const specs: { name: string; spec: Partial<ResourceSliceSpec>; errors: string[] }[] = [
  { name: 'a node', spec: {}, errors: [] },
  { name: 'nowhere', spec: { nodeName: undefined }, errors: [`spec: Required value: ${one}`] },
  {
    name: 'two places',
    spec: { allNodes: true },
    errors: [
      `spec: Invalid value: "{\`nodeName\`, \`allNodes\`}": ${one}, but multiple fields are set`,
    ],
  },
  {
    name: 'not everywhere',
    spec: { allNodes: false },
    errors: ['spec.allNodes: Invalid value: false: must be either unset or set to true'],
  },
  {
    name: 'an empty pool',
    spec: { pool: { name: '', generation: -1, resourceSliceCount: 0 } },
    errors: [
      'spec.pool.name: Required value',
      'spec.pool.resourceSliceCount: Invalid value: 0: must be greater than zero',
      'spec.pool.generation: Invalid value: -1: must be greater than or equal to zero',
    ],
  },
  { name: 'a pool with a path', spec: { pool: { ...pool, name: 'a/b.c' } }, errors: [] },
  {
    name: 'no driver',
    spec: { driver: '' },
    errors: ['spec.driver: Required value'],
  },
  {
    name: 'the same name twice',
    spec: { devices: [{ name: 'a' }, { name: 'a' }] },
    errors: ['spec.devices[1].name: Duplicate value: "a"'],
  },
  {
    name: 'counters beside devices',
    spec: { devices: [], sharedCounters: [{ name: 'c', counters: {} }] },
    errors: [
      'spec: Invalid value: "": only one of `sharedCounters` or `devices` is allowed',
      'spec.sharedCounters[0].counters: Required value',
    ],
  },
];

for (const { name, spec, errors } of specs) {
  test(`a slice with ${name}`, () => {
    assert.deepEqual(validateSlice(slice(spec)).map(errorMessage), errors);
  });
}

const at = 'spec.devices[0]';
const devices: { name: string; device: Partial<Device>; errors: string[] }[] = [
  {
    name: 'attributes of every sort',
    device: {
      attributes: { a: { int: 1 }, 'e.com/b': { bool: true }, c: { version: '1.2.3-rc.1+x' } },
    },
    errors: [],
  },
  {
    name: 'an attribute without a value',
    device: { attributes: { a: {} } },
    errors: [`${at}.attributes[a]: Required value: exactly one value must be specified`],
  },
  {
    name: 'an attribute with two',
    device: { attributes: { a: { int: 1, bool: true } } },
    errors: [
      `${at}.attributes[a]: Invalid value: {"IntValue":1,"BoolValue":true,"StringValue":null,"VersionValue":null}: exactly one value must be specified`,
    ],
  },
  {
    name: 'a version that is none',
    device: { attributes: { a: { version: '1.2' } } },
    errors: [
      `${at}.attributes[a].version: Invalid value: "1.2": must be a string compatible with semver.org spec 2.0.0`,
    ],
  },
  {
    name: 'a name without its domain',
    device: { capacity: { '/a': { value: '1' } } },
    errors: [`${at}.capacity: Required value: the domain must not be empty`],
  },
  {
    name: 'a place of its own where the slice has one',
    device: { allNodes: true },
    errors: [
      `${at}: Invalid value: null: \`nodeName\`, \`nodeSelector\` and \`allNodes\` can only be set if \`perDeviceNodeSelection\` is set to true in the ResourceSlice spec`,
    ],
  },
  {
    name: 'a taint without an effect',
    device: { taints: [{ key: 'k', effect: '' as 'None' }] },
    errors: [`${at}.taints[0].effect: Required value`],
  },
  {
    name: 'conditions to give up on, and none to wait for',
    device: { bindingFailureConditions: ['a', 'a'] },
    errors: [
      `${at}.bindingFailureConditions[1]: Duplicate value: "a"`,
      `${at}.bindingConditions: Invalid value: null: bindingConditions are required to use bindingFailureConditions`,
    ],
  },
];

for (const { name, device, errors } of devices) {
  test(`a device with ${name}`, () => {
    const found = validateSlice(slice({ devices: [{ name: 'a', ...device }] }));
    assert.deepEqual(found.map(errorMessage), errors);
  });
}

test('a slice stays where it is', () => {
  const moved = slice({ nodeName: 'm', driver: 'e.example.com', pool: { ...pool, name: 'q' } });
  assert.deepEqual(
    validateSliceUpdate(moved, slice({})).map(({ field }) => field),
    ['spec.pool.name', 'spec.driver', 'spec.nodeName'],
  );
});

test('what no cluster of this version does is dropped', () => {
  const sent = slice({
    devices: [
      {
        name: 'a',
        attributes: { a: { strings: ['x'] }, b: { int: 1 } },
        nodeAllocatableResourceMappings: { cpu: {} },
      },
    ],
  });
  const kept = resourceSlices.prepareForCreate?.(sent, fakeContext());
  assert.deepEqual(kept, {
    metadata: { name: 'x', generation: 1 },
    spec: { ...usual, devices: [{ name: 'a', attributes: { a: {}, b: { int: 1 } } }] },
  });
});

test('a capacity that stays as it was is not looked at again', () => {
  const capacity = { a: { value: '1', requestPolicy: { default: '1' } } };
  const stored = slice({ devices: [{ name: 'a', capacity }] });
  assert.deepEqual(validateSliceUpdate(stored, stored), []);
  const [error] = validateSlice(stored).map(errorMessage);
  assert.equal(
    error,
    `${at}.capacity[a].requestPolicy: Forbidden: allowMultipleAllocations must be true`,
  );
});

test('taints say since when they are there', () => {
  const timeAdded = '2025-01-01T00:00:00Z';
  const taints = [
    { key: 'a', effect: 'None' },
    { key: 'b', effect: 'None', timeAdded },
  ] as const;
  const sent = slice({ devices: [{ name: 'a', taints }] });
  const kept = resourceSlices.prepareForCreate?.(sent, fakeContext()) as ResourceSlice;
  const times = kept.spec.devices?.[0]?.taints?.map((taint) => taint.timeAdded);
  assert.deepEqual(times, ['2026-01-01T00:00:00Z', timeAdded]);
});
