/** Checks on the profiles that confine a pod's processes: AppArmor, SELinux, seccomp. */
import type { SELinuxOptions } from '@navarch/api/types/core/v1/security';
import { compareText } from '../../table/cells.ts';
import {
  type AnyContainer,
  type Check,
  containersOf,
  containersText,
  distinct,
  isWindows,
  namesWhere,
  plural,
  type PodLike,
  quoted,
  settersText,
  unless,
  type Violation,
} from './check.ts';

export const appArmorProfile: Check = {
  id: 'appArmorProfile',
  level: 'baseline',
  versions: [{ since: 0, run: checkAppArmor }],
};

const confined = ['RuntimeDefault', 'Localhost'];
const appArmorAnnotationPrefix = 'container.apparmor.security.beta.kubernetes.io/';

function checkAppArmor(pod: PodLike): Violation | undefined {
  const profile = pod.spec.securityContext?.appArmorProfile?.type;
  const ofContainer = ({ securityContext }: AnyContainer) => securityContext?.appArmorProfile?.type;
  const { setters, values } = unconfined(pod, profile, ofContainer);
  const annotations = Object.entries(pod.metadata.annotations ?? {})
    .filter(([key, value]) => key.startsWith(appArmorAnnotationPrefix) && !isAppArmorName(value))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .toSorted(compareText);
  const all = [
    ...(setters === '' ? [] : [setters]),
    ...(annotations.length > 0 ? [plural(annotations.length, 'annotation')] : []),
  ];
  if (all.length === 0) return undefined;
  const bad = [...values, ...annotations];
  return {
    reason: plural(bad.length, 'forbidden AppArmor profile'),
    detail: `${all.join(' and ')} must not set AppArmor profile type to ${quoted(bad)}`,
  };
}

function isAppArmorName(profile: string): boolean {
  return profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
}

/** Who asks for a type of profile that does not confine, and which types. */
function unconfined(
  pod: PodLike,
  ofPod: string | undefined,
  ofContainer: (container: AnyContainer) => string | undefined,
): { readonly setters: string; readonly values: readonly string[] } {
  const isBad = (type: string | undefined) => type !== undefined && !confined.includes(type);
  const names = namesWhere(pod, (container) => isBad(ofContainer(container)));
  const types = [ofPod, ...containersOf(pod).map(ofContainer)];
  return {
    setters: settersText(isBad(ofPod), names),
    values: distinct(types.filter((type): type is string => type !== undefined && isBad(type))),
  };
}

const containerTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

export const seLinuxOptions: Check = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { since: 0, run: onlySeLinuxTypes(containerTypes) },
    { since: 31, run: onlySeLinuxTypes([...containerTypes, 'container_engine_t']) },
  ],
};

function onlySeLinuxTypes(allowed: readonly string[]): (pod: PodLike) => Violation | undefined {
  const isBad = (options: SELinuxOptions | undefined) =>
    options !== undefined &&
    (!allowed.includes(options.type ?? '') || Boolean(options.user) || Boolean(options.role));
  return (pod) => {
    const own = pod.spec.securityContext?.seLinuxOptions;
    const ofContainer = ({ securityContext }: AnyContainer) => securityContext?.seLinuxOptions;
    const names = namesWhere(pod, (container) => isBad(ofContainer(container)));
    const setters = settersText(isBad(own), names);
    if (setters === '') return undefined;
    const all = [own, ...containersOf(pod).map(ofContainer)];
    const types = distinct(all.flatMap((options) => (options ? [options.type ?? ''] : []))).filter(
      (type) => !allowed.includes(type),
    );
    const faults = [
      ...(types.length > 0 ? [`${plural(types.length, 'type')} ${quoted(types)}`] : []),
      ...(all.some((options) => options?.user) ? ['user may not be set'] : []),
      ...(all.some((options) => options?.role) ? ['role may not be set'] : []),
    ];
    const detail = `${setters} set forbidden securityContext.seLinuxOptions: ${faults.join('; ')}`;
    return { reason: 'seLinuxOptions', detail };
  };
}

export const seccompBaseline: Check = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  versions: [
    { since: 0, run: checkSeccompAnnotations },
    { since: 19, run: checkSeccompSetters },
  ],
};

const seccompPodAnnotation = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainerPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

/** Before there were fields. */
function checkSeccompAnnotations(pod: PodLike): Violation | undefined {
  const annotations = pod.metadata.annotations ?? {};
  const keys = [
    seccompPodAnnotation,
    ...containersOf(pod).map(({ name }) => seccompContainerPrefix + name),
  ];
  const bad = distinct(
    keys.flatMap((key) => {
      const value = annotations[key];
      if (value === undefined || isSeccompName(value)) return [];
      return [`${key}=${JSON.stringify(value)}`];
    }),
  );
  if (bad.length === 0) return undefined;
  const detail = `forbidden ${plural(bad.length, 'annotation')} ${bad.join(', ')}`;
  return { reason: 'seccompProfile', detail };
}

function isSeccompName(profile: string): boolean {
  const known = profile === 'runtime/default' || profile === 'docker/default';
  return known || profile.startsWith('localhost/');
}

const seccompOf = ({ securityContext }: AnyContainer): string | undefined =>
  securityContext?.seccompProfile?.type;

function checkSeccompSetters(pod: PodLike): Violation | undefined {
  const profile = pod.spec.securityContext?.seccompProfile?.type;
  const { setters, values } = unconfined(pod, profile, seccompOf);
  if (setters === '') return undefined;
  const detail = `${setters} must not set securityContext.seccompProfile.type to ${quoted(values)}`;
  return { reason: 'seccompProfile', detail };
}

export const seccompRestricted: Check = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  versions: [
    { since: 19, run: checkSeccompSet, replaces: [seccompBaseline.id] },
    { since: 25, run: unless(isWindows, checkSeccompSet), replaces: [seccompBaseline.id] },
  ],
};

/** Every container has a profile: its own, or the pod's. */
function checkSeccompSet(pod: PodLike): Violation | undefined {
  const wrong = checkSeccompSetters(pod);
  if (wrong) return wrong;
  if (pod.spec.securityContext?.seccompProfile !== undefined) return undefined;
  const names = namesWhere(pod, (container) => seccompOf(container) === undefined);
  if (names.length === 0) return undefined;
  const detail = `pod or ${containersText(names)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`;
  return { reason: 'seccompProfile', detail };
}
