/** Rules for how containers mount volumes, as directories or as block devices. */
import { forbidden, invalid, notFound, type Path, required } from '@navarch/api/field-error';
import type { Container, VolumeDevice, VolumeMount } from '@navarch/api/types/core/v1/container';
import { listOf } from '../../nil.ts';
import { checkChoice } from '../checks.ts';
import { checkDescendingPath, hasBackstep } from './paths.ts';
import type { PodScope } from './scope.ts';

export function checkMounts(container: Container, path: Path, scope: PodScope): void {
  const mounts = listOf(container.volumeMounts);
  const devices = listOf(container.volumeDevices);
  const paths = new Set<string>();
  for (const [index, mount] of mounts.entries()) {
    const at = path.child('volumeMounts').index(index);
    checkMount(mount, paths, at, scope);
    if (devices.length > 0) checkOverlap(mount, devices, at, scope);
    checkSubPaths(mount, at, path.child('volumeMounts'), scope);
    checkPropagation(mount, container, path.child('volumeMounts'), scope);
  }
  checkDevices(devices, mounts, path.child('volumeDevices'), scope);
}

function checkMount(
  { name, mountPath }: VolumeMount,
  paths: Set<string>,
  path: Path,
  scope: PodScope,
): void {
  const { errors, volumes } = scope;
  if (name === '') errors.push(required(path.child('name')));
  if (!volumes.has(name)) errors.push(notFound(path.child('name'), name));
  const at = path.child('mountPath');
  if (mountPath === '') errors.push(required(at));
  if (paths.has(mountPath)) errors.push(invalid(at, mountPath, 'must be unique'));
  paths.add(mountPath);
}

function checkOverlap(
  mount: VolumeMount,
  devices: readonly VolumeDevice[],
  path: Path,
  { errors }: PodScope,
): void {
  if (devices.some(({ name }) => name === mount.name)) {
    errors.push(invalid(path.child('name'), mount.name, 'must not already exist in volumeDevices'));
  }
  if (devices.some(({ devicePath }) => devicePath === mount.mountPath)) {
    const text = 'must not already exist as a path in volumeDevices';
    errors.push(invalid(path.child('mountPath'), mount.mountPath, text));
  }
}

/** Upstream reports bad paths at the list, without saying which mount it is. */
function checkSubPaths(
  { subPath = '', subPathExpr = '' }: VolumeMount,
  path: Path,
  list: Path,
  scope: PodScope,
): void {
  const { errors } = scope;
  if (subPath !== '') checkDescendingPath(subPath, list.child('subPath'), errors);
  if (subPathExpr === '') return;
  if (subPath !== '') {
    const text = 'subPathExpr and subPath are mutually exclusive';
    errors.push(invalid(path.child('subPathExpr'), subPathExpr, text));
  }
  checkDescendingPath(subPathExpr, list.child('subPathExpr'), errors);
}

const propagations: readonly string[] = ['Bidirectional', 'HostToContainer', 'None'];

function checkPropagation(
  mount: VolumeMount,
  container: Container,
  list: Path,
  { errors }: PodScope,
): void {
  const { mountPropagation, recursiveReadOnly, readOnly } = mount;
  if (mountPropagation !== undefined) {
    const at = list.child('mountPropagation');
    checkChoice(mountPropagation, propagations, at, errors);
    if (mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true) {
      const text = 'Bidirectional mount propagation is available only to privileged containers';
      errors.push(forbidden(at, text));
    }
  }
  if (recursiveReadOnly === undefined || recursiveReadOnly === 'Disabled') return;
  const at = list.child('recursiveReadOnly');
  if (recursiveReadOnly !== 'Enabled' && recursiveReadOnly !== 'IfPossible') {
    checkChoice(recursiveReadOnly, ['Disabled', 'Enabled', 'IfPossible'], at, errors);
    return;
  }
  if (!readOnly) errors.push(forbidden(at, 'may only be specified when readOnly is true'));
  if (mountPropagation !== undefined && mountPropagation !== 'None') {
    errors.push(
      forbidden(at, 'may only be specified when mountPropagation is None or not specified'),
    );
  }
}

function checkDevices(
  devices: readonly VolumeDevice[],
  mounts: readonly VolumeMount[],
  path: Path,
  scope: PodScope,
): void {
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const [index, device] of devices.entries()) {
    const at = path.index(index);
    checkDeviceName(device.name, names, at.child('name'), scope);
    checkDevicePath(device.devicePath, paths, at.child('devicePath'), scope);
    checkDeviceOverlap(device, mounts, at, scope);
  }
}

function checkDeviceName(
  name: string,
  names: Set<string>,
  path: Path,
  { errors, volumes }: PodScope,
): void {
  const volume = volumes.get(name);
  if (name === '') errors.push(required(path));
  if (names.has(name)) errors.push(invalid(path, name, 'must be unique'));
  if (volume === undefined) errors.push(notFound(path, name));
  else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
    const text =
      'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
    errors.push(invalid(path, name, text));
  }
  if (name !== '') names.add(name);
}

function checkDevicePath(
  devicePath: string,
  paths: Set<string>,
  path: Path,
  { errors }: PodScope,
): void {
  if (devicePath === '') errors.push(required(path));
  if (paths.has(devicePath)) errors.push(invalid(path, devicePath, 'must be unique'));
  if (hasBackstep(devicePath)) {
    errors.push(invalid(path, devicePath, "can not contain backsteps ('..')"));
  } else paths.add(devicePath);
}

function checkDeviceOverlap(
  { name, devicePath }: VolumeDevice,
  mounts: readonly VolumeMount[],
  path: Path,
  { errors }: PodScope,
): void {
  if (mounts.some((mount) => mount.name === name)) {
    errors.push(invalid(path.child('name'), name, 'must not already exist in volumeMounts'));
  }
  if (mounts.some(({ mountPath }) => mountPath === devicePath)) {
    const text = 'must not already exist as a path in volumeMounts';
    errors.push(invalid(path.child('devicePath'), devicePath, text));
  }
}
