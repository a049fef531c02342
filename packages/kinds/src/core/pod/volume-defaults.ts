/** Defaults of the volumes of a pod. */
import type { ResourceFieldSelector } from '@navarch/api/types/core/v1/environment';
import type {
  DownwardAPIVolumeFile,
  Volume,
  VolumeProjection,
} from '@navarch/api/types/core/v1/volume';
import type { Draft } from '@navarch/api/types/scalars';
import { imageTag } from './image-name.ts';

/** 0644 */
const fileMode = 420;

export function setVolumeDefaults(volume: Draft<Volume>): void {
  if (!hasSource(volume)) volume.emptyDir = {};
  const { hostPath, secret, configMap, downwardAPI, projected, ephemeral, image } = volume;
  if (hostPath) hostPath.type ??= '';
  if (secret) secret.defaultMode ??= fileMode;
  if (configMap) configMap.defaultMode ??= fileMode;
  if (downwardAPI) {
    downwardAPI.defaultMode ??= fileMode;
    setFileDefaults(downwardAPI.items);
  }
  if (projected) {
    projected.defaultMode ??= fileMode;
    for (const source of projected.sources ?? []) setProjectionDefaults(source);
  }
  if (ephemeral?.volumeClaimTemplate)
    ephemeral.volumeClaimTemplate.spec.volumeMode ??= 'Filesystem';
  if (image) {
    image.pullPolicy ||= imageTag(image.reference ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
  }
}

function hasSource(volume: Draft<Volume>): boolean {
  for (const name in volume) if (name !== 'name') return true;
  return false;
}

function setProjectionDefaults({
  serviceAccountToken,
  downwardAPI,
}: Draft<VolumeProjection>): void {
  if (serviceAccountToken) serviceAccountToken.expirationSeconds ??= 60 * 60;
  if (downwardAPI) setFileDefaults(downwardAPI.items);
}

function setFileDefaults(files: Draft<readonly DownwardAPIVolumeFile[]> | undefined): void {
  for (const { fieldRef, resourceFieldRef } of files ?? []) {
    if (fieldRef) fieldRef.apiVersion ||= 'v1';
    if (resourceFieldRef) setFieldRefDefaults(resourceFieldRef);
  }
}

/** The unit of a resource is always written; zero means the smallest whole one. */
export function setFieldRefDefaults(reference: Draft<ResourceFieldSelector>): void {
  reference.divisor ||= '0';
}
