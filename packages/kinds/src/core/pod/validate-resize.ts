/** Resizing: the CPU and memory of containers that run may change, within the class of service that the pod has. */
import { type FieldError, forbidden, invalid, Path } from '@navarch/api/field-error';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { ResourceList, ResourceRequirements } from '@navarch/api/types/core/v1/resources';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { withMember } from '../../strategy.ts';
import type { Errors } from '../checks.ts';
import { computeQosClass, qosClass } from './qos.ts';
import { isSidecar } from './table.ts';
import { checkPod, mirrorAnnotation } from './validate.ts';

const specPath = Path.of('spec');

export function validateResize(pod: Pod, stored: Pod): readonly FieldError[] {
  const refused = unresizable(stored);
  if (refused !== undefined) return [forbidden('[]', refused)];
  const errors: Errors = [];
  checkPod(pod, errors, stored);
  if (!checkLists(pod, stored, errors)) return errors;
  const before = qosClass(stored);
  if (before !== computeQosClass(pod)) {
    const text = 'Pod QOS Class may not change as a result of resizing';
    errors.push(invalid(specPath, pod.status?.qosClass ?? '', text));
  }
  if (!isSupported(stored)) {
    errors.push(forbidden(specPath, 'Pod running on node without support for resize'));
  }
  checkRemovals(pod, stored, errors);
  checkOthers(pod, stored, errors);
  return errors;
}

function unresizable({ metadata, spec }: Pod): string | undefined {
  if (mirrorAnnotation in (metadata.annotations ?? {})) return 'static pods cannot be resized';
  return spec.os?.name === 'windows' ? 'windows pods cannot be resized' : undefined;
}

const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** Returns whether the containers can be compared one by one. */
function checkLists(pod: Pod, stored: Pod, errors: Errors): boolean {
  for (const name of lists) {
    const now = listOf<Container>(pod.spec[name]);
    const before = listOf<Container>(stored.spec[name]);
    const path = specPath.child(name);
    if (now.length !== before.length) {
      errors.push(forbidden(path, `${name} may not be added or removed on resize`));
      return false;
    }
    const renamed = now.findIndex((container, index) => container.name !== before[index]?.name);
    if (renamed < 0) continue;
    errors.push(
      forbidden(
        path.index(renamed).child('name'),
        `${name} may not be renamed or reordered on resize`,
      ),
    );
    return false;
  }
  return true;
}

/** A node that reports the resources of what it runs can change them. Nothing is known of a pod that does not run. */
function isSupported({ status }: Pod): boolean {
  const running = listOf(status?.containerStatuses).find(
    ({ state }) => state?.running !== undefined,
  );
  return running === undefined || running.resources !== undefined;
}

/** What is asked for may change, but not be taken back altogether. */
function checkRemovals(pod: Pod, stored: Pod, errors: Errors): void {
  for (const name of ['initContainers', 'containers'] as const) {
    for (const [index, before] of listOf<Container>(stored.spec[name]).entries()) {
      if (name === 'initContainers' && !isSidecar(before)) continue;
      const now = pod.spec[name]?.[index]?.resources;
      const path = specPath.child(name).index(index).child('resources');
      if (isShorter(now?.requests, before.resources?.requests)) {
        errors.push(forbidden(path.child('requests'), 'resource requests cannot be removed'));
      }
      if (isShorter(now?.limits, before.resources?.limits)) {
        errors.push(forbidden(path.child('limits'), 'resource limits cannot be removed'));
      }
    }
  }
}

function isShorter(now: ResourceList = {}, before: ResourceList = {}): boolean {
  return Object.keys(before).some((name) => !(name in now));
}

function checkOthers(pod: Pod, stored: Pod, errors: Errors): void {
  for (const [index, container] of listOf(pod.spec.containers).entries()) {
    const before = stored.spec.containers[index];
    if (before === undefined || semanticallyEqual(withoutCompute(container, before), before))
      continue;
    errors.push(forbidden(specPath, 'only cpu and memory resources are mutable'));
  }
  for (const [index, container] of listOf(pod.spec.initContainers).entries()) {
    const before = stored.spec.initContainers?.[index];
    if (before === undefined) continue;
    if (!isSidecar(container)) {
      if (semanticallyEqual(container, before)) continue;
      errors.push(forbidden(specPath, 'resources for non-sidecar init containers are immutable'));
    } else if (!semanticallyEqual(withoutCompute(container, before), before)) {
      errors.push(
        forbidden(specPath, 'only cpu and memory resources for sidecar containers are mutable'),
      );
    }
  }
}

/** The container with its CPU, memory and resize policy put back. */
function withoutCompute(container: Container, before: Container): Container {
  const resources = container.resources && putBack(container.resources, before.resources);
  return withMember(
    withMember(container, 'resources', resources),
    'resizePolicy',
    before.resizePolicy,
  );
}

function putBack(
  now: ResourceRequirements,
  before: ResourceRequirements | undefined,
): ResourceRequirements {
  const limits = withCompute(now.limits, before?.limits);
  const requests = withCompute(now.requests, before?.requests);
  return withMember(withMember(now, 'limits', limits), 'requests', requests);
}

function withCompute(
  now: ResourceList | undefined,
  before: ResourceList | undefined,
): ResourceList | undefined {
  // Where nothing was said before, nothing that is said now is looked at.
  if (before === undefined) return undefined;
  const { cpu: _, memory: __, ...others } = now ?? {};
  const { cpu, memory } = before;
  return {
    ...others,
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
  };
}
