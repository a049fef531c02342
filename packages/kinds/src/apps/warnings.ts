/** Warnings about workloads. */
import { Path } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import { templateWarnings as warningsOf } from '../core/pod/warnings.ts';

interface Workload extends KubernetesObject {
  readonly spec: { readonly template?: PodTemplateSpec };
}

const path = Path.of('spec', 'template');

/** Warnings about the template; on an update only when the update means something new. */
export function templateWarnings(
  object: Workload,
  stored: Workload | undefined,
): readonly string[] {
  const same = stored && stored.metadata.generation === object.metadata.generation;
  if (same || !object.spec.template) return [];
  return warningsOf(object.spec.template, path);
}

/** Names that end up in the names of pods. */
export function podNameWarnings(
  object: KubernetesObject,
  stored: KubernetesObject | undefined,
): readonly string[] {
  if (stored) return [];
  const problems = isDns1123Label(object.metadata.name ?? '');
  if (problems.length === 0) return [];
  return [
    `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  ];
}

export function workloadWarnings(
  object: Workload,
  stored: Workload | undefined,
): readonly string[] {
  return [...podNameWarnings(object, stored), ...templateWarnings(object, stored)];
}
