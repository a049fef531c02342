/** What a persistent volume means where it says nothing. */
import type {
  PersistentVolume,
  PersistentVolumeSpec,
} from '@navarch/api/types/core/v1/persistent-volume';
import type { Draft } from '@navarch/api/types/scalars';

export function setVolumeDefaults({ spec, status }: Draft<PersistentVolume>): void {
  if (status) status.phase ??= 'Pending';
  spec.persistentVolumeReclaimPolicy ??= 'Retain';
  spec.volumeMode ??= 'Filesystem';
  setSourceDefaults(spec);
}

/** Sources of the old, built-in drivers each have defaults of their own. */
function setSourceDefaults(spec: Draft<PersistentVolumeSpec>): void {
  const { hostPath, iscsi, rbd, azureDisk, scaleIO } = spec;
  if (hostPath) hostPath.type ??= '';
  if (iscsi) iscsi.iscsiInterface ||= 'default';
  if (rbd) {
    rbd.pool ||= 'rbd';
    rbd.user ||= 'admin';
    rbd.keyring ||= '/etc/ceph/keyring';
  }
  if (azureDisk) {
    azureDisk.cachingMode ??= 'ReadWrite';
    azureDisk.kind ??= 'Shared';
    azureDisk.fsType ??= 'ext4';
    azureDisk.readOnly ??= false;
  }
  if (scaleIO) {
    scaleIO.storageMode ||= 'ThinProvisioned';
    scaleIO.fsType ||= 'xfs';
  }
}
