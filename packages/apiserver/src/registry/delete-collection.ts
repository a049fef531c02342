/** Deletes everything that matches, a few at a time, and tells what that was. */
import { isStatusError } from '@navarch/api/status';
import { limits } from '@navarch/runtime/limits';
import type { Entry } from '../watch-cache/entry.ts';
import { deleteObject, type Delete } from './delete.ts';
import type { Resource } from './resource.ts';

export async function deleteEntries(
  resource: Resource,
  entries: readonly Entry[],
  request: Omit<Delete, 'name'>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let entry = entries[next++]; entry; entry = entries[next++]) {
      await deleteIfThere(resource, entry, request);
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(limits.collectionDeletesParallelMax, entries.length) }, worker),
  );
}

/** Somebody else may have been quicker. */
async function deleteIfThere(
  resource: Resource,
  entry: Entry,
  request: Omit<Delete, 'name'>,
): Promise<void> {
  try {
    const { namespace, name } = entry;
    await deleteObject(resource, { ...request, namespace, name, ofCollection: true });
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
