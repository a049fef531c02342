/** Reads for kinds, plugins and authorizers: straight from the caches. */
import type { ObjectReader, ResourceName } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Entry } from '../watch-cache/entry.ts';
import { everything } from '../watch-cache/selection.ts';
import { objectKey } from '../watch-cache/tree.ts';
import type { WatchCache } from '../watch-cache/watch-cache.ts';
import type { ResourceTable } from './assemble.ts';

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
    return this.#cacheOf(of)?.get(objectKey(namespace, name))?.value();
  }

  list(of: ResourceName, namespace: string): readonly KubernetesObject[] {
    return values(this.#cacheOf(of)?.select(everything(namespace)) ?? []);
  }

  listBy(of: ResourceName, field: string, value: string): readonly KubernetesObject[] {
    const resource = this.#table.findStored(of.group, of.resource)?.stored;
    const number = resource?.fieldNumbers.get(field);
    if (!resource?.storage || number === undefined) return [];
    const fields = [{ field: number, value, negated: false }];
    return values(resource.storage.cache.select({ ...everything(''), fields }));
  }

  version(of: ResourceName): number {
    return this.#cacheOf(of)?.changedAt ?? 0;
  }

  #cacheOf({ group, resource }: ResourceName): WatchCache | undefined {
    return this.#table.findStored(group, resource)?.stored.storage?.cache;
  }
}

function values(entries: readonly Entry[]): readonly KubernetesObject[] {
  return entries.map((entry) => entry.value());
}
