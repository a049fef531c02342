/** Rules for what a status says about the health of devices: of those only that the container asked for. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  type Path,
} from '@navarch/api/field-error';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { ContainerStatus, ResourceStatus } from '@navarch/api/types/core/v1/container-status';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../../nil.ts';
import type { Errors } from '../checks.ts';

const lists = [
  ['containerStatuses', 'containers'],
  ['initContainerStatuses', 'initContainers'],
] as const;

export function checkAllocated({ spec, status }: Pod, path: Path, errors: Errors): void {
  for (const [list, containers] of lists) {
    for (const [index, entry] of listOf<ContainerStatus>(status?.[list]).entries()) {
      if (!entry.allocatedResourcesStatus) continue;
      const container = listOf<Container>(spec[containers]).find(({ name }) => name === entry.name);
      const at = path.child(list).index(index).child('allocatedResourcesStatus');
      for (const [number, resource] of entry.allocatedResourcesStatus.entries()) {
        errors.push(...resourceErrors(resource, container, at.index(number)));
      }
    }
  }
  const list = 'ephemeralContainerStatuses';
  for (const [index, entry] of listOf<ContainerStatus>(status?.[list]).entries()) {
    if (listOf(entry.allocatedResourcesStatus).length === 0) continue;
    const at = path.child(list).index(index).child('allocatedResourcesStatus');
    errors.push(forbidden(at, 'must not be specified in container status'));
  }
}

const healths = ['Healthy', 'Unhealthy', 'Unknown'];

/** A status may come late: containers that are not there are passed over. */
function resourceErrors(
  { name, resources }: ResourceStatus,
  container: Container | undefined,
  path: Path,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (container !== undefined && !asksFor(container, name)) {
    errors.push(invalid(path.child('name'), name, unknownText(name)));
  }
  const seen = new Set<string>();
  for (const [index, { health = '', resourceID }] of listOf(resources).entries()) {
    const at = path.child('resources').index(index);
    if (!healths.includes(health)) errors.push(notSupported(at.child('health'), health, healths));
    if (seen.has(resourceID)) errors.push(duplicate(at.child('resourceID'), resourceID));
    seen.add(resourceID);
  }
  return errors;
}

const claimPrefix = 'claim:';

function asksFor({ resources }: Container, name: string): boolean {
  if (!name.startsWith(claimPrefix)) return Object.keys(resources?.requests ?? {}).includes(name);
  return listOf(resources?.claims).some(
    (claim) => name === `${claimPrefix}${claim.name}${claim.request ? `/${claim.request}` : ''}`,
  );
}

function unknownText(name: string): string {
  return name.startsWith(claimPrefix)
    ? "must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty"
    : "must match one of the container's resource requests";
}
