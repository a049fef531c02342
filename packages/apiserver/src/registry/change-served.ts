/** Resources that come, change and go while the server runs: custom ones. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { StoreFeed } from '../watch-cache/feed.ts';
import type { ResourceTable } from './assemble.ts';
import type { Resource } from './resource.ts';
import type { Storage } from './storage.ts';

/**
 * Serves definitions instead of others of the same resource, if there are such. What the store holds is there when somebody sees
 * the resource; where it is stored as before, watches go on and show it by the new definition.
 */
export async function changeServed(
  table: ResourceTable,
  feed: StoreFeed,
  old: readonly ResourceDefinition[],
  definitions: readonly ResourceDefinition[],
): Promise<void> {
  const kept = keptStorage(table, old, definitions);
  const prepared = prepare(table, definitions, kept);
  const added = prepared.flatMap(({ storage }) => (storage && storage !== kept ? [storage] : []));
  await Promise.all(added.map(({ cache }) => feed.fill(cache)));
  const before = old.flatMap((definition) => table.findAny(definition) ?? []);
  // From here on nothing waits: nobody finds nothing in between.
  for (const definition of old) table.remove(definition, kept);
  for (const resource of prepared) {
    table.publish(resource);
    const other = before.find(({ apiVersion }) => apiVersion === resource.apiVersion);
    if (kept && other) other.presentation.become?.(resource.presentation);
  }
}

function prepare(
  table: ResourceTable,
  definitions: readonly ResourceDefinition[],
  kept: Storage | undefined,
): readonly Resource[] {
  const prepared: Resource[] = [];
  for (const definition of definitions) {
    const { viewOf } = definition;
    const stored = viewOf && prepared.find((other) => isViewed(other.definition, viewOf));
    if (viewOf && !stored) throw new Error(`${definition.plural} is a view of what is not served`);
    prepared.push(table.prepare(definition, { stored, storage: viewOf ? undefined : kept }));
  }
  return prepared;
}

function isViewed(
  { group, version, plural }: ResourceDefinition,
  view: NonNullable<ResourceDefinition['viewOf']>,
): boolean {
  return group === view.group && version === view.version && plural === view.plural;
}

/** The storage of the old definition, when the new one stores the same way. */
function keptStorage(
  table: ResourceTable,
  old: readonly ResourceDefinition[],
  definitions: readonly ResourceDefinition[],
): Storage | undefined {
  const before = old.find(({ viewOf }) => !viewOf);
  const after = definitions.find(({ viewOf }) => !viewOf);
  if (!before || !after || layoutOf(before) !== layoutOf(after)) return undefined;
  return table.findAny(before)?.storage;
}

function layoutOf(definition: ResourceDefinition): string {
  const { group, version, kind, plural, scope, storagePrefix, selectableFields = {} } = definition;
  const fields = Object.keys(selectableFields);
  return JSON.stringify([group, version, kind, plural, scope, storagePrefix, fields]);
}
