/** A pod as scheduling sees it: everything that plugins look at, worked out once. */
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Toleration } from '@navarch/api/types/core/v1/scheduling';
import { type NodeSelectorMatcher, requiredNodes } from './node-selector.ts';
import {
  type NamespaceLabels,
  type PodAffinities,
  podAffinities,
  type SpreadConstraints,
  spreadConstraints,
} from './pod-affinity.ts';
import { assumedRequests, containerRequests, podRequests } from './resources.ts';

export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

export interface PodInfo {
  readonly pod: Pod;
  readonly key: string;
  readonly uid: string;
  readonly priority: number;
  /** When it was created, for the order of the queue. */
  readonly createdAt: string;
  /** Resource name and amount, zero amounts left out. */
  readonly requests: readonly (readonly [string, number])[];
  /** For scores: what it is taken to use when it does not say. */
  readonly assumedCpuMillis: number;
  readonly assumedMemoryBytes: number;
  readonly tolerations: readonly Toleration[];
  /** Undefined when every node will do. */
  readonly requiredNodes: NodeSelectorMatcher | undefined;
  readonly hostPorts: readonly HostPort[];
  readonly images: readonly string[];
  /** Undefined when it has no wishes about other pods. */
  readonly affinity: PodAffinities | undefined;
  readonly spread: SpreadConstraints | undefined;
}

export function podInfo(pod: Pod, namespaceLabels: NamespaceLabels = () => undefined): PodInfo {
  const { spec, metadata } = pod;
  const requests = podRequests(spec, containerRequests);
  const assumed = podRequests(spec, assumedRequests);
  return {
    pod,
    key: `${metadata.namespace}/${metadata.name}`,
    uid: metadata.uid ?? '',
    priority: spec.priority ?? 0,
    createdAt: metadata.creationTimestamp ?? '',
    requests: [...requests].filter(([, amount]) => amount > 0),
    assumedCpuMillis: assumed.get('cpu') ?? 0,
    assumedMemoryBytes: assumed.get('memory') ?? 0,
    tolerations: spec.tolerations ?? [],
    requiredNodes: requiredNodes(spec),
    hostPorts: hostPortsOf(pod),
    images: [...spec.containers, ...(spec.initContainers ?? [])].map(
      (container) => container.image ?? '',
    ),
    affinity: podAffinities(pod, namespaceLabels),
    spread: spreadConstraints(pod),
  };
}

function hostPortsOf({ spec }: Pod): readonly HostPort[] {
  const sidecars = (spec.initContainers ?? []).filter(
    (container) => container.restartPolicy === 'Always',
  );
  return [...spec.containers, ...sidecars].flatMap((container) =>
    (container.ports ?? [])
      .filter((port) => (port.hostPort ?? 0) > 0)
      .map((port) => ({
        ip: port.hostIP || '0.0.0.0',
        protocol: port.protocol ?? 'TCP',
        port: port.hostPort ?? 0,
      })),
  );
}
