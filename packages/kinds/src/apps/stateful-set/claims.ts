/** The claims that each pod of a stateful set gets for its own, as its pod template sees them. */
import type { FieldError, Path } from '@navarch/api/field-error';
import type { StatefulSetSpec } from '@navarch/api/types/apps/v1/stateful-set';
import type { PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import type { Volume } from '@navarch/api/types/core/v1/volume';
import { validateClaimSpec } from '../../core/persistent-volume-claim/validate.ts';
import { listOf } from '../../nil.ts';

export function claimTemplateErrors(
  { volumeClaimTemplates }: StatefulSetSpec,
  path: Path,
): FieldError[] {
  return listOf(volumeClaimTemplates).flatMap(({ spec }, index) =>
    validateClaimSpec(spec, path.index(index).child('spec')),
  );
}

/** The template with a volume for each claim: first those, then its own volumes of other names. */
export function withClaimVolumes({
  template,
  volumeClaimTemplates,
}: StatefulSetSpec): PodTemplateSpec {
  const names = new Set(listOf(volumeClaimTemplates).map(({ metadata }) => metadata.name ?? ''));
  if (names.size === 0) return template;
  const claimed = [...names].map((name): Volume => ({
    name,
    persistentVolumeClaim: { claimName: name },
  }));
  const own = listOf(template.spec.volumes).filter(({ name }) => !names.has(name));
  return { ...template, spec: { ...template.spec, volumes: [...claimed, ...own] } };
}
