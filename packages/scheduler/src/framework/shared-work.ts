/**
 * Equal pods in a row get equal answers about a node as long as that node has not changed: so answers are kept by the pods' shape and
 * the node's row. Of what a decision does, only the chosen node's row is worked out again for the next equal pod.
 *
 * Invariants: W1 an answer is used only for pods of the same shape that name no node, while the node's row has the version it had.
 * W2 when any node's object changes, everything kept is dropped: answers may depend on all nodes' objects. W3 at most `shapesMax` shapes
 * are kept. W4 only plugins of scope 'node' are asked here, and scores only of those that do not compare nodes with each other.
 */
import type { ClusterState } from '../cluster/cluster-state.ts';
import type { NodeInfo } from '../cluster/node-info.ts';
import type { PodInfo, PodShape } from '../pod/pod-info.ts';
import { type RejectedNode, type RowAnswers, startRows } from './answers.ts';
import type { Profile } from './plugin.ts';

const shapesMax = 64;

export class SharedWork {
  /** In order of last use, the oldest first. */
  readonly #shapes = new Map<PodShape, KeptRows>();
  #nodesVersion = 0;

  /** Undefined when the pod cannot share. */
  rowsOf(pod: PodInfo, cluster: ClusterState, profile: Profile): RowAnswers | undefined {
    if (pod.pod.spec.nodeName) return undefined; // W1
    if (this.#nodesVersion !== cluster.nodesVersion) this.#shapes.clear(); // W2
    this.#nodesVersion = cluster.nodesVersion;
    const known = this.#shapes.get(pod.shape);
    if (known) this.#shapes.delete(pod.shape);
    const rows = known ?? new KeptRows(startRows(pod, cluster, profile), cluster);
    this.#shapes.set(pod.shape, rows);
    const [oldest] = this.#shapes.keys();
    if (this.#shapes.size > shapesMax && oldest) this.#shapes.delete(oldest); // W3
    return rows;
  }
}

class KeptRows implements RowAnswers {
  readonly #rows: RowAnswers;
  readonly #cluster: ClusterState;
  readonly #versions: Float64Array;
  readonly #rejections: (RejectedNode | undefined)[] = [];
  /** NaN until somebody asked. */
  readonly #scores: Float64Array;

  constructor(rows: RowAnswers, cluster: ClusterState) {
    this.#rows = rows;
    this.#cluster = cluster;
    this.#versions = new Float64Array(cluster.rows);
    this.#scores = new Float64Array(cluster.rows);
  }

  rejection(node: NodeInfo): RejectedNode | undefined {
    const { row } = node;
    const version = this.#cluster.rowVersion(row);
    if (this.#versions[row] === version) return this.#rejections[row];
    const rejection = this.#rows.rejection(node);
    this.#versions[row] = version;
    this.#rejections[row] = rejection;
    this.#scores[row] = Number.NaN;
    return rejection;
  }

  score(node: NodeInfo): number {
    const { row } = node;
    const known = this.#scores[row] ?? Number.NaN;
    if (!Number.isNaN(known)) return known;
    const score = this.#rows.score(node);
    this.#scores[row] = score;
    return score;
  }
}
