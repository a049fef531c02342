import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
} from '@navarch/api/types/core/v1/persistent-volume';
import { messages } from '../../testing.ts';
import { normaliseSources } from './data-source.ts';
import { claimWarnings } from './validate.ts';
import { validateClaimStatus, validateClaimUpdate } from './validate-update.ts';

function claim(
  size: string,
  status: PersistentVolumeClaimStatus = {},
  changes: Partial<PersistentVolumeClaimSpec> = {},
): PersistentVolumeClaim {
  const resources = { requests: { storage: size } };
  return {
    metadata: { name: 'x' },
    spec: { accessModes: ['ReadWriteOnce'], resources, volumeMode: 'Filesystem', ...changes },
    status,
  };
}

const bound = { phase: 'Bound', capacity: { storage: '1Gi' } } as const;
const forbiddenChange =
  'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

describe('updates of claims', () => {
  test('only a bound claim grows', () => {
    assert.deepEqual(validateClaimUpdate(claim('2Gi', bound), claim('1Gi', bound)), []);
    assert.deepEqual(messages(validateClaimUpdate(claim('2Gi'), claim('1Gi'))), [
      `${forbiddenChange}
@@ -6,7 +6,7 @@
  "Resources": {
   "Limits": null,
   "Requests": {
-   "storage": "1Gi"
+   "storage": "2Gi"
   }
  },
  "VolumeName": "",
`,
    ]);
  });

  test('growth is taken back no further than what there is', () => {
    const growing = claim('3Gi', bound);
    assert.deepEqual(validateClaimUpdate(claim('2Gi', bound), growing), []);
    assert.deepEqual(messages(validateClaimUpdate(claim('512Mi', bound), growing)), [
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ]);
  });

  test('a volume and a class are named once', () => {
    const stored = claim('1Gi');
    const named = claim('1Gi', {}, { volumeName: 'v', storageClassName: 'c' });
    assert.deepEqual(validateClaimUpdate(named, stored), []);
    assert.deepEqual(messages(validateClaimUpdate(stored, named)), [
      `${forbiddenChange}
@@ -9,8 +9,8 @@
    "storage": "1Gi"
   }
  },
- "VolumeName": "v",
- "StorageClassName": "c",
+ "VolumeName": "",
+ "StorageClassName": null,
  "VolumeMode": "Filesystem",
  "DataSource": null,
  "DataSourceRef": null,
`,
    ]);
  });
});

test('warns of parts of bytes', () => {
  assert.deepEqual(claimWarnings(claim('1Gi')), []);
  assert.deepEqual(claimWarnings(claim('1500m')), [
    'spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
  ]);
});

test('both names of a source say the same', () => {
  const source = { apiGroup: '', kind: 'PersistentVolumeClaim', name: 'other' };
  const { spec } = claim('1Gi');
  assert.deepEqual(normaliseSources({ ...spec, dataSource: source }).dataSourceRef, source);
  const reference = { apiGroup: 'example.com', kind: 'Any', name: 'a' };
  assert.deepEqual(normaliseSources({ ...spec, dataSourceRef: reference }).dataSource, reference);
  const elsewhere = { ...source, namespace: 'other' };
  assert.equal(normaliseSources({ ...spec, dataSourceRef: elsewhere }).dataSourceRef, undefined);
  assert.equal(normaliseSources({ ...spec, dataSource: reference }).dataSource, undefined);
});

const changes: readonly {
  readonly name: string;
  readonly object: Partial<PersistentVolumeClaimSpec>;
  readonly stored: Partial<PersistentVolumeClaimSpec>;
  readonly says: readonly string[];
}[] = [
  {
    name: 'another class of attributes',
    object: { volumeAttributesClassName: 'b' },
    stored: { volumeAttributesClassName: 'a' },
    says: [],
  },
  {
    name: 'no class of attributes any more',
    object: {},
    stored: { volumeAttributesClassName: 'a' },
    says: [
      'spec.volumeAttributesClassName: Forbidden: update from non-nil value to nil is forbidden',
    ],
  },
  {
    name: 'an empty class of attributes',
    object: { volumeAttributesClassName: '' },
    stored: { volumeAttributesClassName: 'a' },
    says: [
      'spec.volumeAttributesClassName: Forbidden: update from non-nil value to an empty string is forbidden',
    ],
  },
  {
    name: 'another mode',
    object: { volumeMode: 'Block' },
    stored: {},
    says: [
      `${forbiddenChange}
@@ -11,7 +11,7 @@
  },
  "VolumeName": "",
  "StorageClassName": null,
- "VolumeMode": "Filesystem",
+ "VolumeMode": "Block",
  "DataSource": null,
  "DataSourceRef": null,
  "VolumeAttributesClassName": null
`,
      'volumeMode: Invalid value: "Block": field is immutable',
    ],
  },
];

for (const { name, object, stored, says } of changes) {
  test(`a claim with ${name}`, () => {
    const found = validateClaimUpdate(claim('1Gi', {}, object), claim('1Gi', {}, stored));
    assert.deepEqual(messages(found), says);
  });
}

test('the annotation of the class stays', () => {
  const key = 'volume.beta.kubernetes.io/storage-class';
  const annotated = { ...claim('1Gi'), metadata: { name: 'x', annotations: { [key]: 'a' } } };
  assert.deepEqual(messages(validateClaimUpdate(annotated, claim('1Gi'))), [
    `metadata.annotations.${key}: Invalid value: "a": field is immutable`,
  ]);
  const moved = { ...claim('1Gi', {}, { storageClassName: 'a' }) };
  assert.deepEqual(validateClaimUpdate(moved, annotated), []);
});

test('what drivers say of a claim is storage', () => {
  const status: PersistentVolumeClaimStatus = {
    capacity: { storage: '-1' },
    allocatedResources: { cpu: '1', storage: '1Gi' },
  };
  assert.deepEqual(messages(validateClaimStatus(claim('1Gi', status))), [
    'status.capacity[storage]: Invalid value: -1: must be a valid resource quantity',
    'status.allocatedResources: Unsupported value: "cpu": supported values: "storage"',
  ]);
});
