/** Which other objects of its namespace a pod cannot run without, and so its node must be able to read. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { PersistentVolume } from '@navarch/api/types/core/v1/persistent-volume';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Volume } from '@navarch/api/types/core/v1/volume';

export type Referenced =
  | 'secrets'
  | 'configmaps'
  | 'persistentvolumeclaims'
  | 'serviceaccounts'
  | 'resourceclaims';

/** Whether the pod refers to the object of that resource and name. */
export function refersTo(pod: Pod, resource: Referenced, name: string): boolean {
  // A mirror pod is its node's own word: nothing may follow from what it claims to need.
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return false;
  switch (resource) {
    case 'secrets':
      return usesSecret(pod, name);
    case 'configmaps':
      return usesConfigMap(pod, name);
    case 'persistentvolumeclaims':
      return claimNames(pod).includes(name);
    case 'serviceaccounts':
      return pod.spec?.serviceAccountName === name;
    case 'resourceclaims':
      return usesResourceClaim(pod, name);
  }
}

/** Claims by name, and those that ephemeral volumes make. */
export function claimNames(pod: Pod): readonly string[] {
  const names: string[] = [];
  for (const volume of pod.spec?.volumes ?? []) {
    if (volume.persistentVolumeClaim) names.push(volume.persistentVolumeClaim.claimName);
    else if (volume.ephemeral) names.push(`${pod.metadata.name}-${volume.name}`);
  }
  return names;
}

function containersOf(pod: Pod): readonly Pick<Container, 'env' | 'envFrom'>[] {
  const { spec } = pod;
  if (!spec) return [];
  return [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])];
}

function usesSecret(pod: Pod, name: string): boolean {
  return (
    (pod.spec?.imagePullSecrets?.some((secret) => secret.name === name) ?? false) ||
    containersOf(pod).some(
      ({ env, envFrom }) =>
        env?.some((variable) => variable.valueFrom?.secretKeyRef?.name === name) ||
        envFrom?.some((source) => source.secretRef?.name === name),
    ) ||
    (pod.spec?.volumes?.some((volume) => volumeSecrets(volume).includes(name)) ?? false)
  );
}

function volumeSecrets(volume: Volume): readonly (string | undefined)[] {
  return [
    volume.secret?.secretName,
    ...(volume.projected?.sources?.map((source) => source.secret?.name) ?? []),
    volume.azureFile?.secretName,
    volume.cephfs?.secretRef?.name,
    volume.cinder?.secretRef?.name,
    volume.csi?.nodePublishSecretRef?.name,
    volume.flexVolume?.secretRef?.name,
    volume.iscsi?.secretRef?.name,
    volume.rbd?.secretRef?.name,
    volume.scaleIO?.secretRef?.name,
    volume.storageos?.secretRef?.name,
  ];
}

function usesConfigMap(pod: Pod, name: string): boolean {
  return (
    containersOf(pod).some(
      ({ env, envFrom }) =>
        env?.some((variable) => variable.valueFrom?.configMapKeyRef?.name === name) ||
        envFrom?.some((source) => source.configMapRef?.name === name),
    ) ||
    (pod.spec?.volumes?.some(
      (volume) =>
        volume.configMap?.name === name ||
        volume.projected?.sources?.some((source) => source.configMap?.name === name),
    ) ??
      false)
  );
}

function usesResourceClaim(pod: Pod, name: string): boolean {
  return (
    (pod.spec?.resourceClaims?.some((claim) => claim.resourceClaimName === name) ?? false) ||
    (pod.status?.resourceClaimStatuses?.some((claim) => claim.resourceClaimName === name) ??
      false) ||
    pod.status?.extendedResourceClaimStatus?.resourceClaimName === name
  );
}

/** Whether mounting the volume takes that secret. */
export function volumeUsesSecret(
  volume: PersistentVolume,
  namespace: string,
  name: string,
): boolean {
  const { csi, cephfs, cinder, flexVolume, iscsi, rbd, scaleIO, storageos, azureFile, claimRef } =
    volume.spec ?? {};
  const references = [
    csi?.nodePublishSecretRef,
    csi?.nodeStageSecretRef,
    csi?.nodeExpandSecretRef,
    cephfs?.secretRef,
    cinder?.secretRef,
    flexVolume?.secretRef,
    iscsi?.secretRef,
    rbd?.secretRef,
    scaleIO?.secretRef,
    storageos?.secretRef,
    azureFile && { name: azureFile.secretName, namespace: azureFile.secretNamespace },
  ];
  return references.some(
    (reference) =>
      reference?.name === name && (reference.namespace ?? claimRef?.namespace) === namespace,
  );
}
