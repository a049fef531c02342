/** What a pod, or a template of pods, must be like. */
import { type FieldError, forbidden, invalid, Path } from '@navarch/api/field-error';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod, PodSpec, PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import type { AppArmorProfile, SeccompProfile } from '@navarch/api/types/core/v1/security';
import type { StringMap } from '@navarch/api/types/scalars';
import { listOf } from '../../nil.ts';
import { checkLabels, entriesOf, type Errors } from '../checks.ts';
import { checkAnnotationNames } from './annotation-names.ts';
import { appArmorPrefix, localhostPrefix } from './app-armor.ts';
import { checkImageSpace } from './containers.ts';
import { checkDescendingPath } from './paths.ts';
import { checkPodSpec } from './validate-spec.ts';
import { containersWithPaths } from './windows.ts';

const specPath = Path.of('spec');
const template = { isPod: false, podName: '' };

/** A new pod. */
export function validatePod(pod: Pod): readonly FieldError[] {
  const errors: Errors = [];
  checkPod(pod, errors);
  const { spec, metadata } = pod;
  if (listOf(spec.ephemeralContainers).length > 0) {
    errors.push(forbidden(specPath.child('ephemeralContainers'), 'cannot be set on create'));
  }
  if (spec.nodeName && listOf(spec.schedulingGates).length > 0) {
    const text = 'cannot be set until all schedulingGates have been cleared';
    errors.push(forbidden(specPath.child('nodeName'), text));
  }
  checkProfileAnnotations(metadata.annotations, spec, specPath, errors);
  return errors;
}

/** What holds for a pod at any time. */
export function checkPod(pod: Pod, errors: Errors, stored?: Pod): void {
  const { metadata, spec } = pod;
  const { name = '' } = metadata;
  checkPodAnnotations(pod, errors, stored);
  checkPodSpec(spec, { isPod: true, podName: name }, specPath, errors);
  if (!spec.serviceAccountName) checkNoTokens(spec, errors);
  for (const list of ['containers', 'initContainers'] as const) {
    for (const [index, container] of listOf<Container>(spec[list]).entries()) {
      const image = container.image ?? '';
      if (image.trim() !== image)
        checkImageSpace(image, specPath.child(list).index(index).child('image'), errors);
    }
  }
}

/** What was stored with a wrong deletion cost, before there was a rule for it, may keep one. */
export function checkPodAnnotations({ metadata, spec }: Pod, errors: Errors, stored?: Pod): void {
  const { annotations } = metadata;
  if (annotations === undefined) return;
  const before = stored?.metadata.annotations?.[deletionCost];
  const costs = before === undefined || isInt32(before) ? 'checked' : 'any';
  checkAnnotations(annotations, spec, Path.of('metadata', 'annotations'), errors, costs);
}

/** Tokens are of an account. */
function checkNoTokens(spec: PodSpec, errors: Errors): void {
  for (const [index, { projected }] of listOf(spec.volumes).entries()) {
    for (const [sourceIndex, { serviceAccountToken }] of listOf(projected?.sources).entries()) {
      if (!serviceAccountToken) continue;
      const at = specPath
        .child('volumes')
        .index(index)
        .child('projected', 'sources')
        .index(sourceIndex);
      const text = 'must not be specified when serviceAccountName is not set';
      errors.push(forbidden(at.child('serviceAccountToken'), text));
    }
  }
}

/** A pod spec on its own, such as in a template whose metadata do not matter. */
export function validatePodSpec(spec: PodSpec, path: Path): readonly FieldError[] {
  const errors: Errors = [];
  checkPodSpec(spec, template, path, errors);
  return errors;
}

/** The template that a workload makes its pods from. */
export function validatePodTemplateSpec(
  { metadata, spec }: PodTemplateSpec,
  path: Path,
): readonly FieldError[] {
  const errors: Errors = [];
  const { labels, annotations } = metadata;
  checkLabels(labels, path.child('labels'), errors);
  if (annotations) {
    checkAnnotationNames(annotations, path.child('annotations'), errors);
    checkAnnotations(annotations, spec, path.child('annotations'), errors);
  }
  checkPodSpec(spec, template, path.child('spec'), errors);
  checkProfileAnnotations(annotations, spec, path.child('spec'), errors);
  if (listOf(spec.ephemeralContainers).length > 0) {
    const text = 'ephemeral containers not allowed in pod template';
    errors.push(forbidden(path.child('spec', 'ephemeralContainers'), text));
  }
  return errors;
}

export const mirrorAnnotation = 'kubernetes.io/config.mirror';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';

/** Annotations that mean something to the system. */
export function checkAnnotations(
  annotations: StringMap<string>,
  spec: PodSpec,
  path: Path,
  errors: Errors,
  costs: 'checked' | 'any' = 'checked',
): void {
  const mirror = annotations[mirrorAnnotation];
  if (mirror !== undefined && !spec.nodeName) {
    const text = 'must set spec.nodeName if mirror pod annotation is set';
    errors.push(invalid(path.key(mirrorAnnotation), mirror, text));
  }
  const cost = annotations[deletionCost];
  if (cost !== undefined && costs === 'checked' && !isInt32(cost)) {
    errors.push(invalid(path.key(deletionCost), cost, 'must be a 32bit integer'));
  }
  const ofPod = annotations[seccompPod];
  if (ofPod !== undefined) checkSeccompText(ofPod, path.child(seccompPod), errors);
  for (const [key, value] of entriesOf(annotations)) {
    if (key.startsWith(seccompContainer)) checkSeccompText(value, path.child(key), errors);
  }
  for (const [key, value] of entriesOf(annotations)) {
    if (key.startsWith(appArmorPrefix)) checkAppArmorText(key, value, spec, path.key(key), errors);
  }
}

function isInt32(text: string): boolean {
  if (!/^(0|-?[1-9][0-9]*)$/.test(text)) return false;
  const value = Number(text);
  return value >= -(2 ** 31) && value < 2 ** 31;
}

function checkSeccompText(text: string, path: Path, errors: Errors): void {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(text)) return;
  if (text.startsWith(localhostPrefix)) {
    checkDescendingPath(text.slice(localhostPrefix.length), path, errors);
  } else errors.push(invalid(path, text, 'must be a valid seccomp profile'));
}

function checkAppArmorText(
  key: string,
  value: string,
  spec: PodSpec,
  path: Path,
  errors: Errors,
): void {
  const name = key.slice(appArmorPrefix.length);
  const known = containersWithPaths(spec, specPath).some(([container]) => container.name === name);
  if (!known) errors.push(invalid(path, name, 'container not found'));
  if (['', 'runtime/default', 'unconfined'].includes(value) || value.startsWith(localhostPrefix))
    return;
  errors.push(invalid(path, value, `invalid AppArmor profile name: ${JSON.stringify(value)}`));
}

function mentionsProfiles(annotations: StringMap<string>): boolean {
  for (const key in annotations) {
    if (key === seccompPod || key.startsWith(seccompContainer) || key.startsWith(appArmorPrefix)) {
      return true;
    }
  }
  return false;
}

/** Profiles that are given both as fields and as annotations must say the same. */
function checkProfileAnnotations(
  annotations: StringMap<string> | undefined,
  spec: PodSpec,
  path: Path,
  errors: Errors,
): void {
  if (annotations === undefined || !mentionsProfiles(annotations)) return;
  const at = path.child('securityContext', 'seccompProfile');
  checkMatch('seccomp', annotations[seccompPod], spec.securityContext?.seccompProfile, at, errors);
  const containers = containersWithPaths(spec, path);
  for (const [{ name, securityContext }, containerPath] of containers) {
    const seccompPath = containerPath.child('securityContext', 'seccompProfile');
    checkMatch(
      'seccomp',
      annotations[seccompContainer + name],
      securityContext?.seccompProfile,
      seccompPath,
      errors,
    );
  }
  if (spec.os?.name === 'windows') return;
  for (const [{ name, securityContext }, containerPath] of containers) {
    const profile = securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
    const profilePath = containerPath.child('securityContext', 'appArmorProfile');
    checkMatch('apparmor', annotations[appArmorPrefix + name], profile, profilePath, errors);
  }
}

function checkMatch(
  what: 'seccomp' | 'apparmor',
  annotation: string | undefined,
  profile: SeccompProfile | AppArmorProfile | undefined,
  path: Path,
  errors: Errors,
): void {
  if (annotation === undefined || profile === undefined) return;
  const { type, localhostProfile } = profile;
  const sameType = {
    Unconfined: annotation === 'unconfined',
    RuntimeDefault:
      annotation === 'runtime/default' || (what === 'seccomp' && annotation === 'docker/default'),
    Localhost: annotation.startsWith(localhostPrefix),
  }[type];
  if (!sameType) {
    errors.push(forbidden(path.child('type'), `${what} type in annotation and field must match`));
  } else if (
    type === 'Localhost' &&
    annotation.slice(localhostPrefix.length) !== localhostProfile
  ) {
    errors.push(
      forbidden(
        path.child('localhostProfile'),
        `${what} profile in annotation and field must match`,
      ),
    );
  }
}
