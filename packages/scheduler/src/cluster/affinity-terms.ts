/**
 * Affinity terms that pods on nodes carry towards pods to come: whom they refuse, whom they would like near. Pods of one workload carry
 * the same terms, so terms are counted per node, not kept per pod.
 */
import type { PodInfo, PodShape } from '../pod/pod-info.ts';
import type { AffinityTerm } from '../pod/pod-affinity.ts';
import { selects } from './pod-groups.ts';
import { RowCounts, type Topology } from './topology.ts';

export type TermKind = 'requiredAnti' | 'required' | 'preferred' | 'preferredAnti';

export interface CarriedTerm {
  readonly kind: TermKind;
  readonly term: AffinityTerm;
  /** How many pods carry it, by node row; for preferred ones times their weight. */
  readonly counts: RowCounts;
}

export class CarriedTerms {
  readonly #topology: Topology;
  readonly #terms = new Map<string, CarriedTerm>();
  /** Which terms are about the pods of a shape, as long as there are the same terms. */
  #aboutShape = new WeakMap<PodShape, readonly CarriedTerm[]>();

  constructor(topology: Topology) {
    this.#topology = topology;
  }

  /** Those that select this pod. */
  about(pod: PodInfo): readonly CarriedTerm[] {
    if (this.#terms.size === 0) return [];
    const known = this.#aboutShape.get(pod.shape);
    if (known) return known;
    const terms = [...this.#terms.values()].filter(({ term }) => selects(term.selection, pod));
    this.#aboutShape.set(pod.shape, terms);
    return terms;
  }

  /** Selections may mean other pods now: the labels of a namespace changed. */
  startOver(): void {
    this.#aboutShape = new WeakMap();
  }

  change(row: number, { affinity }: PodInfo, by: 1 | -1): void {
    if (!affinity) return;
    for (const term of affinity.required) this.#add('required', term, row, by);
    for (const term of affinity.requiredAnti) this.#add('requiredAnti', term, row, by);
    for (const { term, weight } of affinity.preferred)
      this.#add('preferred', term, row, by * weight);
    for (const { term, weight } of affinity.preferredAnti)
      this.#add('preferredAnti', term, row, by * weight);
  }

  #add(kind: TermKind, term: AffinityTerm, row: number, amount: number): void {
    const key = `${kind} ${term.topologyKey} ${term.selection.text}`;
    const known = this.#terms.get(key);
    const carried = known ?? { kind, term, counts: new RowCounts(this.#topology) };
    carried.counts.add(row, amount);
    if (!known) {
      this.#terms.set(key, carried);
      this.#aboutShape = new WeakMap();
    } else if (carried.counts.total === 0) {
      this.#terms.delete(key);
      carried.counts.close();
      this.#aboutShape = new WeakMap();
    }
  }
}
