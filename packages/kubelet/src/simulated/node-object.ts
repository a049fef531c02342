/** The Node object of a simulated machine, as its kubelet would register it. Pure. */
import type { Node, NodeCondition, NodeStatus } from '@navarch/api/types/core/v1/node';
import { formatTime } from '@navarch/api/time';

export interface Machine {
  readonly name: string;
  /** Its number, from 1: addresses follow from it. */
  readonly number: number;
  readonly kubeletVersion: string;
  /** Where its kubelet answers, when that is on the network. */
  readonly endpoint?: { readonly address: string; readonly port: number };
}

const capacity = {
  cpu: '32',
  'ephemeral-storage': '256Gi',
  'hugepages-1Gi': '0',
  'hugepages-2Mi': '0',
  memory: '128Gi',
  pods: '250',
} as const;
const kubeletPort = 10_250;

/** 172.20.0.1 and on: one address per machine. */
export function machineAddress(machine: Machine): string {
  return (
    machine.endpoint?.address ??
    `172.${20 + (machine.number >> 16)}.${(machine.number >> 8) & 255}.${machine.number & 255}`
  );
}

/** The first three numbers of its pods' addresses: 10.128.1 and on, a /24 per machine. */
export function podNetwork(machine: Machine): string {
  return `10.${128 + (machine.number >> 8)}.${machine.number & 255}`;
}

export function nodeOf(machine: Machine): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: machine.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': machine.name,
        'kubernetes.io/os': 'linux',
      },
      annotations: { 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: {
      podCIDR: `${podNetwork(machine)}.0/24`,
      podCIDRs: [`${podNetwork(machine)}.0/24`],
      providerID: `simulated://${machine.name}`,
    },
  };
}

export function nodeStatusOf(
  machine: Machine,
  before: NodeStatus | undefined,
  nowMs: number,
): NodeStatus {
  return {
    capacity,
    allocatable: capacity,
    addresses: [
      { type: 'InternalIP', address: machineAddress(machine) },
      { type: 'Hostname', address: machine.name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: machine.endpoint?.port ?? kubeletPort } },
    nodeInfo: {
      machineID: identifier(machine, 1),
      systemUUID: identifier(machine, 2),
      bootID: identifier(machine, 3),
      kernelVersion: '6.12.0-simulated',
      osImage: 'Navarch simulated node',
      containerRuntimeVersion: 'containerd://2.1.0',
      kubeletVersion: machine.kubeletVersion,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
    conditions: healthy.map((template) => condition(template, before?.conditions, nowMs)),
  };
}

/** 32 hexadecimal digits that differ by machine and by `kind`. */
function identifier(machine: Machine, kind: number): string {
  return `${kind}`.padStart(8, '0') + machine.number.toString(16).padStart(24, '0');
}

type Template = Required<Pick<NodeCondition, 'type' | 'status' | 'reason' | 'message'>>;

const healthy: readonly Template[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
  },
];

function condition(
  template: Template,
  existing: readonly NodeCondition[] | undefined,
  nowMs: number,
): NodeCondition {
  const before = existing?.find(({ type }) => type === template.type);
  const now = formatTime(nowMs);
  return {
    type: template.type,
    status: template.status,
    lastHeartbeatTime: now,
    lastTransitionTime: before?.status === template.status ? before.lastTransitionTime : now,
    reason: template.reason,
    message: template.message,
  };
}
