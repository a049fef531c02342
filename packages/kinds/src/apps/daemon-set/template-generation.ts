/** An annotation, long deprecated, that counts the versions of a daemon set's template. Old pods still carry it. */
import type { DaemonSet } from '@navarch/api/types/apps/v1/daemon-set';
import { semanticallyEqual } from '../../equal.ts';

export const templateGenerationAnnotation = 'deprecated.daemonset.template.generation';

export function templateGeneration({ metadata }: DaemonSet): number {
  const value = Number.parseInt(metadata.annotations?.[templateGenerationAnnotation] ?? '', 10);
  return Number.isNaN(value) ? 0 : value;
}

export function withTemplateGeneration(object: DaemonSet, generation: number): DaemonSet {
  const annotations = {
    ...object.metadata.annotations,
    [templateGenerationAnnotation]: String(generation),
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** A new template is one more, another one is whatever it was; clients have no say. */
export function nextTemplateGeneration(object: DaemonSet, stored: DaemonSet): DaemonSet {
  const changed = !semanticallyEqual(object.spec.template, stored.spec.template);
  return withTemplateGeneration(object, templateGeneration(stored) + (changed ? 1 : 0));
}
