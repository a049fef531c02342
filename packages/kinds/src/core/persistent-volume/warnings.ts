/** Warnings about persistent volumes: what still works, but will not for ever, and what does not any more. */
import type { PersistentVolume } from '@navarch/api/types/core/v1/persistent-volume';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import { listOf } from '../../nil.ts';
import type { sourceNames } from './sources.ts';

const classText = (annotation: string) =>
  `metadata.annotations[${annotation}]: deprecated since v1.8; use "storageClassName" attribute instead`;

export const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** Shared with claims. */
export function classWarnings({ annotations }: ObjectMeta): readonly string[] {
  return annotations?.[classAnnotation] === undefined ? [] : [classText(classAnnotation)];
}

const deprecated: readonly (readonly [name: (typeof sourceNames)[number], text: string])[] = [
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
];

const oldLabels: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  [
    'failure-domain.beta.kubernetes.io/zone',
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    'failure-domain.beta.kubernetes.io/region',
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  ],
  [
    'beta.kubernetes.io/instance-type',
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  ],
]);

export function volumeWarnings({ metadata, spec }: PersistentVolume): readonly string[] {
  const warnings = [...classWarnings(metadata)];
  if (spec.persistentVolumeReclaimPolicy === 'Recycle') {
    warnings.push(
      'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
    );
  }
  warnings.push(...affinityWarnings(spec.nodeAffinity));
  for (const [name, text] of deprecated) {
    if (spec[name] !== undefined) warnings.push(`spec.${name}: ${text}`);
  }
  return warnings;
}

function affinityWarnings(affinity: PersistentVolume['spec']['nodeAffinity']): string[] {
  const terms = listOf(affinity?.required?.nodeSelectorTerms);
  return terms.flatMap(({ matchExpressions }, i) =>
    listOf(matchExpressions).flatMap(({ key }, j) => {
      const text = oldLabels.get(key);
      const at = `spec.nodeAffinity.required.nodeSelectorTerms[${i}].matchExpressions[${j}].key`;
      return text === undefined ? [] : [`${at}: ${key} is ${text}`];
    }),
  );
}
