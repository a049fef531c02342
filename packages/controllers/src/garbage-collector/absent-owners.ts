/** Owners that the server said do not exist, so that a thousand dependents do not ask a thousand times. Bounded; the oldest go first. */
import type { OwnerReference } from '@navarch/api/types/meta/v1/object';
import { describeReference } from './graph.ts';

const entriesMax = 500;

export class AbsentOwners {
  readonly #known = new Set<string>();

  has(reference: OwnerReference, namespace: string): boolean {
    return this.#known.has(describeReference(reference, namespace));
  }

  add(reference: OwnerReference, namespace: string): void {
    this.#known.add(describeReference(reference, namespace));
    const [oldest] = this.#known;
    if (this.#known.size > entriesMax && oldest !== undefined) this.#known.delete(oldest);
  }
}
