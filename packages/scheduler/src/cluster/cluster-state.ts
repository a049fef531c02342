/**
 * All nodes and the pods on them, kept current by events and by our own decisions.
 *
 * Invariants: C1 a pod counts on at most one node. C2 a pod that we decided to bind counts at once ("assumed"), before the API server
 * knows; the informer's news confirm it, a failed binding takes it back. C3 news about an assumed pod never move it while its binding is
 * under way. C4 rows are reused only when neither node nor pods are left.
 */
import type { Node } from '@navarch/api/types/core/v1/node';
import type { PodInfo } from '../pod/pod-info.ts';
import { CarriedTerms } from './affinity-terms.ts';
import { NodeInfo } from './node-info.ts';
import { PodGroups } from './pod-groups.ts';
import { ResourceColumns } from './resource-columns.ts';

export class ClusterState {
  readonly columns = new ResourceColumns();
  /** Affinity terms of the pods on nodes. */
  readonly carried = new CarriedTerms();
  /** Counts of pods by selector and node. */
  readonly groups = new PodGroups(() => this.#podsByRow());
  readonly #byName = new Map<string, NodeInfo>();
  /** Nodes that exist, in order of appearance. */
  #nodes: NodeInfo[] = [];
  readonly #byRow: (NodeInfo | undefined)[] = [];
  readonly #freeRows: number[] = [];
  #rows = 0;
  /** Pod uid -> the node it counts on. */
  readonly #placed = new Map<string, NodeInfo>();
  readonly #assumed = new Set<string>();

  get nodes(): readonly NodeInfo[] {
    return this.#nodes;
  }

  node(name: string): NodeInfo | undefined {
    return this.#byName.get(name);
  }

  /** The node of a row; undefined when nothing but pods is known of it. */
  nodeAt(row: number): NodeInfo | undefined {
    const info = this.#byRow[row];
    return info?.exists ? info : undefined;
  }

  setNode(node: Node): void {
    const info = this.#infoOf(node.metadata.name ?? '');
    if (!info.exists) this.#nodes = [...this.#nodes, info];
    info.setNode(node);
  }

  removeNode(name: string): void {
    const info = this.#byName.get(name);
    if (!info?.exists) return;
    info.setNode(undefined);
    this.#nodes = this.#nodes.filter((other) => other !== info);
    this.#dropIfEmpty(info);
  }

  /** The API server says that the pod is on the node. */
  setPod(pod: PodInfo, nodeName: string): void {
    const before = this.#placed.get(pod.uid);
    this.#assumed.delete(pod.uid);
    if (before) this.#take(before, pod.uid);
    this.#put(this.#infoOf(nodeName), pod);
  }

  removePod(uid: string): void {
    const node = this.#placed.get(uid);
    this.#assumed.delete(uid);
    if (node) this.#take(node, uid);
  }

  /** C2. */
  assume(pod: PodInfo, node: NodeInfo): void {
    this.#assumed.add(pod.uid);
    this.#put(node, pod);
  }

  isAssumed(uid: string): boolean {
    return this.#assumed.has(uid);
  }

  /** The binding failed. */
  forget(uid: string): void {
    if (this.#assumed.has(uid)) this.removePod(uid);
  }

  #put(node: NodeInfo, pod: PodInfo): void {
    this.#placed.set(pod.uid, node); // C1
    node.addPod(pod);
    this.carried.change(node.row, pod, 1);
    this.groups.change(node.row, pod, 1);
  }

  #take(node: NodeInfo, uid: string): void {
    this.#placed.delete(uid);
    const pod = node.removePod(uid);
    if (pod) {
      this.carried.change(node.row, pod, -1);
      this.groups.change(node.row, pod, -1);
    }
    this.#dropIfEmpty(node);
  }

  #infoOf(name: string): NodeInfo {
    const existing = this.#byName.get(name);
    if (existing) return existing;
    const row = this.#freeRows.pop() ?? this.#rows++;
    this.columns.ensureRow(row);
    const info = new NodeInfo(name, row, this.columns);
    this.#byName.set(name, info);
    this.#byRow[row] = info;
    return info;
  }

  /** C4. */
  #dropIfEmpty(info: NodeInfo): void {
    if (info.exists || info.pods.size > 0 || this.#byName.get(info.name) !== info) return;
    this.#byName.delete(info.name);
    this.#byRow[info.row] = undefined;
    this.#freeRows.push(info.row);
  }

  *#podsByRow(): Iterable<readonly [number, PodInfo]> {
    for (const node of this.#byName.values())
      for (const pod of node.pods.values()) yield [node.row, pod];
  }
}
