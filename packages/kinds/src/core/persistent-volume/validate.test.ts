import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  PersistentVolume,
  PersistentVolumeSpec,
} from '@navarch/api/types/core/v1/persistent-volume';
import { messages } from '../../testing.ts';
import { validateVolume, validateVolumeUpdate } from './validate.ts';

const csi = { driver: 'd.com', volumeHandle: 'h' };

function volume(changes: Partial<PersistentVolumeSpec>): PersistentVolume {
  const spec = {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    volumeMode: 'Filesystem',
    csi,
    ...changes,
  } as const;
  return { metadata: { name: 'x' }, spec };
}

function on(key: string): PersistentVolumeSpec['nodeAffinity'] {
  const matchExpressions = [{ key, operator: 'In', values: ['a'] }] as const;
  return { required: { nodeSelectorTerms: [{ matchExpressions }] } };
}

const secret = { name: 's', namespace: 'n' };

const cases: {
  name: string;
  object: Partial<PersistentVolumeSpec>;
  stored: Partial<PersistentVolumeSpec>;
  says: string[];
}[] = [
  {
    name: 'another source',
    object: { csi: { ...csi, volumeHandle: 'i' } },
    stored: {},
    says: [
      `spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation
@@ -22,7 +22,7 @@
  "StorageOS": null,
  "CSI": {
   "Driver": "d.com",
-  "VolumeHandle": "h",
+  "VolumeHandle": "i",
   "ReadOnly": false,
   "FSType": "",
   "VolumeAttributes": null,
`,
    ],
  },
  {
    name: 'a secret to expand it with',
    object: { csi: { ...csi, controllerExpandSecretRef: secret } },
    stored: {},
    says: [],
  },
  {
    name: 'another secret to expand it with',
    object: { csi: { ...csi, controllerExpandSecretRef: { ...secret, name: 't' } } },
    stored: { csi: { ...csi, controllerExpandSecretRef: secret } },
    says: [
      `spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation
@@ -30,7 +30,7 @@
   "NodeStageSecretRef": null,
   "NodePublishSecretRef": null,
   "ControllerExpandSecretRef": {
-   "Name": "s",
+   "Name": "t",
    "Namespace": "n"
   },
   "NodeExpandSecretRef": null
`,
    ],
  },
  {
    name: 'a label by its new name',
    object: { nodeAffinity: on('topology.kubernetes.io/zone') },
    stored: { nodeAffinity: on('failure-domain.beta.kubernetes.io/zone') },
    says: [],
  },
  {
    name: 'another place',
    object: { nodeAffinity: on('b') },
    stored: { nodeAffinity: on('a') },
    says: [
      'nodeAffinity: Invalid value: {"Required":{"NodeSelectorTerms":[{"MatchExpressions":[{"Key":"b","Operator":"In","Values":["a"]}],"MatchFields":null}]}}: field is immutable, except for updating from beta label to GA',
    ],
  },
  {
    name: 'no class of attributes any more',
    object: {},
    stored: { volumeAttributesClassName: 'a' },
    says: [
      'spec.volumeAttributesClassName: Forbidden: update from non-nil value to nil is forbidden',
    ],
  },
];

for (const { name, object, stored, says } of cases) {
  test(`a volume with ${name}`, () => {
    assert.deepEqual(messages(validateVolumeUpdate(volume(object), volume(stored))), says);
  });
}

const news: { name: string; spec: Partial<PersistentVolumeSpec>; says: string[] }[] = [
  {
    name: 'a path of the node that it does not name',
    spec: { csi: undefined, local: { path: '/a' } },
    says: ['spec.nodeAffinity: Required value: Local volume requires node affinity'],
  },
  {
    name: 'a disk without a name',
    spec: { csi: undefined, gcePersistentDisk: { pdName: '' } },
    says: ['spec.persistentDisk.pdName: Required value'],
  },
  {
    name: 'the root to be recycled',
    spec: {
      csi: undefined,
      hostPath: { path: '/./' },
      persistentVolumeReclaimPolicy: 'Recycle',
    },
    says: [
      "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'",
    ],
  },
];

for (const { name, spec, says } of news) {
  test(`a new volume with ${name}`, () => {
    assert.deepEqual(messages(validateVolume(volume(spec))), says);
  });
}
