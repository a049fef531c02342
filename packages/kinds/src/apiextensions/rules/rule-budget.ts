/** What the rules of one object may cost together, and one call alone. */

const objectCostMax = 10_000_000;
export const callCostMax = 1_000_000;

export class RuleBudget {
  #left = objectCostMax;
  #isSpent = false;

  /** Whether anything may be evaluated any more. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** False when there was not as much left. */
  spend(cost: number): boolean {
    if (cost > this.#left) this.#isSpent = true;
    else this.#left -= cost;
    return !this.#isSpent;
  }

  /** Nothing more is evaluated. */
  exhaust(): void {
    this.#isSpent = true;
  }
}
