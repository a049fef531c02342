/** Writes adoption and release. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import type { Client } from '@navarch/client/client';
import { isInvalid, isNotFound } from '@navarch/client/errors';
import type { Claims } from './claim.ts';
import { controllerReference } from './owner.ts';

export interface Owning {
  readonly client: Client;
  /** The owner's kind. */
  readonly ownerKind: ResourceReference<KubernetesObject>;
  readonly owner: KubernetesObject;
}

/** Carries out the claims; gives all that is owned then, what was adopted as it was written. */
export async function applyClaims<T extends KubernetesObject>(
  owning: Owning,
  kind: ResourceReference<T>,
  claims: Claims<T>,
  wrote: (adopted: T) => void,
): Promise<readonly T[]> {
  if (claims.adopt.length === 0 && claims.release.length === 0) return claims.owned;
  const adopted: T[] = [];
  if (claims.adopt.length > 0) await checkOwnerStays(owning);
  for (const object of claims.adopt) {
    const written = await adopt(owning, kind, object);
    if (!written) continue;
    wrote(written);
    adopted.push(written);
  }
  for (const object of claims.release) await release(owning, kind, object);
  return [...claims.owned, ...adopted];
}

/** Not from the cache: an owner that is being deleted and orphans its dependents must not take them back. */
async function checkOwnerStays({ client, ownerKind, owner }: Owning): Promise<void> {
  const { namespace = '', name = '', uid } = owner.metadata;
  const { metadata } = await client.resource(ownerKind).get(namespace, name);
  if (metadata.uid !== uid) {
    throw new Error(
      `original ${ownerKind.kind} ${namespace}/${name} is gone: got uid ${metadata.uid}, wanted ${uid}`,
    );
  }
  if (metadata.deletionTimestamp)
    throw new Error(`${namespace}/${name} has just been deleted at ${metadata.deletionTimestamp}`);
}

/** The uid guards against another object of the same name. Undefined when the object is gone. */
async function adopt<T extends KubernetesObject>(
  owning: Owning,
  kind: ResourceReference<T>,
  object: T,
): Promise<T | undefined> {
  const { namespace = '', name = '', uid } = object.metadata;
  const body = {
    metadata: { uid, ownerReferences: [controllerReference(owning.ownerKind, owning.owner)] },
  };
  try {
    return await owning.client.resource(kind).patch(namespace, name, { type: 'strategic', body });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Takes the owner off the object. An object that is gone, or is another one by now, is as good as released. */
async function release<T extends KubernetesObject>(
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
