/** What holds for the selector and the pod template of a workload. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import { compileSelector, nothing, type Selector } from '@navarch/api/selectors';
import { SelectorError } from '@navarch/api/selectors/requirement';
import type { PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import type { LabelSelector } from '@navarch/api/types/meta/v1/selector';
import { validatePodTemplateSpec } from '../core/pod/validate.ts';
import { validateLabelSelector } from '../label-selector.ts';

export const mismatchText = '`selector` does not match template `labels`';

/** Undefined when the selector does not hold. No selector at all selects nothing. */
export function compiled(selector: LabelSelector | null | undefined): Selector | undefined {
  try {
    return selector ? compileSelector(selector) : nothing;
  } catch (error) {
    if (error instanceof SelectorError) return undefined;
    throw error;
  }
}

export function isEmptySelector(selector: LabelSelector): boolean {
  const { matchLabels = {}, matchExpressions } = selector;
  return Object.keys(matchLabels).length + (matchExpressions ?? []).length === 0;
}

/** A selector must be there, hold, and select something. */
export function requiredSelector(
  selector: LabelSelector | null | undefined,
  emptyText: string,
  path: Path,
): FieldError[] {
  if (!selector) return [required(path)];
  const errors = validateLabelSelector(selector, path);
  return isEmptySelector(selector) ? [...errors, invalid(path, selector, emptyText)] : errors;
}

/** Selector and template of a replica set or deployment, which is checked as the replica set it will be. */
export function replicaSetTemplate(
  selector: LabelSelector | null | undefined,
  template: PodTemplateSpec | undefined,
  path: Path,
): FieldError[] {
  const matcher = compiled(selector);
  if (!matcher) return [invalid(path.child('selector'), selector, 'invalid label selector')];
  const at = path.child('template');
  if (!template) return [required(at)];
  return [
    ...labelMismatch(matcher, template, at),
    ...validatePodTemplateSpec(template, at),
    ...alwaysRunning(template, 'ReplicaSet', at),
  ];
}

/** Every pod that is made from the template must be found by the selector. */
export function labelMismatch(
  matcher: Selector,
  template: PodTemplateSpec,
  path: Path,
): FieldError[] {
  const labels = template.metadata?.labels;
  const empty = matcher !== nothing && matcher.toString() === '';
  if (empty || matcher.matches(labels ?? {})) return [];
  return [invalid(path.child('metadata', 'labels'), labels ?? null, mismatchText)];
}

/** Pods that are replaced when they end must not end by themselves. */
export function alwaysRunning(template: PodTemplateSpec, owner: string, path: Path): FieldError[] {
  const { restartPolicy = '', activeDeadlineSeconds } = template.spec ?? {};
  const errors: FieldError[] = [];
  if (restartPolicy !== 'Always') {
    errors.push(notSupported(path.child('spec', 'restartPolicy'), restartPolicy, ['Always']));
  }
  if (activeDeadlineSeconds !== undefined) {
    const at = path.child('spec', 'activeDeadlineSeconds');
    errors.push(forbidden(at, `activeDeadlineSeconds in ${owner} is not Supported`));
  }
  return errors;
}
