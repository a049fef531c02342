/** What of a pod may change once it is made: next to nothing, since it may be running. */
import { type FieldError, forbidden, invalid, Path, required } from '@navarch/api/field-error';
import { rangeText } from '@navarch/api/names';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod, PodSchedulingGate, PodSpec } from '@navarch/api/types/core/v1/pod';
import type {
  NodeAffinity,
  NodeSelectorTerm,
  Toleration,
} from '@navarch/api/types/core/v1/scheduling';
import type { StringMap } from '@navarch/api/types/scalars';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { withMember } from '../../strategy.ts';
import { entriesOf, type Errors } from '../checks.ts';
import { goForm, nodeSelectorTermForm } from '../go-form.ts';
import { appArmorPrefix } from './app-armor.ts';
import { checkImageSpace } from './containers.ts';
import { describePodDifference } from './difference.ts';
import { checkTolerations } from './scheduling.ts';
import { checkPod, checkPodAnnotations, mirrorAnnotation } from './validate.ts';

const specPath = Path.of('spec');

const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
];

export function validatePodUpdate(pod: Pod, stored: Pod): readonly FieldError[] {
  const errors: Errors = [];
  checkPod(pod, errors, stored);
  checkAnnotationUpdate(pod, stored, errors);
  if (!checkImages(pod.spec, stored.spec, errors)) return errors;
  if (!checkDeadline(pod.spec, stored.spec, specPath.child('activeDeadlineSeconds'), errors))
    return errors;
  checkAddedTolerations(pod.spec, stored.spec, specPath.child('tolerations'), errors);
  checkRemovedGates(pod.spec, stored.spec, specPath.child('schedulingGates'), errors);
  if (semanticallyEqual(pod.spec, stored.spec)) return errors;
  const rest = narrow(withoutChangeable(pod.spec, stored.spec), stored.spec, errors);
  if (semanticallyEqual(rest, stored.spec)) return errors;
  const text = `pod updates may not change fields other than ${changeable.join(',')}`;
  errors.push(forbidden(specPath, `${text}\n${describePodDifference(stored.spec, rest)}`));
  return errors;
}

/** Annotations that decide how a pod runs. All of them are checked here again: the list of causes has them twice. */
export function checkAnnotationUpdate(pod: Pod, stored: Pod, errors: Errors): void {
  const { metadata } = pod;
  const path = Path.of('metadata', 'annotations');
  const before = stored.metadata.annotations ?? {};
  const after = metadata.annotations ?? {};
  for (const [key, value] of entriesOf(before)) {
    if (after[key] === value) continue;
    if (key.startsWith(appArmorPrefix)) {
      errors.push(forbidden(path.key(key), 'may not remove or update AppArmor annotations'));
    }
    if (key === mirrorAnnotation) {
      errors.push(forbidden(path.key(key), 'may not remove or update mirror pod annotation'));
    }
  }
  for (const [key] of entriesOf(after)) {
    if (key in before) continue;
    if (key.startsWith(appArmorPrefix))
      errors.push(forbidden(path.key(key), 'may not add AppArmor annotations'));
    if (key === mirrorAnnotation)
      errors.push(forbidden(path.key(key), 'may not add mirror pod annotation'));
  }
  checkPodAnnotations(pod, errors, stored);
}

/** Returns whether it makes sense to compare further. */
function checkImages(spec: PodSpec, stored: PodSpec, errors: Errors): boolean {
  for (const list of ['containers', 'initContainers'] as const) {
    const path = specPath.child(list);
    const containers = listOf<Container>(spec[list]);
    if (containers.length !== listOf(stored[list]).length) {
      errors.push(forbidden(path, 'pod updates may not add or remove containers'));
      return false;
    }
    for (const [index, { image = '' }] of containers.entries()) {
      if (image === '') errors.push(required(path.index(index).child('image')));
      checkImageSpace(image, path.index(index).child('image'), errors);
    }
  }
  return true;
}

const deadlineSecondsMax = 2 ** 31 - 1;

/** A deadline may be set and brought forward. */
function checkDeadline(spec: PodSpec, stored: PodSpec, path: Path, errors: Errors): boolean {
  const after = spec.activeDeadlineSeconds;
  const before = stored.activeDeadlineSeconds;
  if (after === undefined) {
    if (before !== undefined) {
      errors.push(invalid(path, null, 'must not update from a positive integer to nil value'));
    }
    return true;
  }
  if (after < 0 || after > deadlineSecondsMax) {
    errors.push(invalid(path, after, rangeText(0, deadlineSecondsMax)));
    return false;
  }
  if (before === undefined || after <= before) return true;
  errors.push(invalid(path, after, 'must be less than or equal to previous value'));
  return false;
}

function checkAddedTolerations(spec: PodSpec, stored: PodSpec, path: Path, errors: Errors): void {
  const after = listOf(spec.tolerations);
  const kept = listOf(stored.tolerations).every((old) =>
    after.some((now) => sameToleration(old, now)),
  );
  if (kept) checkTolerations(after, path, errors);
  else
    errors.push(
      forbidden(path, 'existing toleration can not be modified except its tolerationSeconds'),
    );
}

function sameToleration(a: Toleration, b: Toleration): boolean {
  return semanticallyEqual(
    { ...a, tolerationSeconds: undefined },
    { ...b, tolerationSeconds: undefined },
  );
}

function checkRemovedGates(spec: PodSpec, stored: PodSpec, path: Path, errors: Errors): void {
  const before = new Set(listOf<PodSchedulingGate>(stored.schedulingGates).map(({ name }) => name));
  for (const [index, { name }] of listOf(spec.schedulingGates).entries()) {
    if (before.has(name)) continue;
    const text = `only deletion is allowed, but found new scheduling gate '${name}'`;
    errors.push(forbidden(path.index(index).child('name'), text));
  }
}

/** The spec with all that may change put back, so that what still differs must not. */
function withoutChangeable(spec: PodSpec, stored: PodSpec): PodSpec {
  const before = stored.terminationGracePeriodSeconds;
  const mended = before !== undefined && before < 0 && spec.terminationGracePeriodSeconds === 1;
  let rest = withMember(spec, 'activeDeadlineSeconds', stored.activeDeadlineSeconds);
  rest = withMember(rest, 'schedulingGates', stored.schedulingGates);
  rest = withMember(rest, 'tolerations', stored.tolerations);
  if (mended) rest = withMember(rest, 'terminationGracePeriodSeconds', before);
  rest = { ...rest, containers: withImages(listOf(spec.containers), listOf(stored.containers)) };
  if (!spec.initContainers) return rest;
  return {
    ...rest,
    initContainers: withImages(spec.initContainers, listOf(stored.initContainers)),
  };
}

function withImages(
  containers: readonly Container[],
  stored: readonly Container[],
): readonly Container[] {
  return containers.map((container, index) => withMember(container, 'image', stored[index]?.image));
}

/** A pod whose scheduling is held back may be narrowed to fewer nodes. Puts back what was narrowed. */
function narrow(spec: PodSpec, stored: PodSpec, errors: Errors): PodSpec {
  if (listOf(stored.schedulingGates).length === 0) return spec;
  let rest = spec;
  if (!semanticallyEqual(spec.nodeSelector, stored.nodeSelector)) {
    checkAddedSelectors(spec.nodeSelector ?? {}, stored.nodeSelector ?? {}, errors);
    rest = withMember(rest, 'nodeSelector', stored.nodeSelector);
  }
  const before = stored.affinity?.nodeAffinity;
  const after = spec.affinity?.nodeAffinity;
  if (semanticallyEqual(after, before)) return rest;
  checkNodeAffinityUpdate(after, before, errors);
  const affinity = withMember({ ...spec.affinity }, 'nodeAffinity', before);
  const nothingLeft = stored.affinity === undefined && Object.keys(affinity).length === 0;
  return withMember(rest, 'affinity', nothingLeft ? undefined : affinity);
}

function checkAddedSelectors(
  after: StringMap<string>,
  before: StringMap<string>,
  errors: Errors,
): void {
  if (Object.entries(before).every(([key, value]) => after[key] === value)) return;
  const text = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
  errors.push(invalid(specPath.child('nodeSelector'), after, text));
}

function checkNodeAffinityUpdate(
  after: NodeAffinity | undefined,
  before: NodeAffinity | undefined,
  errors: Errors,
): void {
  const name = 'requiredDuringSchedulingIgnoredDuringExecution';
  const path = specPath.child('affinity', 'nodeAffinity', name, 'nodeSelectorTerms');
  const oldTerms = listOf(before?.[name]?.nodeSelectorTerms);
  if (oldTerms.length === 0) return;
  const newTerms = listOf(after?.[name]?.nodeSelectorTerms);
  const shown = (term: NodeSelectorTerm): object => goForm(nodeSelectorTermForm, term);
  if (newTerms.length !== oldTerms.length) {
    const text = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    errors.push(invalid(path, newTerms.map(shown), text));
    return;
  }
  for (const [index, term] of newTerms.entries()) {
    const old = oldTerms[index];
    if (old === undefined || onlyAdds(term, old)) continue;
    const text = 'only additions are allowed (no mutations or deletions)';
    errors.push(invalid(path.index(index), shown(term), text));
  }
}

/** A term without requirements matches nothing, so that adding the first one would widen it. */
function onlyAdds(term: NodeSelectorTerm, stored: NodeSelectorTerm): boolean {
  const lists = ['matchExpressions', 'matchFields'] as const;
  if (lists.every((name) => listOf(stored[name]).length === 0)) {
    return lists.every((name) => listOf(term[name]).length === 0);
  }
  return lists.every((name) => {
    const before = listOf(stored[name]);
    return semanticallyEqual(listOf(term[name]).slice(0, before.length), before);
  });
}
