/** Reads for kinds, plugins and authorizers: straight from the caches. */
import type { ObjectReader, ResourceName } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Entry } from '../watch-cache/entry.ts';
import { everything } from '../watch-cache/selection.ts';
import { objectKey } from '../watch-cache/tree.ts';
import type { WatchCache } from '../watch-cache/watch-cache.ts';
import type { ResourceTable } from './assemble.ts';

export function createReader(table: ResourceTable): ObjectReader {
  const cacheOf = ({ group, resource }: ResourceName): WatchCache | undefined =>
    table.findStored(group, resource)?.stored.storage?.cache;
  return {
    get: <T extends KubernetesObject>(of: ResourceName, namespace: string, name: string) =>
      cacheOf(of)?.get(objectKey(namespace, name))?.value() as T | undefined,
    list: <T extends KubernetesObject>(of: ResourceName, namespace: string) =>
      values<T>(cacheOf(of)?.select(everything(namespace)) ?? []),
    listBy: <T extends KubernetesObject>(of: ResourceName, field: string, value: string) => {
      const resource = table.findStored(of.group, of.resource)?.stored;
      const number = resource?.fieldNumbers.get(field);
      if (!resource?.storage || number === undefined) return [];
      const terms = [{ field: number, value, negated: false }];
      const found = resource.storage.cache.select({ ...everything(''), fields: terms });
      return values<T>(found);
    },
    version: (of) => cacheOf(of)?.changedAt ?? 0,
  };
}

function values<T extends KubernetesObject>(entries: readonly Entry[]): readonly T[] {
  return entries.map((entry) => entry.value() as T);
}
