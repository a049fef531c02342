/**
 * Pods that were promised room on a node, which other pods are leaving for them: pods of the same or lower priority must not take it.
 * Invariant: N1 a pod is nominated to at most one node, and not while it counts on one.
 */
import type { PodInfo } from '../pod/pod-info.ts';

export class Nominations {
  readonly #byNode = new Map<string, Map<string, PodInfo>>();
  readonly #nodeOf = new Map<string, string>();

  get isEmpty(): boolean {
    return this.#nodeOf.size === 0;
  }

  /** The node that a pod was promised; '' for none. */
  nodeOf(uid: string): string {
    return this.#nodeOf.get(uid) ?? '';
  }

  set(pod: PodInfo, nodeName: string): void {
    this.remove(pod.uid); // N1
    if (nodeName === '') return;
    const pods = this.#byNode.get(nodeName) ?? new Map<string, PodInfo>();
    pods.set(pod.uid, pod);
    this.#byNode.set(nodeName, pods);
    this.#nodeOf.set(pod.uid, nodeName);
  }

  remove(uid: string): void {
    const nodeName = this.#nodeOf.get(uid);
    if (nodeName === undefined) return;
    this.#nodeOf.delete(uid);
    const pods = this.#byNode.get(nodeName);
    pods?.delete(uid);
    if (pods?.size === 0) this.#byNode.delete(nodeName);
  }

  has(nodeName: string): boolean {
    return this.#byNode.has(nodeName);
  }

  /** Those on the node that `pod` must leave room for. */
  before(pod: PodInfo, nodeName: string): readonly PodInfo[] {
    const pods = this.#byNode.get(nodeName);
    if (!pods) return [];
    return [...pods.values()].filter(
      ({ uid, priority }) => uid !== pod.uid && priority >= pod.priority,
    );
  }

  /** Those on the node that come after `pod`. */
  below(pod: PodInfo, nodeName: string): readonly PodInfo[] {
    const pods = this.#byNode.get(nodeName);
    return pods ? [...pods.values()].filter(({ priority }) => priority < pod.priority) : [];
  }
}
