/**
 * A pod as scheduling sees it: everything that plugins look at, worked out once. Pods that ask for the same share one shape, so that
 * what was worked out for one of them is found again for the next.
 */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Toleration } from '@navarch/api/types/core/v1/scheduling';
import {
  type NodeSelectorMatcher,
  preferredNodes,
  requiredNodes,
  type WeightedNodes,
} from './node-selector.ts';
import {
  type NamespaceLabels,
  type PodAffinities,
  podAffinities,
  type SpreadConstraints,
  spreadConstraints,
} from './pod-affinity.ts';
import { jsonText } from '@navarch/api/json-text';
import { assumedRequests, containerRequests, podRequests, resizedRequests } from './resources.ts';

export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

/** What a pod asks for. Equal pods have the same one: its identity says that they are equal. */
export interface PodShape {
  /** Resource name and amount, zero amounts left out. */
  readonly requests: readonly (readonly [string, number])[];
  /** For scores: what it is taken to use when it does not say. */
  readonly assumedCpuMillis: number;
  readonly assumedMemoryBytes: number;
  readonly tolerations: readonly Toleration[];
  /** Undefined when every node will do. */
  readonly requiredNodes: NodeSelectorMatcher | undefined;
  readonly preferredNodes: readonly WeightedNodes[];
  readonly hostPorts: readonly HostPort[];
  readonly images: readonly string[];
  /** Undefined when it has no wishes about other pods. */
  readonly affinity: PodAffinities | undefined;
  /** Undefined when it does not say how to spread. */
  readonly spread: SpreadConstraints | undefined;
}

export interface PodInfo extends PodShape {
  readonly shape: PodShape;
  readonly pod: Pod;
  /** `namespace/name`. */
  readonly key: string;
  readonly uid: string;
  readonly priority: number;
}

export type ReadPod = (pod: Pod) => PodInfo;

const shapesMax = 4096;
const everyNamespaceUnknown: NamespaceLabels = () => undefined;

/** A reader that finds the shape of equal pods again. It keeps at most `shapesMax`. */
export function createPodReader(namespaceLabels: NamespaceLabels): ReadPod {
  const shapes = new Map<string, PodShape>();
  return (pod) => {
    const text = shapeText(pod);
    const known = shapes.get(text);
    const shape = known ?? shapeOf(pod, namespaceLabels);
    if (!known) {
      const [oldest] = shapes.keys();
      if (shapes.size >= shapesMax && oldest !== undefined) shapes.delete(oldest);
      shapes.set(text, shape);
    }
    return withShape(pod, shape);
  };
}

export function podInfo(
  pod: Pod,
  namespaceLabels: NamespaceLabels = everyNamespaceUnknown,
): PodInfo {
  return withShape(pod, shapeOf(pod, namespaceLabels));
}

function withShape(pod: Pod, shape: PodShape): PodInfo {
  return {
    ...shape,
    shape,
    pod,
    key: `${pod.metadata.namespace}/${pod.metadata.name}`,
    uid: pod.metadata.uid ?? '',
    priority: pod.spec.priority ?? 0,
  };
}

/** Equal texts mean equal shapes: all that `shapeOf` and those who select pods look at. */
function shapeText({ metadata, spec, status }: Pod): string {
  return jsonText([
    metadata.namespace,
    metadata.labels,
    metadata.ownerReferences?.find(({ controller }) => controller)?.uid,
    spec.containers.map(containerParts),
    spec.initContainers?.map(containerParts),
    spec.resources?.requests,
    spec.overhead,
    spec.tolerations,
    spec.nodeSelector,
    spec.affinity,
    spec.topologySpreadConstraints,
    imageVolumes({ metadata, spec }),
    resizedRequests({ metadata, spec, status }),
  ]);
}

function containerParts({ image, ports, resources, restartPolicy }: Container): readonly unknown[] {
  return [image, ports, resources?.requests, restartPolicy];
}

function shapeOf(pod: Pod, namespaceLabels: NamespaceLabels): PodShape {
  const { spec } = pod;
  const resized = resizedRequests(pod);
  const requests = podRequests(spec, (container) => containerRequests(container, resized));
  const assumed = podRequests(spec, (container) => assumedRequests(container, resized));
  return {
    requests: [...requests].filter(([, amount]) => amount > 0),
    assumedCpuMillis: assumed.get('cpu') ?? 0,
    assumedMemoryBytes: assumed.get('memory') ?? 0,
    tolerations: spec.tolerations ?? [],
    requiredNodes: requiredNodes(spec),
    preferredNodes: preferredNodes(spec),
    hostPorts: hostPortsOf(pod),
    images: [
      ...[...spec.containers, ...(spec.initContainers ?? [])].map(({ image }) => image ?? ''),
      ...imageVolumes(pod),
    ],
    affinity: podAffinities(pod, namespaceLabels),
    spread: spreadConstraints(pod),
  };
}

function imageVolumes({ spec }: Pod): readonly string[] {
  return (spec.volumes ?? []).flatMap(({ image }) => image?.reference ?? []);
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
