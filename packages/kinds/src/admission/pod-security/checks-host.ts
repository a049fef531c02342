/** Checks that keep a pod apart from the machine that it runs on. */
import type { LifecycleHandler, Probe } from '@navarch/api/types/core/v1/probe';
import { listOf } from '../../nil.ts';
import {
  type AnyContainer,
  type Check,
  containersOf,
  containersText,
  distinct,
  namesWhere,
  plural,
  type PodLike,
  quoted,
  settersText,
  type Violation,
} from './check.ts';

export const hostNamespaces: Check = {
  id: 'hostNamespaces',
  level: 'baseline',
  versions: [
    {
      since: 0,
      run({ spec }) {
        const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter(
          (name) => spec[name],
        );
        if (shared.length === 0) return undefined;
        return {
          reason: 'host namespaces',
          detail: shared.map((name) => `${name}=true`).join(', '),
        };
      },
    },
  ],
};

export const hostPathVolumes: Check = {
  id: 'hostPathVolumes',
  level: 'baseline',
  versions: [
    {
      since: 0,
      run({ spec }) {
        const names = listOf(spec.volumes)
          .filter(({ hostPath }) => hostPath !== undefined)
          .map(({ name }) => name);
        if (names.length === 0) return undefined;
        const detail = `${plural(names.length, 'volume')} ${quoted(names)}`;
        return { reason: 'hostPath volumes', detail };
      },
    },
  ],
};

export const hostPorts: Check = {
  id: 'hostPorts',
  level: 'baseline',
  versions: [
    {
      since: 0,
      run(pod) {
        const portsOf = ({ ports }: AnyContainer) =>
          listOf(ports).flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
        const names = namesWhere(pod, (container) => portsOf(container).length > 0);
        if (names.length === 0) return undefined;
        const ports = distinct(containersOf(pod).flatMap(portsOf));
        const use = plural(names.length, 'uses', 'use');
        const what = plural(ports.length, 'hostPort');
        const detail = `${containersText(names)} ${use} ${what} ${ports.join(', ')}`;
        return { reason: 'hostPort', detail };
      },
    },
  ],
};

export const hostProbesAndLifecycle: Check = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  versions: [{ since: 34, run: checkProbedHosts }],
};

/** A probe that names a host makes the node knock wherever the pod wants. */
function checkProbedHosts(pod: PodLike): Violation | undefined {
  const names = distinct(namesWhere(pod, (container) => probedHosts(container).length > 0));
  if (names.length === 0) return undefined;
  const hosts = distinct(containersOf(pod).flatMap(probedHosts));
  const use = plural(names.length, 'uses', 'use');
  const what = plural(hosts.length, 'probe or lifecycle host');
  const detail = `${containersText(names)} ${use} ${what} ${quoted(hosts)}`;
  return { reason: 'probe or lifecycle host', detail };
}

function probedHosts(container: AnyContainer): string[] {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const handlers: readonly (Probe | LifecycleHandler | undefined)[] = [
    livenessProbe,
    readinessProbe,
    startupProbe,
    lifecycle?.postStart,
    lifecycle?.preStop,
  ];
  return handlers
    .flatMap((handler) => [handler?.httpGet?.host, handler?.tcpSocket?.host])
    .filter((host): host is string => host !== undefined && host !== '');
}

export const windowsHostProcess: Check = {
  id: 'windowsHostProcess',
  level: 'baseline',
  versions: [
    {
      since: 0,
      run(pod) {
        const names = namesWhere(
          pod,
          ({ securityContext }) => securityContext?.windowsOptions?.hostProcess === true,
        );
        const itself = pod.spec.securityContext?.windowsOptions?.hostProcess === true;
        const setters = settersText(itself, names);
        if (setters === '') return undefined;
        const detail = `${setters} must not set securityContext.windowsOptions.hostProcess=true`;
        return { reason: 'hostProcess', detail };
      },
    },
  ],
};

/** Settings of the kernel that are a pod's own, so that changing them harms no other. */
const namespacedSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const sysctlsSince27 = [...namespacedSysctls, 'net.ipv4.ip_local_reserved_ports'];
const sysctlsSince29 = [
  ...sysctlsSince27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const sysctlsSince32 = [...sysctlsSince29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

export const sysctls: Check = {
  id: 'sysctls',
  level: 'baseline',
  versions: [
    { since: 0, run: onlySysctls(namespacedSysctls) },
    { since: 27, run: onlySysctls(sysctlsSince27) },
    { since: 29, run: onlySysctls(sysctlsSince29) },
    { since: 32, run: onlySysctls(sysctlsSince32) },
  ],
};

function onlySysctls(allowed: readonly string[]): (pod: PodLike) => Violation | undefined {
  return ({ spec }) => {
    const names = listOf(spec.securityContext?.sysctls)
      .map(({ name }) => name)
      .filter((name) => !allowed.includes(name));
    if (names.length === 0) return undefined;
    return { reason: 'forbidden sysctls', detail: names.join(', ') };
  };
}
