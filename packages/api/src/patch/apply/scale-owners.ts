/** Who owns the number of replicas, seen from a scale and back: a scale has no fields of its own that anybody could keep. */
import {
  formatOwners,
  isSameOwner,
  trustedOwners,
  withoutEmpty,
  type Owner,
} from '../../managed-fields/entries.ts';
import { difference, hasPath, setOfPaths } from '../../managed-fields/field-set.ts';
import { fieldStep } from '../../managed-fields/path-step.ts';
import type { ManagedFieldsEntry } from '../../types/meta/v1/object.ts';

export const scaleVersion = 'autoscaling/v1';
const replicasPath = ['f:spec', 'f:replicas'];
const replicas = setOfPaths([replicasPath]);

function ownsReplicas({ fields }: Owner, path = replicasPath): boolean {
  return hasPath(fields, path);
}

/** The entries that a scale shows, of those of its object, which may keep the number at another path. */
export function scaleEntries(
  entries: readonly ManagedFieldsEntry[],
  path: readonly string[] = ['spec', 'replicas'],
): readonly ManagedFieldsEntry[] {
  const steps = path.map(fieldStep);
  const owners = trustedOwners(entries).filter((owner) => ownsReplicas(owner, steps));
  return formatOwners(
    owners.map((owner) => ({ ...owner, apiVersion: scaleVersion, fields: replicas })),
  );
}

/** The object's entries after its scale's have become `after`. */
export function withScaleEntries(
  entries: readonly ManagedFieldsEntry[],
  after: readonly ManagedFieldsEntry[],
  apiVersion: string,
): readonly ManagedFieldsEntry[] {
  const settled = trustedOwners(after)
    .filter((owner) => ownsReplicas(owner))
    .map((owner) => ({ ...owner, apiVersion, time: undefined })); // As upstream, which loses it on the way.
  const before = trustedOwners(entries);
  const kept = before.map((owner) => {
    if (!ownsReplicas(owner)) return owner;
    const still = settled.find((other) =>
      isSameOwner({ ...other, apiVersion: owner.apiVersion }, owner),
    );
    return still ? owner : { ...owner, fields: difference(owner.fields, replicas) };
  });
  const added = settled.filter(
    (owner) =>
      !before.some((other) => isSameOwner(other, { ...owner, apiVersion: other.apiVersion })),
  );
  return formatOwners(withoutEmpty([...kept, ...added]));
}
