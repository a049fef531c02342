/** Which attributes classes volumes and claims use. Pure. */
import type {
  PersistentVolume,
  PersistentVolumeClaim,
} from '@navarch/api/types/core/v1/persistent-volume';

/** The class that is asked for, the one that the volume has, and the one that it is getting. */
export function classesOfClaim({ spec, status }: PersistentVolumeClaim): readonly string[] {
  return named([
    spec.volumeAttributesClassName,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
  ]);
}

export function classesOfVolume({ spec }: PersistentVolume): readonly string[] {
  return named([spec.volumeAttributesClassName]);
}

function named(names: readonly (string | undefined)[]): readonly string[] {
  return names.flatMap((name) => (name ? [name] : []));
}
