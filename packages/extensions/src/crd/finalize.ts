/** What happens when a definition is deleted: its objects go first. */
import type { ObjectReader, ObjectWriter } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { isStatusError } from '@navarch/api/status';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';

export const cleanupFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

const parallelMax = 16;

/** Deletes every object; how many are still there, because something holds them. */
export async function deleteObjects(
  { spec }: CustomResourceDefinition,
  access: { readonly reader: ObjectReader; readonly writer: ObjectWriter },
): Promise<number> {
  const of = { group: spec.group, resource: spec.names.plural };
  const waiting = [...access.reader.list<KubernetesObject>(of, '')];
  const worker = async (): Promise<void> => {
    for (let object = waiting.pop(); object; object = waiting.pop()) {
      const { namespace = '', name = '', deletionTimestamp } = object.metadata;
      if (deletionTimestamp !== undefined) continue;
      try {
        await access.writer.remove(of, namespace, name, { dryRun: false });
      } catch (error) {
        if (!isStatusError(error, 'NotFound')) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: parallelMax }, worker));
  return access.reader.list(of, '').length;
}
