/** Protection of volumes and claims: a finalizer that keeps them while they are used. Pure. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Pod } from '@navarch/api/types/core/v1/pod';

export type ProtectionStep = 'protect' | 'let go, if unused' | 'nothing';

/** What is to be done about an object. Whether it is used only matters once somebody has deleted it. */
export function planProtection({ metadata }: KubernetesObject, finalizer: string): ProtectionStep {
  const isProtected = metadata.finalizers?.includes(finalizer) === true;
  const isDeleted = metadata.deletionTimestamp !== undefined;
  if (isDeleted) return isProtected ? 'let go, if unused' : 'nothing';
  return isProtected ? 'nothing' : 'protect';
}

export function withFinalizer<T extends KubernetesObject>(object: T, finalizer: string): T {
  const finalizers = [...(object.metadata.finalizers ?? []), finalizer];
  return { ...object, metadata: { ...object.metadata, finalizers } };
}

export function withoutFinalizer<T extends KubernetesObject>(object: T, finalizer: string): T {
  const finalizers = object.metadata.finalizers?.filter((other) => other !== finalizer);
  return { ...object, metadata: { ...object.metadata, finalizers } };
}

/**
 * The names of the claims that a pod uses. A pod without a node uses none: no kubelet starts it with a claim that is going. Nor does a pod
 * that was shut down use the claims that were made for it, which wait for its end otherwise.
 */
export function claimsOf(pod: Pod): readonly string[] {
  const { metadata, spec } = pod;
  if (!spec.nodeName) return [];
  return (spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim) return [persistentVolumeClaim.claimName];
    return ephemeral && !isShutDown(pod) ? [`${metadata.name}-${name}`] : [];
  });
}

function isShutDown({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined && metadata.deletionGracePeriodSeconds === 0;
}
