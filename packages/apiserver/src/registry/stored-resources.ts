/**
 * Resources in their stored versions, by group and plural. In two steps: one joined name would be built and hashed at every look,
 * and kinds and plugins look some dozens of times while one request is served.
 */
import type { Resource } from './resource.ts';

export class StoredResources {
  readonly #byGroup = new Map<string, Map<string, Resource>>();

  get(group: string, plural: string): Resource | undefined {
    return this.#byGroup.get(group)?.get(plural);
  }

  set(group: string, plural: string, resource: Resource): void {
    const ofGroup = this.#byGroup.get(group) ?? new Map<string, Resource>();
    this.#byGroup.set(group, ofGroup.set(plural, resource));
  }

  delete(group: string, plural: string): void {
    const ofGroup = this.#byGroup.get(group);
    ofGroup?.delete(plural);
    if (ofGroup?.size === 0) this.#byGroup.delete(group);
  }

  all(): readonly Resource[] {
    return [...this.#byGroup.values()].flatMap((ofGroup) => [...ofGroup.values()]);
  }
}
