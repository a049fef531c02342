/** The selector that a scale shows: the workload's own, in its text form. */
import { compileSelector } from '@navarch/api/selectors';
import type { LabelSelector } from '@navarch/api/types/meta/v1/selector';

export function scaleSelector(object: {
  readonly spec: { readonly selector: LabelSelector | null };
}): string {
  return compileSelector(object.spec.selector ?? undefined).toString();
}
