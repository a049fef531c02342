/**
 * Affinity terms that pods on nodes carry towards pods to come: whom they refuse, whom they would like near. Pods of one workload carry
 * the same terms, so terms are counted per node, not kept per pod.
 */
import type { PodInfo } from '../pod/pod-info.ts';
import type { AffinityTerm } from '../pod/pod-affinity.ts';

export type TermKind = 'requiredAnti' | 'required' | 'preferred' | 'preferredAnti';

export interface CarriedTerm {
  readonly kind: TermKind;
  readonly term: AffinityTerm;
  /** How many pods carry it, by node row; for preferred ones times their weight. */
  readonly counts: Map<number, number>;
}

export class CarriedTerms {
  readonly #terms = new Map<string, CarriedTerm>();

  all(): Iterable<CarriedTerm> {
    return this.#terms.values();
  }

  get isEmpty(): boolean {
    return this.#terms.size === 0;
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
    const carried = this.#terms.get(key) ?? { kind, term, counts: new Map<number, number>() };
    const count = (carried.counts.get(row) ?? 0) + amount;
    if (count > 0) carried.counts.set(row, count);
    else carried.counts.delete(row);
    if (carried.counts.size > 0) this.#terms.set(key, carried);
    else this.#terms.delete(key);
  }
}
