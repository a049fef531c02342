/** Rules for the volumes of a pod: names, and one source each. */
import { duplicate, forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import type { Volume } from '@navarch/api/types/core/v1/volume';
import { checkLabel, type Errors } from '../checks.ts';
import type { SpecHolder } from './scope.ts';
import { pluginSources } from './volume-plugins.ts';
import { plainSources, type SourceRule } from './volume-sources.ts';

/** The order in which sources are looked at: the first that is there is checked, the others are too many. */
const sourceOrder: readonly string[] = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',

  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',

  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'csi',
  'ephemeral',
  'image',
];

const sources: readonly SourceRule[] = [...plainSources, ...pluginSources].toSorted(
  (a, b) => sourceOrder.indexOf(a.name) - sourceOrder.indexOf(b.name),
);

/** Two sources are called otherwise in the message that there is one too many. */
const oddNames: Readonly<Record<string, string>> = { cephfs: 'cephFS', downwardAPI: 'downwarAPI' };

/** Returns the volumes that containers may mount: those without a mistake. */
export function checkVolumes(
  volumes: readonly Volume[],
  pod: SpecHolder,
  path: Path,
  errors: Errors,
): ReadonlyMap<string, Volume> {
  const valid = new Map<string, Volume>();
  const created = new Set<string>();
  if (pod.podName !== '') {
    for (const { name, ephemeral } of volumes) if (ephemeral) created.add(`${pod.podName}-${name}`);
  }
  for (const [index, volume] of volumes.entries()) {
    const at = path.index(index);
    const before = errors.length;
    checkSources(volume, pod, at, errors);
    checkName(volume.name, valid, at.child('name'), errors);
    if (errors.length === before) valid.set(volume.name, volume);
    const claimName = volume.persistentVolumeClaim?.claimName;
    if (claimName !== undefined && created.has(claimName)) {
      const text = 'must not reference a PVC that gets created for an ephemeral volume';
      errors.push(invalid(at.child('persistentVolumeClaim', 'claimName'), claimName, text));
    }
  }
  return valid;
}

function checkName(
  name: string,
  valid: ReadonlyMap<string, Volume>,
  path: Path,
  errors: Errors,
): void {
  if (name === '') errors.push(required(path));
  else checkLabel(name, path, errors);
  if (valid.has(name)) errors.push(duplicate(path, name));
}

function checkSources(volume: Volume, pod: SpecHolder, path: Path, errors: Errors): void {
  let found = false;
  for (const source of sources) {
    if (volume[source.name] === undefined) continue;
    if (found) {
      const at = path.child(oddNames[source.name] ?? source.name);
      errors.push(forbidden(at, 'may not specify more than 1 volume type'));
    } else {
      source.check(volume, path.child(source.path ?? source.name), errors, pod.isPod);
      if (source.name === 'ephemeral') checkClaimName(volume, pod.podName, path, errors);
    }
    found = true;
  }
  if (!found) errors.push(required(path, 'must specify a volume type'));
}

/** The claim of an ephemeral volume is named after the pod and the volume. */
function checkClaimName({ name }: Volume, podName: string, path: Path, errors: Errors): void {
  if (podName === '' || name === '') return;
  const claimName = `${podName}-${name}`;
  for (const message of isDns1123Subdomain(claimName)) {
    errors.push(
      invalid(path.child('name'), name, `PVC name ${JSON.stringify(claimName)}: ${message}`),
    );
  }
}
