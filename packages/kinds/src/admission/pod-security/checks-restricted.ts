/** What only the restricted level asks: who a pod runs as, and where its volumes come from. */
import type { Volume } from '@navarch/api/types/core/v1/volume';
import { listOf } from '../../nil.ts';
import {
  type Check,
  containersText,
  distinct,
  hasOwnUsers,
  namesWhere,
  plural,
  type PodLike,
  quoted,
  settersText,
  unless,
  type Violation,
} from './check.ts';
import { hostPathVolumes } from './checks-host.ts';

export const runAsNonRoot: Check = {
  id: 'runAsNonRoot',
  level: 'restricted',
  versions: [
    { since: 0, run: checkNonRoot },
    { since: 35, run: unless(hasOwnUsers, checkNonRoot) },
  ],
};

function checkNonRoot(pod: PodLike): Violation | undefined {
  const reason = 'runAsNonRoot != true';
  const itself = pod.spec.securityContext?.runAsNonRoot;
  const asRoot = namesWhere(pod, ({ securityContext }) => securityContext?.runAsNonRoot === false);
  const setters = settersText(itself === false, asRoot);
  if (setters !== '') {
    return { reason, detail: `${setters} must not set securityContext.runAsNonRoot=false` };
  }
  if (itself) return undefined;
  const silent = namesWhere(
    pod,
    ({ securityContext }) => securityContext?.runAsNonRoot === undefined,
  );
  if (silent.length === 0) return undefined;
  const detail = `pod or ${containersText(silent)} must set securityContext.runAsNonRoot=true`;
  return { reason, detail };
}

export const runAsUser: Check = {
  id: 'runAsUser',
  level: 'restricted',
  versions: [
    { since: 23, run: checkUser },
    { since: 35, run: unless(hasOwnUsers, checkUser) },
  ],
};

function checkUser(pod: PodLike): Violation | undefined {
  const names = namesWhere(pod, ({ securityContext }) => securityContext?.runAsUser === 0);
  const setters = settersText(pod.spec.securityContext?.runAsUser === 0, names);
  if (setters === '') return undefined;
  return { reason: 'runAsUser=0', detail: `${setters} must not set runAsUser=0` };
}

const harmless: readonly (keyof Volume)[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const harmful: readonly (keyof Volume)[] = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
];

export const restrictedVolumes: Check = {
  id: 'restrictedVolumes',
  level: 'restricted',
  versions: [{ since: 0, run: checkVolumes, replaces: [hostPathVolumes.id] }],
};

function checkVolumes({ spec }: PodLike): Violation | undefined {
  const bad = listOf(spec.volumes).filter(
    (volume) => !harmless.some((type) => volume[type] !== undefined),
  );
  if (bad.length === 0) return undefined;
  const types = distinct(
    bad.map((volume) => harmful.find((type) => volume[type] !== undefined) ?? 'unknown'),
  );
  const names = bad.map(({ name }) => name);
  const use = plural(bad.length, 'uses', 'use');
  const what = plural(types.length, 'restricted volume type');
  const detail = `${plural(bad.length, 'volume')} ${quoted(names)} ${use} ${what} ${quoted(types)}`;
  return { reason: 'restricted volume types', detail };
}
