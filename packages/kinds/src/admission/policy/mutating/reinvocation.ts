/** Which mutations a second pass makes again: those whose policies ask for it, if something changed the object after them. */
import type { MutatingPass } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { semanticallyEqual } from '../../../equal.ts';

const name = 'MutatingAdmissionPolicy';

export class Reinvocation {
  /** Made already, and to be made again after a change. */
  #made = new Set<string>();
  /** Of those, the ones after which the object changed. */
  readonly #again = new Set<string>();
  /** The object when the policies were done with it. */
  #left: KubernetesObject | undefined;

  /** What is known of the request's first pass, or nothing yet. */
  static of(pass: MutatingPass | undefined, object: KubernetesObject | undefined): Reinvocation {
    const known = pass?.memory.get(name);
    const reinvocation = known instanceof Reinvocation ? known : new Reinvocation();
    pass?.memory.set(name, reinvocation);
    if (pass?.isSecond && !semanticallyEqual(reinvocation.#left, object)) reinvocation.noteChange();
    return reinvocation;
  }

  isDue(key: string, pass: MutatingPass | undefined): boolean {
    return !pass?.isSecond || this.#again.has(key);
  }

  noteMade(key: string): void {
    this.#made.add(key);
  }

  noteChange(): void {
    for (const key of this.#made) this.#again.add(key);
    this.#made = new Set();
  }

  leave(object: KubernetesObject | undefined): void {
    this.#left = object;
  }
}
