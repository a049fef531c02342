import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
} from '@navarch/api/types/core/v1/persistent-volume';
import { messages } from '../../testing.ts';
import { normaliseSources } from './data-source.ts';
import { claimWarnings, validateClaimUpdate } from './validate.ts';

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
    assert.deepEqual(messages(validateClaimUpdate(claim('2Gi'), claim('1Gi'))), [forbiddenChange]);
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
    assert.deepEqual(messages(validateClaimUpdate(stored, named)), [forbiddenChange]);
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
