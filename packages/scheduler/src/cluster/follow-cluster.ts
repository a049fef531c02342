/** Turns what informers hear into the scheduler's state: nodes and their pods into the cluster, pods without a node into the queue. */
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Informer } from '@navarch/client/informer';
import { podInfo, type PodInfo } from '../pod/pod-info.ts';
import type { Profile } from '../plugins/plugin-order.ts';
import type { SchedulingQueue } from '../queue/scheduling-queue.ts';
import type { ClusterState } from './cluster-state.ts';

export interface Followers {
  readonly cluster: ClusterState;
  readonly queue: SchedulingQueue;
  readonly profile: Profile;
  readonly isOurs: (pod: Pod) => boolean;
  readonly onGated: (info: PodInfo, message: string) => void;
}

export interface Sources {
  readonly namespaces: Informer<Namespace>;
  readonly nodes: Informer<Node>;
  readonly pods: Informer<Pod>;
}

export function followCluster(sources: Sources, followers: Followers): void {
  const read = (pod: Pod): PodInfo =>
    podInfo(pod, (namespace) => sources.namespaces.get('', namespace)?.metadata.labels);
  followNodes(sources.nodes, followers);
  followPods(sources.pods, { ...followers, read });
}

interface PodFollowers extends Followers {
  readonly read: (pod: Pod) => PodInfo;
}

function followNodes(nodes: Informer<Node>, { cluster, queue }: Followers): void {
  nodes.onChange({
    added: (node) => {
      cluster.setNode(node);
      queue.on('node:added');
    },
    updated: (old, node) => {
      cluster.setNode(node);
      if (mattersToScheduling(old, node)) queue.on('node:updated');
    },
    deleted: (node) => cluster.removeNode(node.metadata.name ?? ''),
  });
}

/** Heartbeats are most of what happens to nodes, and wake nobody. */
function mattersToScheduling(old: Node, node: Node): boolean {
  const parts = (of: Node): unknown[] => [of.spec, of.metadata.labels, of.status?.allocatable];
  return JSON.stringify(parts(old)) !== JSON.stringify(parts(node));
}

/** Pods that ended hold nothing any more. */
function holdsNode(pod: Pod): boolean {
  const { phase } = pod.status ?? {};
  return Boolean(pod.spec.nodeName) && phase !== 'Succeeded' && phase !== 'Failed';
}

function followPods(pods: Informer<Pod>, followers: PodFollowers): void {
  pods.onChange({
    added: (pod) => takeIn(undefined, pod, followers),
    updated: (old, pod) => takeIn(old, pod, followers),
    deleted: (pod) => letGo(pod, followers),
  });
}

function takeIn(old: Pod | undefined, pod: Pod, followers: PodFollowers): void {
  const { cluster, queue, isOurs, read } = followers;
  const uid = pod.metadata.uid ?? '';
  if (holdsNode(pod)) {
    const known = old !== undefined && holdsNode(old) && countsTheSame(old, pod);
    queue.remove(uid);
    if (known && !cluster.isAssumed(uid)) return;
    cluster.setPod(read(pod), pod.spec.nodeName ?? '');
    if (!known) queue.on('pod:assigned');
  } else if (pod.spec.nodeName) {
    letGo(pod, followers);
  } else if (isOurs(pod) && pod.metadata.deletionTimestamp === undefined) {
    if (old === undefined || changesItsChances(old, pod)) enqueue(read(pod), followers);
  } else {
    queue.remove(uid);
  }
}

/** Most news of a running pod is about its status, which scheduling does not look at. */
function countsTheSame({ metadata: old }: Pod, { metadata }: Pod): boolean {
  return (
    old.generation === metadata.generation &&
    old.deletionTimestamp === metadata.deletionTimestamp &&
    (old.labels === metadata.labels ||
      JSON.stringify(old.labels) === JSON.stringify(metadata.labels))
  );
}

function enqueue(info: PodInfo, { cluster, queue, profile, onGated }: Followers): void {
  if (cluster.isAssumed(info.uid)) return;
  for (const plugin of profile.preEnqueue) {
    const message = plugin.gate(info);
    if (message === undefined) continue;
    queue.remove(info.uid);
    onGated(info, message);
    return;
  }
  queue.add(info);
}

/** Status news of a waiting pod (our own, mostly) are no reason to try again. */
function changesItsChances(old: Pod, pod: Pod): boolean {
  return (
    JSON.stringify([old.spec, old.metadata.labels]) !==
    JSON.stringify([pod.spec, pod.metadata.labels])
  );
}

function letGo(pod: Pod, { cluster, queue }: Followers): void {
  const uid = pod.metadata.uid ?? '';
  cluster.removePod(uid);
  queue.remove(uid);
  if (pod.spec.nodeName) queue.on('pod:unassigned');
}
