/** Reads for kinds, plugins and authorizers: straight from the caches. */
import type { ObjectReader, ResourceName } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Entry } from '../watch-cache/entry.ts';
import { everything } from '../watch-cache/selection.ts';
import { objectKey } from '../watch-cache/tree.ts';
import type { ResourceTable } from './assemble.ts';
import { valueOf, type Resource } from './resource.ts';

export function createReader(table: ResourceTable): ObjectReader {
  return new CacheReader(table) as ObjectReader;
}

/** `ObjectReader` without its types: whoever asks for a resource knows of which type it is. */
class CacheReader {
  readonly #table: ResourceTable;

  constructor(table: ResourceTable) {
    this.#table = table;
  }

  get(of: ResourceName, namespace: string, name: string): KubernetesObject | undefined {
    const resource = this.#resourceOf(of);
    const entry = resource?.storage?.cache.get(objectKey(namespace, name));
    return resource && entry && valueOf(resource, entry);
  }

  list(of: ResourceName, namespace: string): readonly KubernetesObject[] {
    const resource = this.#resourceOf(of);
    return values(resource, resource?.storage?.cache.select(everything(namespace)) ?? []);
  }

  listBy(of: ResourceName, field: string, value: string): readonly KubernetesObject[] {
    const resource = this.#resourceOf(of);
    const number = resource?.fieldNumbers.get(field);
    if (!resource?.storage || number === undefined) return [];
    const fields = [{ field: number, value, negated: false }];
    return values(resource, resource.storage.cache.select({ ...everything(''), fields }));
  }

  version(of: ResourceName): number {
    return this.#resourceOf(of)?.storage?.cache.changedAt ?? 0;
  }

  #resourceOf({ group, resource }: ResourceName): Resource | undefined {
    return this.#table.findStored(group, resource)?.stored;
  }
}

function values(
  resource: Resource | undefined,
  entries: readonly Entry[],
): readonly KubernetesObject[] {
  return resource ? entries.map((entry) => valueOf(resource, entry)) : [];
}
