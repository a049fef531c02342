/** Rules for volume sources of particular storage systems, most of them long replaced by drivers. */
import { invalid, notSupported, type Path, required } from '@navarch/api/field-error';
import { rangeText } from '@navarch/api/names';
import type { LocalObjectReference } from '@navarch/api/types/core/v1/reference';
import type {
  AzureDiskVolumeSource,
  FCVolumeSource,
  FlockerVolumeSource,
  ISCSIVolumeSource,
  QuobyteVolumeSource,
} from '@navarch/api/types/core/v1/volume-plugins';
import type { VolumeSource } from '@navarch/api/types/core/v1/volume';
import { listOf } from '../../nil.ts';
import { checkChoice, checkLabel, entriesOf, type Errors } from '../checks.ts';
import type { SourceRule } from './volume-sources.ts';

/** A source whose only rule is that some of its fields must not be empty. */
function needs<Name extends keyof VolumeSource>(
  name: Name,
  ...fields: readonly (keyof NonNullable<VolumeSource[Name]> & string)[]
): SourceRule {
  return {
    name,
    check: (volume, path, errors) => {
      const given = new Map(Object.entries(volume[name] ?? {}));
      for (const field of fields) {
        if (isEmpty(given.get(field))) errors.push(required(path.child(field)));
      }
    },
  };
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || value === '';
}

export const pluginSources: readonly SourceRule[] = [
  needs('glusterfs', 'endpoints', 'path'),
  needs('rbd', 'monitors', 'image'),
  needs('cephfs', 'monitors'),
  needs('azureFile', 'secretName', 'shareName'),
  needs('vsphereVolume', 'volumePath'),
  needs('photonPersistentDisk', 'pdID'),
  needs('portworxVolume', 'volumeID'),
  needs('scaleIO', 'gateway', 'system', 'volumeName'),
  {
    name: 'gcePersistentDisk',
    path: 'persistentDisk',
    check: ({ gcePersistentDisk: disk }, path, errors) => {
      if (!disk?.pdName) errors.push(required(path.child('pdName')));
      checkPartition(disk?.partition, path.child('partition'), errors);
    },
  },
  {
    name: 'awsElasticBlockStore',
    check: ({ awsElasticBlockStore: disk }, path, errors) => {
      if (!disk?.volumeID) errors.push(required(path.child('volumeID')));
      checkPartition(disk?.partition, path.child('partition'), errors);
    },
  },
  {
    name: 'cinder',
    check: ({ cinder }, path, errors) => {
      if (!cinder?.volumeID) errors.push(required(path.child('volumeID')));
      checkSecretName(cinder?.secretRef, path.child('secretRef'), errors);
    },
  },
  {
    name: 'iscsi',
    check: (volume, path, errors) => {
      if (volume.iscsi) checkIscsi(volume.iscsi, volume.name, path, errors);
    },
  },
  {
    name: 'flocker',
    check: ({ flocker }, path, errors) => {
      if (flocker) checkFlocker(flocker, path, errors);
    },
  },
  {
    name: 'quobyte',
    check: ({ quobyte }, path, errors) => {
      if (quobyte) checkQuobyte(quobyte, path, errors);
    },
  },
  {
    name: 'fc',
    check: ({ fc }, path, errors) => {
      if (fc) checkFibreChannel(fc, path, errors);
    },
  },
  {
    name: 'flexVolume',
    check: ({ flexVolume }, path, errors) => {
      if (!flexVolume?.driver) errors.push(required(path.child('driver')));
      for (const [key] of entriesOf(flexVolume?.options))
        checkOption(key, path.child('options').key(key), errors);
    },
  },
  {
    name: 'azureDisk',
    check: ({ azureDisk }, path, errors) => {
      if (azureDisk) checkAzureDisk(azureDisk, path, errors);
    },
  },
  {
    name: 'storageos',
    check: ({ storageos }, path, errors) => {
      if (!storageos?.volumeName) errors.push(required(path.child('volumeName')));
      else checkLabel(storageos.volumeName, path.child('volumeName'), errors);
      if (storageos?.volumeNamespace)
        checkLabel(storageos.volumeNamespace, path.child('volumeNamespace'), errors);
      checkSecretName(storageos?.secretRef, path.child('secretRef'), errors);
    },
  },
];

function checkSecretName(
  secret: LocalObjectReference | undefined,
  path: Path,
  errors: Errors,
): void {
  if (secret && !secret.name) errors.push(required(path.child('name')));
}

function checkPartition(partition: number | undefined, path: Path, errors: Errors): void {
  if (partition === undefined || (partition >= 0 && partition <= 255)) return;
  // Zero is fine, though the message says otherwise: it means the whole disk.
  errors.push(invalid(path, partition, rangeText(1, 255)));
}

function checkLun(lun: number | undefined, path: Path, errors: Errors): void {
  if (lun !== undefined && (lun < 0 || lun > 255))
    errors.push(invalid(path, lun, rangeText(0, 255)));
}

const initiatorPatterns: readonly (readonly [prefix: string, pattern: RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[a-zA-Z0-9]{16}$/],
  ['naa', /^naa.[a-zA-Z0-9]{32}$/],
];

function checkInitiator(name: string, path: Path, errors: Errors): void {
  const known = initiatorPatterns.find(([prefix]) => name.startsWith(prefix));
  if (known === undefined) {
    errors.push(invalid(path, name, 'must be valid format starting with iqn, eui, or naa'));
  } else if (!known[1].test(name)) errors.push(invalid(path, name, 'must be valid format'));
}

const portalLengthMax = 64;

function checkIscsi(
  source: ISCSIVolumeSource,
  volumeName: string,
  path: Path,
  errors: Errors,
): void {
  const { targetPortal, iqn, lun, chapAuthDiscovery, chapAuthSession, secretRef, initiatorName } =
    source;
  if (targetPortal === '') errors.push(required(path.child('targetPortal')));
  if (iqn === '') errors.push(required(path.child('iqn')));
  else checkInitiator(iqn, path.child('iqn'), errors);
  checkLun(lun, path.child('lun'), errors);
  if ((chapAuthDiscovery || chapAuthSession) && !secretRef)
    errors.push(required(path.child('secretRef')));
  if (initiatorName === undefined) return;
  checkInitiator(initiatorName, path.child('initiatorname'), errors);
  if (`${volumeName}:${targetPortal}`.length > portalLengthMax) {
    const text =
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
    errors.push(invalid(path.child('name'), volumeName, text));
  }
}

function checkFlocker(
  { datasetName = '', datasetUUID = '' }: FlockerVolumeSource,
  path: Path,
  errors: Errors,
): void {
  if (datasetName === '' && datasetUUID === '') {
    errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  }
  if (datasetName !== '' && datasetUUID !== '') {
    const text = 'datasetName and datasetUUID can not be specified simultaneously';
    errors.push(invalid(path, 'resource', text));
  }
  if (datasetName.includes('/')) {
    errors.push(invalid(path.child('datasetName'), datasetName, "must not contain '/'"));
  }
}

const registryText = 'must be a host:port pair or multiple pairs separated by commas';

function checkQuobyte(
  { registry, tenant = '', volume }: QuobyteVolumeSource,
  path: Path,
  errors: Errors,
): void {
  if (registry === '') errors.push(required(path.child('registry'), registryText));
  else if (tenant.length >= 65) {
    errors.push(
      required(path.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters'),
    );
  } else {
    for (const pair of registry.split(',')) {
      if (/^(\[[^\]]*\]|[^:[\]]*):[^:]*$/.test(pair)) continue;
      errors.push(invalid(path.child('registry'), registry, registryText));
    }
  }
  if (volume === '') errors.push(required(path.child('volume')));
}

function checkFibreChannel(
  { targetWWNs, wwids, lun }: FCVolumeSource,
  path: Path,
  errors: Errors,
): void {
  const targets = listOf(targetWWNs);
  const at = path.child('targetWWNs');
  if (targets.length === 0) {
    if (listOf(wwids).length === 0) {
      errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'));
    }
    return;
  }
  if (listOf(wwids).length > 0) {
    errors.push(invalid(at, targets, 'targetWWNs and wwids can not be specified simultaneously'));
  }
  if (lun === undefined)
    errors.push(required(path.child('lun'), 'lun is required if targetWWNs is specified'));
  else checkLun(lun, path.child('lun'), errors);
}

function checkOption(key: string, path: Path, errors: Errors): void {
  const [domain = ''] = key.split('/');
  if (!/\.(kubernetes|k8s)\.io$/.test(`.${domain.toLowerCase()}`)) return;
  errors.push(invalid(path, key, 'kubernetes.io and k8s.io namespaces are reserved'));
}

const managedUri =
  '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const blobUri = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

function checkAzureDisk(disk: AzureDiskVolumeSource, path: Path, errors: Errors): void {
  const { diskName, diskURI, cachingMode, kind } = disk;
  if (diskName === '') errors.push(required(path.child('diskName')));
  if (diskURI === '') errors.push(required(path.child('diskURI')));
  if (cachingMode !== undefined) {
    checkChoice(cachingMode, ['None', 'ReadOnly', 'ReadWrite'], path.child('cachingMode'), errors);
  }
  if (kind === undefined) return;
  checkChoice(kind, ['Dedicated', 'Managed', 'Shared'], path.child('kind'), errors);
  const managed = kind === 'Managed';
  if (diskURI.startsWith(managed ? '/subscriptions/' : 'https://')) return;
  errors.push(notSupported(path.child('diskURI'), diskURI, [managed ? managedUri : blobUri]));
}
