/** What claims use of a quota: claims to volumes, in all and by storage class, and claims to devices. */
import type { Int64 } from '../types/scalars.ts';
import { Quantity } from '../quantity.ts';
import type { PersistentVolumeClaim } from '../types/core/v1/persistent-volume.ts';
import type { ResourceClaim } from '../types/resource/v1/claim.ts';
import { addAmounts, type Amounts, raiseAmounts } from './amounts.ts';
import { countName, matchesRequirement, one, type QuotaEvaluator } from './evaluator.ts';

const claimCount = countName({ group: '', resource: 'persistentvolumeclaims' });
const claims = 'persistentvolumeclaims';
const storage = 'requests.storage';
const classSuffix = '.storageclass.storage.k8s.io/';
const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

export const volumeClaimQuota: QuotaEvaluator = {
  updates: ['', 'status'],
  measures: (name) =>
    [claimCount, claims, storage].includes(name) ||
    name.endsWith(classSuffix + claims) ||
    name.endsWith(classSuffix + storage),
  usage(object) {
    const claim = object as PersistentVolumeClaim;
    const used = new Map([
      [claims, one],
      [claimCount, one],
    ]);
    const { annotations } = claim.metadata;
    const storageClass = annotations?.[classAnnotation] ?? claim.spec.storageClassName ?? '';
    const size = claimedStorage(claim);
    if (storageClass !== '') used.set(storageClass + classSuffix + claims, one);
    if (size === undefined) return used;
    used.set(storage, size);
    if (storageClass !== '') used.set(storageClass + classSuffix + storage, size);
    return used;
  },
  inScope(requirement, object) {
    if (requirement.scopeName !== 'VolumeAttributesClass') return false;
    const names = attributesClasses(object as PersistentVolumeClaim);
    if (names.length === 0) return matchesRequirement(requirement, undefined);
    return names.some((name) => matchesRequirement(requirement, name));
  },
};

/** What is asked for, or what a failed growth left behind when that is more; in whole bytes. */
function claimedStorage({ spec, status }: PersistentVolumeClaim): Quantity | undefined {
  const asked = spec.resources?.requests?.['storage'];
  if (asked === undefined) return undefined;
  const wanted = wholeBytes(Quantity.parse(asked));
  const given = status?.allocatedResources?.['storage'];
  const allocated = given === undefined ? Quantity.zero : wholeBytes(Quantity.parse(given));
  return allocated.compare(wanted) > 0 ? allocated : wanted;
}

function wholeBytes(size: Quantity): Quantity {
  return size.nanos % 1_000_000_000n === 0n ? size : Quantity.ofUnits(size.value());
}

/** Those that the claim has, had until now, or is on its way to. */
function attributesClasses({ spec, status }: PersistentVolumeClaim): readonly string[] {
  return [
    spec.volumeAttributesClassName,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
  ].filter((name): name is string => name !== undefined && name !== '');
}

const deviceClaimCount = countName({ group: 'resource.k8s.io', resource: 'resourceclaims' });
const deviceSuffix = '.deviceclass.resource.k8s.io/devices';

/** The most devices that one claim can get: what asking for all of them counts as. */
const devicesMax = 32;

interface Wish {
  readonly deviceClassName: string;
  readonly allocationMode?: string;
  readonly count?: Int64;
}

export const deviceClaimQuota: QuotaEvaluator = {
  updates: ['', 'status', 'binding'],
  measures: (name) => name === deviceClaimCount || name.endsWith(deviceSuffix),
  usage(object) {
    let used: Amounts = new Map([[deviceClaimCount, one]]);
    for (const { exactly, firstAvailable } of (object as ResourceClaim).spec.devices?.requests ??
      []) {
      if (exactly) used = addAmounts(used, devices(exactly));
      // Only one of the alternatives is given: for each class the most demanding one counts.
      const most = (firstAvailable ?? []).map(devices);
      used = addAmounts(used, most.reduce<Amounts>(raiseAmounts, new Map()));
    }
    return used;
  },
};

function devices({ deviceClassName, allocationMode, count = 0 }: Wish): Amounts {
  const number =
    allocationMode === 'All' ? devicesMax : allocationMode === 'ExactCount' ? count : 0;
  return new Map([[deviceClassName + deviceSuffix, Quantity.ofUnits(number)]]);
}
