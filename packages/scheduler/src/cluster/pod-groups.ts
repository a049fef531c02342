/**
 * How many pods of which kind are on each node: the sums that spreading and affinity between pods need, kept current with each pod that
 * comes or goes instead of being counted per decision.
 *
 * A group is "the pods that a selector matches in some namespaces". Invariants: G1 a group's counts are those of all pods known to the
 * cluster, at any time. G2 at most `groupsMax` groups are kept; the one unused the longest goes first.
 */
import type { Selector } from '@navarch/api/selectors';
import type { PodInfo } from '../pod/pod-info.ts';

/** Which pods a group counts. `text` says the same as the rest: equal texts are the same group. */
export interface PodSelection {
  readonly text: string;
  readonly selector: Selector;
  inNamespace(namespace: string): boolean;
}

export interface PodGroup {
  readonly selection: PodSelection;
  /** Pods per node row; terminating ones are not counted. */
  counts: Int32Array;
  total: number;
}

const groupsMax = 256;
const firstRows = 64;

export class PodGroups {
  /** In order of last use, the oldest first. */
  readonly #groups = new Map<string, PodGroup>();
  readonly #allPods: () => Iterable<readonly [number, PodInfo]>;

  /** `allPods` gives every pod with its node's row. */
  constructor(allPods: () => Iterable<readonly [number, PodInfo]>) {
    this.#allPods = allPods;
  }

  of(selection: PodSelection): PodGroup {
    const known = this.#groups.get(selection.text);
    this.#groups.delete(selection.text);
    const group = known ?? this.#count(selection);
    this.#groups.set(selection.text, group);
    const [oldest] = this.#groups.keys();
    if (this.#groups.size > groupsMax && oldest !== undefined) this.#groups.delete(oldest); // G2
    return group;
  }

  /** G1. */
  change(row: number, pod: PodInfo, by: 1 | -1): void {
    for (const group of this.#groups.values()) {
      if (selects(group.selection, pod)) add(group, row, by);
    }
  }

  #count(selection: PodSelection): PodGroup {
    const group: PodGroup = { selection, counts: new Int32Array(firstRows), total: 0 };
    for (const [row, pod] of this.#allPods()) if (selects(selection, pod)) add(group, row, 1);
    return group;
  }
}

export function selects(selection: PodSelection, { pod }: PodInfo): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  return (
    selection.inNamespace(pod.metadata.namespace ?? '') &&
    selection.selector.matches(pod.metadata.labels)
  );
}

function add(group: PodGroup, row: number, by: number): void {
  if (row >= group.counts.length) {
    const grown = new Int32Array(Math.max(row + 1, group.counts.length * 2));
    grown.set(group.counts);
    group.counts = grown;
  }
  group.counts[row] = (group.counts[row] ?? 0) + by;
  group.total += by;
}

/** Sums a group's counts over the nodes that share a value of a label. Nodes without the label are left out. */
export function countByTopology(
  group: { readonly counts: ArrayLike<number> },
  topologyKey: string,
  nodes: Iterable<{
    readonly row: number;
    readonly node: { readonly metadata: { readonly labels?: Readonly<Record<string, string>> } };
  }>,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { row, node } of nodes) {
    const value = node.metadata.labels?.[topologyKey];
    if (value !== undefined) sums.set(value, (sums.get(value) ?? 0) + (group.counts[row] ?? 0));
  }
  return sums;
}
