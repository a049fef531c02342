/** Says what a refused update of a pod, of a container, of a volume or a claim would have changed. */
import { structOf } from '@navarch/api/schema/registry';
import type { PodSpec, PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import { unifiedDifference } from '../../unified-difference.ts';
import { goMember, goName, goStruct, printed } from '../go-value.ts';

/** How two values of one type differ, such as `core/v1.EphemeralContainer`, as the server's own types print. */
export function describeDifference(type: string, stored: object, submitted: object): string {
  const schema = structOf(type);
  return unifiedDifference(printed(goStruct(schema, stored)), printed(goStruct(schema, submitted)));
}

export function describePodDifference(stored: PodSpec, submitted: PodSpec): string {
  return unifiedDifference(printed(goPodSpec(stored)), printed(goPodSpec(submitted)));
}

/** A template as the server's own type prints: its metadata has no name of its own. */
export function goPodTemplate({ metadata, spec }: PodTemplateSpec): object {
  return { ...metadata, Spec: goPodSpec(spec ?? { containers: [] }) };
}

/** In the order of the server's own type, which keeps what concerns the host with the security context. */
const podMembers = [
  'volumes',
  'initContainers',
  'containers',
  'ephemeralContainers',
  'restartPolicy',
  'terminationGracePeriodSeconds',
  'activeDeadlineSeconds',
  'dnsPolicy',
  'nodeSelector',
  'serviceAccountName',
  'automountServiceAccountToken',
  'nodeName',
  'securityContext',
  'imagePullSecrets',
  'hostname',
  'subdomain',
  'setHostnameAsFQDN',
  'affinity',
  'schedulerName',
  'tolerations',
  'hostAliases',
  'priorityClassName',
  'priority',
  'preemptionPolicy',
  'dnsConfig',
  'readinessGates',
  'runtimeClassName',
  'overhead',
  'enableServiceLinks',
  'topologySpreadConstraints',
  'os',
  'schedulingGates',
  'resourceClaims',
  'resources',
  'hostnameOverride',
] as const satisfies readonly (keyof PodSpec)[];

const hostMembers = [
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'shareProcessNamespace',
  'hostUsers',
] as const satisfies readonly (keyof PodSpec)[];

function goPodSpec(spec: PodSpec): object {
  const members = (names: readonly (keyof PodSpec)[]) =>
    Object.fromEntries(
      names.map((name) => {
        const field = structOf('core/v1.PodSpec').byName.get(name);
        return [goName(name), field ? goMember(field, spec[name]) : null];
      }),
    );
  const security = structOf('core/v1.PodSecurityContext');
  const SecurityContext = {
    ...members(hostMembers),
    ...goStruct(security, spec.securityContext ?? {}),
  };
  return { ...members(podMembers), SecurityContext };
}
