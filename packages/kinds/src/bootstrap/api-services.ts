/** One APIService per served group and version, with the place that discovery gives it. */
import type { APIService } from '@navarch/api/types/apiregistration/v1';

interface Priority {
  /** Groups with a higher one come first. */
  readonly group: number;
  /** Versions of a group with a higher one come first. */
  readonly version: number;
}

const core: Priority = { group: 18_000, version: 1 };

/** The places in discovery, by `group/version`; the group is left out for the core group. */
export const apiServicePriorities: Readonly<Record<string, Priority>> = {
  'apiregistration.k8s.io/v1': { group: 20_000, version: 15 },
  v1: core,
  'apps/v1': { group: 17_800, version: 15 },
  'events.k8s.io/v1': { group: 17_750, version: 15 },
  'authentication.k8s.io/v1': { group: 17_700, version: 15 },
  'authorization.k8s.io/v1': { group: 17_600, version: 15 },
  'autoscaling/v1': { group: 17_500, version: 15 },
  'autoscaling/v2': { group: 17_500, version: 30 },
  'batch/v1': { group: 17_400, version: 15 },
  'certificates.k8s.io/v1': { group: 17_300, version: 15 },
  'networking.k8s.io/v1': { group: 17_200, version: 15 },
  'policy/v1': { group: 17_100, version: 15 },
  'rbac.authorization.k8s.io/v1': { group: 17_000, version: 15 },
  'storage.k8s.io/v1': { group: 16_800, version: 15 },
  'apiextensions.k8s.io/v1': { group: 16_700, version: 15 },
  'admissionregistration.k8s.io/v1': { group: 16_700, version: 15 },
  'scheduling.k8s.io/v1': { group: 16_600, version: 15 },
  'coordination.k8s.io/v1': { group: 16_500, version: 15 },
  'node.k8s.io/v1': { group: 16_300, version: 15 },
  'discovery.k8s.io/v1': { group: 16_200, version: 15 },
  'resource.k8s.io/v1': { group: 16_200, version: 21 },
  'flowcontrol.apiserver.k8s.io/v1': { group: 16_100, version: 21 },
};

/** Registers the others, and is not registered itself. */
const unregistered = 'apiregistration.k8s.io/v1';

export function bootstrapApiServices(time: string): readonly APIService[] {
  const registered = Object.entries(apiServicePriorities).filter(([name]) => name !== unregistered);
  return registered.map(([groupVersion, priority]) => {
    const slash = groupVersion.indexOf('/');
    const group = groupVersion.slice(0, Math.max(slash, 0));
    const version = groupVersion.slice(slash + 1);
    return {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: {
        name: `${version}.${group}`,
        labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' },
      },
      spec: {
        ...(group !== '' && { group }),
        version,
        groupPriorityMinimum: priority.group,
        versionPriority: priority.version,
      },
      status: {
        conditions: [
          {
            type: 'Available',
            status: 'True',
            lastTransitionTime: time,
            reason: 'Local',
            message: 'Local APIServices are always available',
          },
        ],
      },
    };
  });
}
