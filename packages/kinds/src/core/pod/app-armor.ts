/** AppArmor profiles were annotations once. A new pod that still has them gets the fields they stand for. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { AppArmorProfile } from '@navarch/api/types/core/v1/security';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';

export const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
export const localhostPrefix = 'localhost/';

export function applyAppArmorAnnotations(pod: Pod, context: RequestContext): Pod {
  const annotations = pod.metadata.annotations ?? {};
  const { spec } = pod;
  if (spec.os?.name === 'windows') return pod;
  if (!Object.keys(annotations).some((key) => key.startsWith(appArmorPrefix))) return pod;
  const apply = (container: Container): Container => {
    const annotation = annotations[`${appArmorPrefix}${container.name}`];
    if (annotation === undefined || container.securityContext?.appArmorProfile) return container;
    const appArmorProfile = profileOf(annotation);
    const asThePod = semanticallyEqual(appArmorProfile, spec.securityContext?.appArmorProfile);
    if (appArmorProfile !== undefined && asThePod) return container;
    context.warn(
      `metadata.annotations[${appArmorPrefix}${container.name}]: deprecated since v1.30; use the "appArmorProfile" field instead`,
    );
    if (appArmorProfile === undefined) return container;
    return { ...container, securityContext: { ...container.securityContext, appArmorProfile } };
  };
  return {
    ...pod,
    spec: {
      ...spec,
      containers: listOf(spec.containers).map(apply),
      ...(spec.initContainers && { initContainers: spec.initContainers.map(apply) }),
    },
  };
}

/** Undefined for a text that stands for no profile. */
function profileOf(annotation: string): AppArmorProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const localhostProfile = annotation.slice(localhostPrefix.length);
  if (!annotation.startsWith(localhostPrefix)) return undefined;
  if (localhostProfile === '' || localhostProfile.trim() !== localhostProfile) return undefined;
  return { type: 'Localhost', localhostProfile };
}
