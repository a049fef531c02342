/** Which definitions are served now, and by which state of theirs. */
import type { ObjectReader, ObjectWriter } from '@navarch/api/extension/context';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { customResources } from '@navarch/kinds/apiextensions/custom/custom-resources';

/** Of the server that serves them. */
export interface ServedResources {
  readonly reader: ObjectReader;
  readonly writer: ObjectWriter;
  serve(definitions: readonly ResourceDefinition[]): Promise<void>;
  replace(
    old: readonly ResourceDefinition[],
    definitions: readonly ResourceDefinition[],
  ): Promise<void>;
  withdraw(definitions: readonly ResourceDefinition[]): void;
}

interface Shown {
  readonly state: string;
  readonly definitions: readonly ResourceDefinition[];
}

export class ServedDefinitions {
  readonly #resources: ServedResources;
  readonly #shown = new Map<string, Shown>();

  constructor(resources: ServedResources) {
    this.#resources = resources;
  }

  /** Serves what the definition says now. One at a time for each name: callers see to that. */
  async show(crd: CustomResourceDefinition): Promise<void> {
    const { name = '' } = crd.metadata;
    const state = stateOf(crd);
    const before = this.#shown.get(name);
    if (before?.state === state) return;
    const definitions = customResources(crd);
    if (before) await this.#resources.replace(before.definitions, definitions);
    else await this.#resources.serve(definitions);
    this.#shown.set(name, { state, definitions });
  }

  hide(name: string): void {
    const before = this.#shown.get(name);
    if (!before) return;
    this.#shown.delete(name);
    this.#resources.withdraw(before.definitions);
  }

  get names(): readonly string[] {
    return [...this.#shown.keys()];
  }
}

/** Differs when something is to be served in another way. */
function stateOf({ metadata, status }: CustomResourceDefinition): string {
  const { uid, generation, deletionTimestamp } = metadata;
  return JSON.stringify([uid, generation, deletionTimestamp !== undefined, status?.acceptedNames]);
}
