/**
 * All nodes and the pods on them, kept current by events and by our own decisions.
 *
 * Invariants: C1 a pod counts on at most one node. C2 a pod that we decided to bind counts at once ("assumed"), before the API server
 * knows; the informer's news confirm it, a failed binding takes it back. C3 news about an assumed pod never move it while its binding is
 * under way. C4 rows are reused only when neither node nor pods are left. C5 whatever changes about a row changes its version; whatever
 * changes about the set of nodes or their objects changes `nodesVersion`.
 */
import type { Node } from '@navarch/api/types/core/v1/node';
import type { PodInfo } from '../pod/pod-info.ts';
import type { SpreadConstraints } from '../pod/pod-affinity.ts';
import { CarriedTerms } from './affinity-terms.ts';
import { Nominations } from './nominations.ts';
import { NodeInfo } from './node-info.ts';
import { zonesInTurn } from './node-order.ts';
import { PodGroups } from './pod-groups.ts';
import { ResourceColumns } from './resource-columns.ts';
import { sameValue } from './same-value.ts';
import { Topology } from './topology.ts';

export class ClusterState {
  readonly columns = new ResourceColumns();
  readonly topology = new Topology();
  /** Affinity terms of the pods on nodes. */
  readonly carried = new CarriedTerms(this.topology);
  /** Counts of pods by selector and node. */
  readonly groups = new PodGroups(this.topology, () => this.#podsByRow());
  /** Pods that wait for room on a node. */
  readonly nominations = new Nominations();
  /** How pods are spread that do not say; nothing unless somebody knows better. */
  defaultSpread: (pod: PodInfo) => SpreadConstraints | undefined = () => undefined;
  readonly #byName = new Map<string, NodeInfo>();
  /** Nodes that exist, in the order in which they are looked at; undefined when it has to be worked out. */
  #ordered: readonly NodeInfo[] | undefined;
  readonly #freeRows: number[] = [];
  #rows = 0;
  /** Pod uid -> the node it counts on. */
  readonly #placed = new Map<string, NodeInfo>();
  readonly #assumed = new Set<string>();
  /** How many placed pods have which priority. */
  readonly #priorities = new Map<number, number>();
  #nodesVersion = 1;
  #changes = 0;
  readonly #rowVersions: number[] = [];
  /** Image name -> number of nodes that have it. */
  readonly #imageNodes = new Map<string, number>();
  #nodesWithPreferenceTaints = 0;
  #perNodes = new WeakMap<object, unknown>();

  /** Nodes that exist. The same array until one comes or goes. */
  get nodes(): readonly NodeInfo[] {
    this.#ordered ??= zonesInTurn(this.#existing());
    return this.#ordered;
  }

  get nodesVersion(): number {
    return this.#nodesVersion;
  }

  /** C5. */
  rowVersion(row: number): number {
    return this.#rowVersions[row] ?? 0;
  }

  get rows(): number {
    return this.#rows;
  }

  get placedPods(): number {
    return this.#placed.size;
  }

  get assumedPods(): number {
    return this.#assumed.size;
  }

  get hasPreferenceTaints(): boolean {
    return this.#nodesWithPreferenceTaints > 0;
  }

  node(name: string): NodeInfo | undefined {
    return this.#byName.get(name);
  }

  /** On how many nodes the image is. */
  nodesWithImage(image: string): number {
    return this.#imageNodes.get(image) ?? 0;
  }

  /** Whether some pod on a node has a lower priority. */
  hasPodsBelow(priority: number): boolean {
    for (const present of this.#priorities.keys()) if (present < priority) return true;
    return false;
  }

  /** What was computed for `key` from the nodes' objects, again as long as no node changes. */
  perNodes<T>(key: object, compute: () => T): T {
    const known = this.#perNodes.get(key);
    if (known !== undefined) return known as T; // Each key is used for one type only.
    const computed = compute();
    this.#perNodes.set(key, computed);
    return computed;
  }

  /** Says whether anything changed that scheduling looks at. */
  setNode(node: Node): boolean {
    const info = this.#infoOf(node.metadata.name ?? '');
    if (info.exists && sameForScheduling(info.node, node)) {
      info.refresh(node);
      return false;
    }
    this.#change(info, node);
    return true;
  }

  removeNode(name: string): void {
    const info = this.#byName.get(name);
    if (!info?.exists) return;
    this.#change(info, undefined);
    this.#dropIfEmpty(info);
  }

  /** The API server says that the pod is on the node. */
  setPod(pod: PodInfo, nodeName: string): void {
    const before = this.#placed.get(pod.uid);
    this.#assumed.delete(pod.uid);
    this.nominations.remove(pod.uid);
    if (before?.name === nodeName && this.#confirms(before, pod)) return;
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
    this.nominations.remove(pod.uid);
    this.#put(node, pod);
  }

  isAssumed(uid: string): boolean {
    return this.#assumed.has(uid);
  }

  /** The binding failed. */
  forget(uid: string): void {
    if (this.#assumed.has(uid)) this.removePod(uid);
  }

  /** For a look at what would be: the pod counts on the node until `withdraw`. */
  tryPod(pod: PodInfo, node: NodeInfo): void {
    this.#put(node, pod);
  }

  withdraw(uid: string): void {
    const node = this.#placed.get(uid);
    if (node) this.#take(node, uid);
  }

  /** News that change nothing that counts: only the object is new. */
  #confirms(node: NodeInfo, pod: PodInfo): boolean {
    const before = node.pods.get(pod.uid);
    const isSame =
      before?.shape === pod.shape &&
      before.priority === pod.priority &&
      before.pod.metadata.deletionTimestamp === pod.pod.metadata.deletionTimestamp;
    if (isSame) node.pods.set(pod.uid, pod);
    return isSame;
  }

  #change(info: NodeInfo, node: Node | undefined): void {
    this.#countNode(info, -1);
    info.setNode(node);
    this.topology.setNode(info.row, node && (node.metadata.labels ?? {}));
    this.#countNode(info, 1);
    this.#ordered = undefined;
    this.#nodesVersion++;
    this.#perNodes = new WeakMap();
    this.#touch(info.row);
  }

  #countNode({ images, preferenceTaints }: NodeInfo, sign: 1 | -1): void {
    if (preferenceTaints.length > 0) this.#nodesWithPreferenceTaints += sign;
    for (const image of images.keys()) bump(this.#imageNodes, image, sign);
  }

  #touch(row: number): void {
    this.#rowVersions[row] = ++this.#changes;
  }

  #put(node: NodeInfo, pod: PodInfo): void {
    this.#placed.set(pod.uid, node); // C1
    node.addPod(pod);
    this.carried.change(node.row, pod, 1);
    this.groups.change(node.row, pod, 1);
    bump(this.#priorities, pod.priority, 1);
    this.#touch(node.row);
  }

  #take(node: NodeInfo, uid: string): void {
    this.#placed.delete(uid);
    const pod = node.removePod(uid);
    if (pod) {
      this.carried.change(node.row, pod, -1);
      this.groups.change(node.row, pod, -1);
      bump(this.#priorities, pod.priority, -1);
    }
    this.#touch(node.row);
    this.#dropIfEmpty(node);
  }

  #infoOf(name: string): NodeInfo {
    const existing = this.#byName.get(name);
    if (existing) return existing;
    const row = this.#freeRows.pop() ?? this.#rows++;
    this.columns.ensureRow(row);
    const info = new NodeInfo(name, row, this.columns);
    this.#byName.set(name, info);
    return info;
  }

  /** C4. */
  #dropIfEmpty(info: NodeInfo): void {
    if (info.exists || info.pods.size > 0 || this.#byName.get(info.name) !== info) return;
    this.#byName.delete(info.name);
    this.#freeRows.push(info.row);
  }

  *#existing(): Iterable<NodeInfo> {
    for (const info of this.#byName.values()) if (info.exists) yield info;
  }

  *#podsByRow(): Iterable<readonly [number, PodInfo]> {
    for (const node of this.#byName.values())
      for (const pod of node.pods.values()) yield [node.row, pod];
  }
}

/** Heartbeats are most of what happens to nodes. */
function sameForScheduling(old: Node, node: Node): boolean {
  return (
    sameValue(old.spec, node.spec) &&
    sameValue(old.metadata.labels, node.metadata.labels) &&
    sameValue(old.status?.allocatable, node.status?.allocatable) &&
    sameValue(old.status?.images, node.status?.images)
  );
}

function bump<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
