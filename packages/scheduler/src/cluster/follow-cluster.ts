/** Turns what informers hear into the scheduler's state: nodes and their pods into the cluster, pods without a node into the queue. */
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Informer } from '@navarch/client/informer';
import type { ClusterEvent, Profile } from '../framework/plugin.ts';
import { createPodReader, type ReadPod } from '../pod/pod-info.ts';
import type { SchedulingQueue } from '../queue/scheduling-queue.ts';
import type { ClusterState } from './cluster-state.ts';
import { sameValue } from './same-value.ts';

export interface Followers {
  readonly cluster: ClusterState;
  readonly queue: SchedulingQueue;
  readonly profile: Profile;
  readonly isOurs: (pod: Pod) => boolean;
}

export interface Sources {
  readonly namespaces: Informer<Namespace>;
  readonly nodes: Informer<Node>;
  readonly pods: Informer<Pod>;
}

export function followCluster(sources: Sources, followers: Followers): void {
  const read = createPodReader(
    (namespace) => sources.namespaces.get('', namespace)?.metadata.labels,
  );
  followNamespaces(sources.namespaces, followers);
  followNodes(sources.nodes, followers);
  followPods(sources.pods, { ...followers, read });
}

/** Terms may select namespaces by their labels: what was counted by them does not hold any more. */
function followNamespaces(namespaces: Informer<Namespace>, { cluster }: Followers): void {
  const startOver = (): void => {
    cluster.groups.startOver();
    cluster.carried.startOver();
  };
  namespaces.onChange({
    added: startOver,
    updated: (old, namespace) => {
      if (!sameValue(old.metadata.labels, namespace.metadata.labels)) startOver();
    },
    deleted: startOver,
  });
}

function followNodes(nodes: Informer<Node>, { cluster, queue }: Followers): void {
  nodes.onChange({
    added: (node) => {
      cluster.setNode(node);
      queue.on('node:added');
    },
    updated: (old, node) => {
      if (!cluster.setNode(node)) return;
      for (const event of eventsOf(old, node)) queue.on(event);
    },
    deleted: (node) => {
      cluster.removeNode(node.metadata.name ?? '');
      queue.on('node:deleted');
    },
  });
}

function eventsOf(old: Node, node: Node): readonly ClusterEvent[] {
  const events: ClusterEvent[] = [];
  if (!sameValue(old.metadata.labels, node.metadata.labels)) events.push('node:labels');
  if (!sameValue(old.status?.allocatable, node.status?.allocatable))
    events.push('node:allocatable');
  const isCordonedAsBefore =
    (old.spec?.unschedulable ?? false) === (node.spec?.unschedulable ?? false);
  if (!isCordonedAsBefore || !sameValue(old.spec?.taints, node.spec?.taints))
    events.push('node:taints');
  return events;
}

interface PodFollowers extends Followers {
  readonly read: ReadPod;
}

function followPods(pods: Informer<Pod>, followers: PodFollowers): void {
  pods.onChange({
    added: (pod) => takeIn(undefined, pod, followers),
    updated: (old, pod) => takeIn(old, pod, followers),
    deleted: (pod) => letGo(pod, followers),
  });
}

function takeIn(old: Pod | undefined, pod: Pod, followers: PodFollowers): void {
  const { queue, isOurs } = followers;
  if (holdsNode(pod)) {
    place(old, pod, followers);
  } else if (pod.spec.nodeName) {
    if (!old || holdsNode(old)) letGo(pod, followers);
  } else if (isOurs(pod) && pod.metadata.deletionTimestamp === undefined) {
    awaitNode(old, pod, followers);
  } else {
    queue.remove(pod.metadata.uid ?? '');
    followers.cluster.nominations.remove(pod.metadata.uid ?? '');
  }
}

/** Pods that ended hold nothing any more. */
function holdsNode({ spec, status }: Pod): boolean {
  return Boolean(spec.nodeName) && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

function place(old: Pod | undefined, pod: Pod, { cluster, queue, read }: PodFollowers): void {
  const uid = pod.metadata.uid ?? '';
  const isKnown = old !== undefined && holdsNode(old);
  if (isKnown && countsTheSame(old, pod) && !cluster.isAssumed(uid)) return;
  queue.remove(uid);
  cluster.setPod(read(pod), pod.spec.nodeName ?? '');
  if (!isKnown) {
    queue.on('pod:assigned');
    return;
  }
  if (!sameValue(old.metadata.labels, pod.metadata.labels)) queue.on('pod:labels');
  if (old.metadata.generation !== pod.metadata.generation || !sameAllocation(old, pod))
    queue.on('pod:unassigned'); // It may have been resized to less.
}

/** Most news of a running pod is about its status, of which scheduling looks at little. */
function countsTheSame(old: Pod, pod: Pod): boolean {
  return (
    old.metadata.generation === pod.metadata.generation &&
    old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp &&
    old.status?.startTime === pod.status?.startTime &&
    sameValue(old.metadata.labels, pod.metadata.labels) &&
    sameAllocation(old, pod)
  );
}

/** What the node says that it granted to the containers. */
function sameAllocation({ status: old }: Pod, { status }: Pod): boolean {
  const before = old?.containerStatuses ?? [];
  const now = status?.containerStatuses ?? [];
  if (before.length !== now.length) return before.length === 0 && !now.some(hasAllocation);
  return now.every(
    ({ allocatedResources, resources }, index) =>
      sameValue(before[index]?.allocatedResources, allocatedResources) &&
      sameValue(before[index]?.resources, resources),
  );
}

function hasAllocation(of: {
  readonly allocatedResources?: unknown;
  readonly resources?: unknown;
}): boolean {
  return of.allocatedResources !== undefined || of.resources !== undefined;
}

/** The pod waits for a node. */
function awaitNode(old: Pod | undefined, pod: Pod, followers: PodFollowers): void {
  const { cluster, queue, profile, read } = followers;
  const uid = pod.metadata.uid ?? '';
  if (cluster.isAssumed(uid)) return;
  const nominated = pod.status?.nominatedNodeName ?? '';
  const changes = old === undefined || changesItsChances(old, pod);
  const isPromised =
    nominated !== (old?.status?.nominatedNodeName ?? '') &&
    nominated !== cluster.nominations.nodeOf(uid); // Else it is our own promise that comes back.
  if (!changes && !isPromised) return;
  const info = read(pod);
  if (isPromised) cluster.nominations.set(info, nominated);
  if (!changes && nominated !== '') return;
  // Its status says so already: the API server writes that when it stores a gated pod.
  if (profile.preEnqueue.some((plugin) => plugin.gate(info) !== undefined)) queue.gate(uid);
  else queue.add(info);
}

/** Status news of a waiting pod (our own, mostly) are no reason to try again; a promise that was taken back is. */
function changesItsChances(old: Pod, pod: Pod): boolean {
  return (
    !sameValue(old.metadata.labels, pod.metadata.labels) ||
    old.metadata.generation !== pod.metadata.generation ||
    !sameValue(old.spec, pod.spec)
  );
}

function letGo(pod: Pod, { cluster, queue }: Followers): void {
  const uid = pod.metadata.uid ?? '';
  const wasPromised = cluster.nominations.nodeOf(uid) !== '';
  cluster.removePod(uid);
  cluster.nominations.remove(uid);
  queue.remove(uid);
  if (pod.spec.nodeName || wasPromised) queue.on('pod:unassigned');
}
