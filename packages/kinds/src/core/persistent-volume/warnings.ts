/** Warnings about persistent volumes: what still works, but will not for ever, and what does not any more. */
import type { PersistentVolume } from '@navarch/api/types/core/v1/persistent-volume';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import { listOf } from '../../nil.ts';
import type { sourceNames } from './sources.ts';
import { Path } from '@navarch/api/field-error';
import { termWarnings } from '../node-labels.ts';

const classText = (annotation: string) =>
  `metadata.annotations[${annotation}]: deprecated since v1.8; use "storageClassName" attribute instead`;

export const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** Shared with claims. */
export function classWarnings({ annotations }: ObjectMeta): readonly string[] {
  return annotations?.[classAnnotation] === undefined ? [] : [classText(classAnnotation)];
}

/** In the order in which they are told of; one is told of under another name. */
const deprecated: readonly (readonly [
  name: (typeof sourceNames)[number],
  shown: string,
  text: string,
])[] = [
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export function volumeWarnings({ metadata, spec }: PersistentVolume): readonly string[] {
  const warnings = [...classWarnings(metadata)];
  if (spec.persistentVolumeReclaimPolicy === 'Recycle') {
    warnings.push(
      'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
    );
  }
  warnings.push(...affinityWarnings(spec.nodeAffinity));
  for (const [name, shown, text] of deprecated) {
    if (spec[name] !== undefined) warnings.push(`spec.${shown}: ${text}`);
  }
  return warnings;
}

function affinityWarnings(affinity: PersistentVolume['spec']['nodeAffinity']): string[] {
  const at = Path.of('spec', 'nodeAffinity', 'required', 'nodeSelectorTerms');
  return listOf(affinity?.required?.nodeSelectorTerms).flatMap((term, i) =>
    termWarnings(term, at.index(i)),
  );
}
