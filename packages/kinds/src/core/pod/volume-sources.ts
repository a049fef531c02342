/** Rules for the volume sources that the system itself provides. */
import { forbidden, invalid, type Path, required, tooLong } from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type {
  CSIVolumeSource,
  EphemeralVolumeSource,
  HostPathVolumeSource,
  NFSVolumeSource,
  Volume,
  VolumeSource,
} from '@navarch/api/types/core/v1/volume';
import { listOf } from '../../nil.ts';
import {
  checkChoice,
  checkLabels,
  checkRequiredChoice,
  checkText,
  type Errors,
} from '../checks.ts';
import { checkClaimSpec } from '../claim-spec.ts';
import { checkAnnotationNames } from './annotation-names.ts';
import { checkDownwardFile, checkFileMode, checkItems } from './files.ts';
import { checkDescendingPath, checkNoBackstep } from './paths.ts';
import { checkProjections } from './projections.ts';

export interface SourceRule {
  readonly name: keyof VolumeSource;
  /** What its field is called in messages; the name when omitted. */
  readonly path?: string;
  check(volume: Volume, path: Path, errors: Errors, isPod: boolean): void;
}

export const plainSources: readonly SourceRule[] = [
  {
    name: 'emptyDir',
    check: ({ emptyDir }, path, errors) => {
      const limit = emptyDir?.sizeLimit;
      if (limit === undefined || Quantity.parse(limit).sign() >= 0) return;
      errors.push(
        forbidden(path.child('sizeLimit'), 'SizeLimit field must be a valid resource quantity'),
      );
    },
  },
  {
    name: 'hostPath',
    check: ({ hostPath }, path, errors) => {
      if (hostPath) checkHostPath(hostPath, path, errors);
    },
  },
  {
    name: 'gitRepo',
    check: ({ gitRepo }, path, errors) => {
      if (!gitRepo?.repository) errors.push(required(path.child('repository')));
      checkDescendingPath(gitRepo?.directory ?? '', path.child('directory'), errors);
    },
  },
  {
    name: 'secret',
    check: ({ secret }, path, errors) => {
      if (!secret?.secretName) errors.push(required(path.child('secretName')));
      checkFileMode(secret?.defaultMode, path.child('defaultMode'), errors);
      checkItems(secret?.items, path.child('items'), errors);
    },
  },
  {
    name: 'configMap',
    check: ({ configMap }, path, errors) => {
      if (!configMap?.name) errors.push(required(path.child('name')));
      checkFileMode(configMap?.defaultMode, path.child('defaultMode'), errors);
      checkItems(configMap?.items, path.child('items'), errors);
    },
  },
  {
    name: 'nfs',
    check: ({ nfs }, path, errors) => {
      if (nfs) checkNfs(nfs, path, errors);
    },
  },
  {
    name: 'persistentVolumeClaim',
    check: ({ persistentVolumeClaim: claim }, path, errors) => {
      if (!claim?.claimName) errors.push(required(path.child('claimName')));
    },
  },
  {
    name: 'downwardAPI',
    check: ({ downwardAPI }, path, errors) => {
      checkFileMode(downwardAPI?.defaultMode, path.child('defaultMode'), errors);
      // Upstream reports what is wrong with a file at the volume.
      for (const file of listOf(downwardAPI?.items)) checkDownwardFile(file, path, errors);
    },
  },
  {
    name: 'projected',
    check: ({ projected }, path, errors) => {
      checkFileMode(projected?.defaultMode, path.child('defaultMode'), errors);
      checkProjections(listOf(projected?.sources), path, errors);
    },
  },
  {
    name: 'csi',
    check: ({ csi }, path, errors) => {
      if (csi) checkCsi(csi, path, errors);
    },
  },
  {
    name: 'ephemeral',
    check: ({ ephemeral }, path, errors) => {
      if (ephemeral) checkEphemeral(ephemeral, path, errors);
    },
  },
  {
    name: 'image',
    check: ({ image }, path, errors, isPod) => {
      if (isPod && !image?.reference) errors.push(required(path.child('reference')));
      checkRequiredChoice(image?.pullPolicy, pullPolicies, path.child('pullPolicy'), errors);
    },
  },
];

export const pullPolicies: readonly string[] = ['Always', 'IfNotPresent', 'Never'];

export const hostPathTypes: readonly string[] = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

export function checkHostPath(source: HostPathVolumeSource, path: Path, errors: Errors): void {
  if (source.path === '') {
    errors.push(required(path.child('path')));
    return;
  }
  checkNoBackstep(source.path, path.child('path'), errors);
  if (source.type !== undefined)
    checkChoice(source.type, hostPathTypes, path.child('type'), errors);
}

export function checkNfs(source: NFSVolumeSource, path: Path, errors: Errors): void {
  if (source.server === '') errors.push(required(path.child('server')));
  if (source.path === '') errors.push(required(path.child('path')));
  if (!source.path.startsWith('/')) {
    errors.push(invalid(path.child('path'), source.path, 'must be an absolute path'));
  }
}

const driverNameBytesMax = 63;

export function checkCsiDriverName(name: string, path: Path, errors: Errors): void {
  if (name === '') errors.push(required(path));
  if (name.length > driverNameBytesMax) errors.push(tooLong(path, '', driverNameBytesMax));
  if (name === '') return;
  for (const message of isDns1123Subdomain(name.toLowerCase()))
    errors.push(invalid(path, name, message));
}

function checkCsi(
  { driver, nodePublishSecretRef: secret }: CSIVolumeSource,
  path: Path,
  errors: Errors,
): void {
  checkCsiDriverName(driver, path.child('driver'), errors);
  if (!secret) return;
  if (!secret.name) errors.push(required(path.child('nodePublishSecretRef', 'name')));
  else checkText(isDns1123Subdomain, secret.name, path.child('name'), errors);
}

/** All that users of a template's metadata might expect to have an effect, and which has none. */
const meaningless = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
] as const;

const lowerCaseNames: Readonly<Record<string, string>> = { uid: 'uID' };

function checkEphemeral(
  { volumeClaimTemplate: template }: EphemeralVolumeSource,
  path: Path,
  errors: Errors,
): void {
  const at = path.child('volumeClaimTemplate');
  if (!template) {
    errors.push(required(at));
    return;
  }
  const { annotations, labels } = template.metadata;
  if (annotations) checkAnnotationNames(annotations, at.child('metadata', 'annotations'), errors);
  checkLabels(labels, at.child('metadata', 'labels'), errors);
  for (const name of meaningless) {
    if (template.metadata[name] === undefined) continue;
    errors.push(forbidden(at.child('metadata', lowerCaseNames[name] ?? name), 'cannot be set'));
  }
  checkClaimSpec(template.spec, at.child('spec'), errors);
}
