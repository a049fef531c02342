import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorMessage, type FieldError } from '@navarch/api/field-error';
import { csiDrivers, csiNodes, csiStorageCapacities } from './csi.ts';
import { storageClasses } from './storage-class.ts';
import { volumeAttachments } from './volume-attachment.ts';
import { volumeAttributesClasses } from './volume-attributes-class.ts';

interface Definition {
  readonly validate?: (object: never) => readonly FieldError[];
  readonly validateUpdate?: (object: never, stored: never) => readonly FieldError[];
  readonly warnings?: (object: never, stored: undefined) => readonly string[];
}

// Built by hand, as loosely as a client may.
const built = (members: object) => ({ metadata: { name: 'x' }, ...members }) as never;

const storageClass = { provisioner: 'p', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' };
const zone = { matchLabelExpressions: [{ key: 'z', values: ['a', 'b'] }] };
const zoneAgain = { matchLabelExpressions: [{ key: 'z', values: ['b', 'a'] }] };
const attachment = {
  spec: { attacher: 'a.com', nodeName: 'n', source: { persistentVolumeName: 'v' } },
};

const creates: { name: string; of: Definition; object: object; errors: string[] }[] = [
  {
    name: 'terms that select the same',
    of: storageClasses,
    object: { ...storageClass, allowedTopologies: [zone, zoneAgain] },
    errors: ['allowedTopologies[1].matchLabelExpressions: Duplicate value: ""'],
  },
  {
    name: 'too many parameters',
    of: storageClasses,
    object: {
      ...storageClass,
      parameters: Object.fromEntries(Array.from({ length: 513 }, (_, i) => [`k${i}`, ''])),
    },
    errors: ['parameters: Too long: may not be more than 512 bytes'],
  },
  {
    name: 'a driver told of by path',
    of: volumeAttributesClasses,
    object: { driverName: 'Example.com/driver', parameters: { a: 'b' } },
    errors: [],
  },
  {
    name: 'the same audience twice',
    of: csiDrivers,
    object: {
      spec: {
        attachRequired: true,
        podInfoOnMount: true,
        storageCapacity: true,
        tokenRequests: [{ audience: 'a' }, { audience: 'a', expirationSeconds: 1 }],
        volumeLifecycleModes: ['Other'],
      },
    },
    errors: [
      'spec.tokenRequests[1].audience: Duplicate value: "a"',
      'spec.volumeLifecycleModes: Unsupported value: "Other": supported values: "Persistent", "Ephemeral"',
    ],
  },
  {
    name: 'a topology key without a name',
    of: csiNodes,
    object: { spec: { drivers: [{ name: 'd', nodeID: 'i', topologyKeys: ['a', 'a'] }] } },
    errors: ['spec.drivers[0]: Duplicate value: "a"'],
  },
];

describe('new objects of storage', () => {
  for (const { name, of, object, errors } of creates) {
    test(name, () => {
      assert.deepEqual(of.validate?.(built(object)).map(errorMessage), errors);
    });
  }
});

const updates: {
  name: string;
  of: Definition;
  object: object;
  stored: object;
  errors: string[];
}[] = [
  {
    name: 'a class is checked anew',
    of: storageClasses,
    object: { ...storageClass, allowedTopologies: [{ matchLabelExpressions: [{ key: 'z' }] }] },
    stored: storageClass,
    errors: ['allowedTopologies[0].matchLabelExpressions[0].values: Required value'],
  },
  {
    name: 'attributes stay',
    of: volumeAttributesClasses,
    object: { driverName: 'b', parameters: { a: 'c' } },
    stored: { driverName: 'a', parameters: { a: 'b' } },
    errors: [
      'driverName: Forbidden: updates to driverName are forbidden.',
      'parameters: Forbidden: updates to parameters are forbidden.',
    ],
  },
  {
    name: 'a driver of a node stays',
    of: csiNodes,
    object: { spec: { drivers: [{ name: 'd', nodeID: 'i', allocatable: { count: 2 } }] } },
    stored: { spec: { drivers: [{ name: 'd', nodeID: 'i', allocatable: { count: 1 } }] } },
    errors: [
      'spec.drivers: Invalid value: {"Name":"d","NodeID":"i","TopologyKeys":null,"Allocatable":{"Count":2}}: field is immutable',
    ],
  },
  {
    name: 'an error told at length is refused, twice',
    of: volumeAttachments,
    object: { ...attachment, status: { attachError: { message: 'x'.repeat(1025) } } },
    stored: attachment,
    errors: [
      'status.attachError.message: Too long: may not be more than 262144 bytes',
      'status.attachError.message: Too long: may not be more than 262144 bytes',
    ],
  },
];

describe('changed objects of storage', () => {
  for (const { name, of, object, stored, errors } of updates) {
    test(name, () => {
      const found = of.validateUpdate?.(built(object), built(stored));
      assert.deepEqual(found?.map(errorMessage), errors);
    });
  }
});

describe('labels that have been replaced', () => {
  const key = 'beta.kubernetes.io/os';
  const text = 'deprecated since v1.14; use "kubernetes.io/os" instead';
  const cases: { name: string; of: Definition; object: object; warnings: string[] }[] = [
    {
      name: 'in topologies',
      of: storageClasses,
      object: { allowedTopologies: [{ matchLabelExpressions: [{ key, values: ['a'] }] }] },
      warnings: [`allowedTopologies[0].matchLabelExpressions[0].key: ${text}`],
    },
    {
      name: 'in the topology of a capacity',
      of: csiStorageCapacities,
      object: {
        nodeTopology: {
          matchLabels: { [key]: 'a' },
          matchExpressions: [{ key, operator: 'Exists' }],
        },
      },
      warnings: [
        `nodeTopology.matchExpressions[0].key: ${key} is ${text}`,
        `nodeTopology.matchLabels.${key}: ${text}`,
      ],
    },
  ];
  for (const { name, of, object, warnings } of cases) {
    test(name, () => assert.deepEqual(of.warnings?.(built(object), undefined), warnings));
  }
});
