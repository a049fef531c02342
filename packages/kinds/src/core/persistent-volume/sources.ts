/** Where a persistent volume's bytes are: exactly one of many sources, each with rules of its own. */
import { type FieldError, forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type {
  CSIPersistentVolumeSource,
  PersistentVolumeSource,
  PersistentVolumeSpec,
} from '@navarch/api/types/core/v1/persistent-volume';
import type { ISCSIPersistentVolumeSource } from '@navarch/api/types/core/v1/persistent-volume-plugins';
import type { FCVolumeSource } from '@navarch/api/types/core/v1/volume-plugins';
import { listOf } from '../../nil.ts';
import { checkNoBackstep } from '../pod/paths.ts';
import { checkCsiDriverName, checkHostPath, checkNfs } from '../pod/volume-sources.ts';

type SourceName = keyof PersistentVolumeSource;

/** In the order in which they are checked: of two, the later one is too many. */
export const sourceNames: readonly SourceName[] = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'local',
  'storageos',
  'csi',
];

/** Under which names sources are reported, where they are others than theirs. */
const pathNames: ReadonlyMap<SourceName, string> = new Map([
  ['gcePersistentDisk', 'persistentDisk'],
]);

export function sourceErrors(spec: PersistentVolumeSpec, at: Path): FieldError[] {
  const given = sourceNames.filter((name) => spec[name] !== undefined);
  const [first, ...more] = given;
  if (first === undefined) return [required(at, 'must specify a volume type')];
  const errors: FieldError[] = [];
  checkSource(spec, first, at.child(pathNames.get(first) ?? first), errors);
  if (first === 'local' && !spec.nodeAffinity) {
    errors.push(required(at.child('nodeAffinity'), 'Local volume requires node affinity'));
  }
  for (const name of more) {
    const shown = name === 'cephfs' ? 'cephFS' : name;
    errors.push(forbidden(at.child(shown), 'may not specify more than 1 volume type'));
  }
  return errors;
}

function checkSource(
  spec: PersistentVolumeSpec,
  name: SourceName,
  at: Path,
  errors: FieldError[],
): void {
  const { hostPath, nfs, local, csi, iscsi, fc } = spec;
  if (hostPath) checkHostPath(hostPath, at, errors);
  else if (nfs) checkNfs(nfs, at, errors);
  else if (iscsi) checkIscsi(iscsi, at, errors);
  else if (fc) checkFc(fc, at, errors);
  else if (csi) checkCsi(csi, at, errors);
  else if (local) {
    if (local.path === '') errors.push(required(at.child('path')));
    else checkNoBackstep(local.path, at.child('path'), errors);
  } else checkNeeds(spec, name, at, errors);
}

/** Members of the sources of old built-in drivers that must not be empty. */
const needs: Partial<Record<SourceName, readonly string[]>> = {
  gcePersistentDisk: ['pdName'],
  awsElasticBlockStore: ['volumeID'],
  glusterfs: ['endpoints', 'path'],
  rbd: ['monitors', 'image'],
  cephfs: ['monitors'],
  cinder: ['volumeID'],
  flexVolume: ['driver'],
  azureFile: ['secretName', 'shareName'],
  vsphereVolume: ['volumePath'],
  azureDisk: ['diskName', 'diskURI'],
  photonPersistentDisk: ['pdID'],
  portworxVolume: ['volumeID'],
  scaleIO: ['gateway', 'system', 'volumeName'],
};

function checkNeeds(
  spec: PersistentVolumeSpec,
  name: SourceName,
  at: Path,
  errors: FieldError[],
): void {
  const members = new Map<string, unknown>(Object.entries(spec[name] ?? {}));
  for (const member of needs[name] ?? []) {
    const value = members.get(member);
    const empty = !value || (Array.isArray(value) && value.length === 0);
    if (empty) errors.push(required(at.child(member)));
  }
}

const iqn =
  /^(iqn\.\d{4}-\d\d\.([0-9a-z\-.]+)(:[^,;*&$|\s]+)?|eui\.[0-9a-f]{16}|naa\.[0-9a-f]{32})$/i;
const lunMax = 255;

function checkIscsi(source: ISCSIPersistentVolumeSource, at: Path, errors: FieldError[]): void {
  if (source.targetPortal === '') errors.push(required(at.child('targetPortal')));
  if (source.iqn === '') errors.push(required(at.child('iqn')));
  else if (!iqn.test(source.iqn)) {
    errors.push(invalid(at.child('iqn'), source.iqn, 'must be valid format'));
  }
  checkLun(source.lun, at, errors);
  if ((source.chapAuthDiscovery || source.chapAuthSession) && !source.secretRef) {
    errors.push(required(at.child('secretRef')));
  }
}

function checkLun(lun: number, at: Path, errors: FieldError[]): void {
  if (lun >= 0 && lun <= lunMax) return;
  errors.push(invalid(at.child('lun'), lun, `must be between 0 and ${lunMax}, inclusive`));
}

function checkFc(source: FCVolumeSource, at: Path, errors: FieldError[]): void {
  const [names, ids] = [listOf(source.targetWWNs), listOf(source.wwids)];
  const detail = 'must specify either targetWWNs or wwids, but not both';
  if (names.length === 0 && ids.length === 0) {
    errors.push(required(at.child('targetWWNs'), detail));
  }
  if (names.length > 0 && ids.length > 0) {
    errors.push(invalid(at.child('targetWWNs'), names, detail));
  }
  if (names.length === 0) return;
  if (source.lun === undefined) {
    errors.push(required(at.child('lun'), 'lun is required if targetWWNs is specified'));
  } else checkLun(source.lun, at, errors);
}

const secrets = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodeStageSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
] as const;

function checkCsi(source: CSIPersistentVolumeSource, at: Path, errors: FieldError[]): void {
  checkCsiDriverName(source.driver, at.child('driver'), errors);
  if (source.volumeHandle === '') errors.push(required(at.child('volumeHandle')));
  for (const member of secrets) {
    const reference = source[member];
    if (!reference) continue;
    const { name = '', namespace = '' } = reference;
    if (name === '') errors.push(required(at.child(member, 'name')));
    const here = at.child(member, 'namespace');
    if (namespace === '') errors.push(required(here));
    else errors.push(...isDns1123Label(namespace).map((d) => invalid(here, namespace, d)));
  }
}
