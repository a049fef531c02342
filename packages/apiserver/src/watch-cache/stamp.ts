/** The one field that an object's storage knows and the object itself does not: which revision it is of. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';

/** A copy with that resourceVersion, at its usual place. */
export function stampResourceVersion<T extends KubernetesObject>(
  object: T,
  resourceVersion: string,
): T {
  return { ...object, metadata: stampMetadata(object.metadata, resourceVersion) };
}

function stampMetadata(metadata: ObjectMeta, resourceVersion: string): ObjectMeta {
  const { name, generateName, namespace, selfLink, uid, resourceVersion: _, ...rest } = metadata;
  return {
    ...(name === undefined ? undefined : { name }),
    ...(generateName === undefined ? undefined : { generateName }),
    ...(namespace === undefined ? undefined : { namespace }),
    ...(selfLink === undefined ? undefined : { selfLink }),
    ...(uid === undefined ? undefined : { uid }),
    resourceVersion,
    ...rest,
  };
}
