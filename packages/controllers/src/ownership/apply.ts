/** Writes adoption and release. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import type { Client } from '@navarch/client/client';
import { isInvalid, isNotFound } from '@navarch/client/errors';
import { controllerReference } from './owner.ts';

export interface Owning {
  readonly client: Client;
  /** The owner's kind. */
  readonly ownerKind: ResourceReference<KubernetesObject>;
  readonly owner: KubernetesObject;
}

/** Makes the owner the object's controller. The uid guards against another object of the same name. */
export function adopt<T extends KubernetesObject>(
  owning: Owning,
  kind: ResourceReference<T>,
  object: T,
): Promise<T> {
  const { namespace = '', name = '', uid } = object.metadata;
  const body = {
    metadata: { uid, ownerReferences: [controllerReference(owning.ownerKind, owning.owner)] },
  };
  return owning.client.resource(kind).patch(namespace, name, { type: 'strategic', body });
}

/** Takes the owner off the object. An object that is gone, or is another one by now, is as good as released. */
export async function release<T extends KubernetesObject>(
  owning: Owning,
  kind: ResourceReference<T>,
  object: T,
): Promise<void> {
  const { namespace = '', name = '', uid } = object.metadata;
  const body = {
    metadata: { uid, ownerReferences: [{ $patch: 'delete', uid: owning.owner.metadata.uid }] },
  };
  try {
    await owning.client.resource(kind).patch(namespace, name, { type: 'strategic', body });
  } catch (error) {
    if (!isNotFound(error) && !isInvalid(error)) throw error;
  }
}
