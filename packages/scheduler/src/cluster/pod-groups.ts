/**
 * How many pods of which kind are on each node: the sums that spreading and affinity between pods need, kept current with each pod that
 * comes or goes instead of being counted per decision.
 *
 * A group is "the pods that a selector matches in some namespaces". Invariants: G1 a group's counts are those of all pods known to the
 * cluster, at any time. G2 at most `groupsMax` groups are kept; the one unused the longest goes first.
 */
import type { Selector } from '@navarch/api/selectors';
import type { PodInfo, PodShape } from '../pod/pod-info.ts';
import { RowCounts, type Topology } from './topology.ts';

/** Which pods a group counts. `text` says the same as the rest: equal texts are the same group. */
export interface PodSelection {
  readonly text: string;
  readonly selector: Selector;
  /** Spreading looks past pods that are on their way out; affinity does not. */
  readonly terminating: 'counted' | 'ignored';
  /** 'selected': by their labels, so that it may mean others when those change. */
  readonly namespaces: 'named' | 'selected';
  inNamespace(namespace: string): boolean;
}

export interface PodGroup {
  readonly selection: PodSelection;
  readonly counts: RowCounts;
}

const groupsMax = 512;

export class PodGroups {
  /** In order of last use, the oldest first. */
  readonly #groups = new Map<string, PodGroup>();
  readonly #topology: Topology;
  readonly #allPods: () => Iterable<readonly [number, PodInfo]>;
  /** Which groups select the pods of a shape: the same for all of them, as long as there are the same groups. */
  #ofShape = new WeakMap<PodShape, readonly PodGroup[]>();

  /** `allPods` gives every pod with its node's row. */
  constructor(topology: Topology, allPods: () => Iterable<readonly [number, PodInfo]>) {
    this.#topology = topology;
    this.#allPods = allPods;
  }

  of(selection: PodSelection): PodGroup {
    const known = this.#groups.get(selection.text);
    if (known) this.#groups.delete(selection.text);
    const group = known ?? this.#count(selection);
    this.#groups.set(selection.text, group);
    if (this.#groups.size > groupsMax) this.#dropOldest(); // G2
    return group;
  }

  /** G1. */
  change(row: number, pod: PodInfo, by: 1 | -1): void {
    if (this.#groups.size === 0) return;
    const isTerminating = pod.pod.metadata.deletionTimestamp !== undefined;
    for (const { selection, counts } of this.#selecting(pod)) {
      if (!isTerminating || selection.terminating === 'counted') counts.add(row, by);
    }
  }

  /** Selections may mean other pods now: the labels of a namespace changed. */
  startOver(): void {
    for (const { selection, counts } of this.#groups.values()) {
      if (selection.namespaces === 'named') continue;
      this.#groups.delete(selection.text);
      counts.close();
    }
    this.#ofShape = new WeakMap();
  }

  #selecting(pod: PodInfo): readonly PodGroup[] {
    const known = this.#ofShape.get(pod.shape);
    if (known) return known;
    const groups = [...this.#groups.values()].filter(({ selection }) => selects(selection, pod));
    this.#ofShape.set(pod.shape, groups);
    return groups;
  }

  #count(selection: PodSelection): PodGroup {
    this.#ofShape = new WeakMap();
    const counts = new RowCounts(this.#topology);
    const matching = new Map<PodShape, boolean>();
    for (const [row, info] of this.#allPods()) {
      const matches = matching.get(info.shape) ?? selects(selection, info);
      matching.set(info.shape, matches);
      const isTerminating = info.pod.metadata.deletionTimestamp !== undefined;
      if (matches && (!isTerminating || selection.terminating === 'counted')) counts.add(row, 1);
    }
    return { selection, counts };
  }

  #dropOldest(): void {
    const [oldest] = this.#groups.values();
    if (!oldest) return;
    this.#groups.delete(oldest.selection.text);
    oldest.counts.close();
    this.#ofShape = new WeakMap();
  }
}

export function selects(selection: PodSelection, { pod }: Pick<PodInfo, 'pod'>): boolean {
  return (
    selection.inNamespace(pod.metadata.namespace ?? '') &&
    selection.selector.matches(pod.metadata.labels)
  );
}
