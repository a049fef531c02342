/** What a claim means where it says nothing. */
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
} from '@navarch/api/types/core/v1/persistent-volume';
import type { Draft } from '@navarch/api/types/scalars';

export function setClaimDefaults({ spec, status }: Draft<PersistentVolumeClaim>): void {
  if (status) status.phase ??= 'Pending';
  setClaimSpecDefaults(spec);
}

/** Also for the claims inside pods and stateful sets. */
export function setClaimSpecDefaults(spec: Draft<PersistentVolumeClaimSpec>): void {
  spec.volumeMode ??= 'Filesystem';
}
