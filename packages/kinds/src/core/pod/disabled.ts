/**
 * What the types know and no cluster of this version does unless told to: signals that stop containers, groups of pods,
 * certificates and bundles of them in volumes. Written by a client it is dropped without a word.
 */
import type { Container, EphemeralContainer } from '@navarch/api/types/core/v1/container';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type { Volume } from '@navarch/api/types/core/v1/volume';

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** The spec without it; the spec itself when it has none. */
export function withoutDisabled(spec: PodSpec): PodSpec {
  const hasSignal = containerLists.some((name) =>
    spec[name]?.some(({ lifecycle }) => lifecycle?.stopSignal !== undefined),
  );
  const hasCertificates = spec.volumes?.some(isCertified) === true;
  if (!hasSignal && !hasCertificates && spec.schedulingGroup === undefined) return spec;
  const { schedulingGroup: _, ...rest } = spec;
  return {
    ...rest,
    containers: rest.containers?.map(withoutSignal) ?? rest.containers,
    ...(rest.initContainers && { initContainers: rest.initContainers.map(withoutSignal) }),
    ...(rest.ephemeralContainers && {
      ephemeralContainers: rest.ephemeralContainers.map(withoutSignal),
    }),
    ...(rest.volumes && { volumes: rest.volumes.map(withoutCertificates) }),
  };
}

function withoutSignal<C extends Container | EphemeralContainer>(container: C): C {
  const { lifecycle, ...rest } = container;
  if (lifecycle?.stopSignal === undefined) return container;
  const { stopSignal: _, ...hooks } = lifecycle;
  return Object.keys(hooks).length === 0 ? (rest as C) : { ...container, lifecycle: hooks };
}

function isCertified({ projected }: Volume): boolean {
  return (
    projected?.sources?.some(
      ({ clusterTrustBundle, podCertificate }) =>
        clusterTrustBundle !== undefined || podCertificate !== undefined,
    ) === true
  );
}

/** The source stays, as nothing. */
function withoutCertificates(volume: Volume): Volume {
  const { projected } = volume;
  if (!projected?.sources || !isCertified(volume)) return volume;
  const sources = projected.sources.map((source) => {
    const { clusterTrustBundle: _, podCertificate: __, ...rest } = source;
    return rest;
  });
  return { ...volume, projected: { ...projected, sources } };
}
