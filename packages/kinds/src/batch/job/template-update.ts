/** What of its pods a job may still change: while it is suspended and none of them runs, where they go and what they ask for. */
import { type FieldError, invalid, type Path } from '@navarch/api/field-error';
import type { Job } from '@navarch/api/types/batch/v1';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { PodSpec, PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import { immutableText } from '../../checks.ts';
import { goPodTemplate } from '../../core/pod/difference.ts';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { withMember } from '../../strategy.ts';

export function templateUpdateErrors(object: Job, stored: Job, path: Path): FieldError[] {
  const { template } = object.spec;
  const before = stored.spec.template;
  const idle = stored.spec.suspend === true && (stored.status?.active ?? 0) === 0;
  if (semanticallyEqual(template, idle ? withFreeParts(before, template) : before)) return [];
  return [invalid(path, goPodTemplate(template), immutableText)];
}

/** The stored template with the submitted labels, annotations and free members of the spec. */
function withFreeParts(stored: PodTemplateSpec, submitted: PodTemplateSpec): PodTemplateSpec {
  const { labels, annotations } = submitted.metadata ?? {};
  const metadata = withMember(
    withMember({ ...stored.metadata }, 'labels', labels),
    'annotations',
    annotations,
  );
  return { ...stored, metadata, spec: withFreeMembers(stored.spec, submitted.spec) };
}

/** The stored spec with all that may change as it was submitted. */
function withFreeMembers(stored: PodSpec, submitted: PodSpec): PodSpec {
  let spec = withNodeAffinity(stored, submitted);
  for (const name of ['nodeSelector', 'tolerations', 'schedulingGates'] as const) {
    spec = withMember(spec, name, submitted[name]);
  }
  for (const name of ['containers', 'initContainers'] as const) {
    if (!spec[name]) continue;
    spec = { ...spec, [name]: withResources(spec[name], listOf<Container>(submitted[name])) };
  }
  return spec;
}

/** Affinity to other pods stays as it is. */
function withNodeAffinity(stored: PodSpec, submitted: PodSpec): PodSpec {
  const nodeAffinity = submitted.affinity?.nodeAffinity;
  const affinity = withMember({ ...stored.affinity }, 'nodeAffinity', nodeAffinity);
  const isNothing = submitted.affinity === undefined && Object.keys(affinity).length === 0;
  return withMember(stored, 'affinity', isNothing ? undefined : affinity);
}

function withResources(
  stored: readonly Container[],
  submitted: readonly Container[],
): readonly Container[] {
  if (stored.length !== submitted.length) return stored;
  return stored.map((container, index) => {
    const now = submitted[index];
    return now?.name === container.name
      ? withMember(container, 'resources', now.resources)
      : container;
  });
}
