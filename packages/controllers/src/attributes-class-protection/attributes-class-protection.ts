/** The attributes class protection controller: a class stays while a volume or a claim has it, had it, or is getting it. */
import {
  persistentVolumeClaims,
  persistentVolumes,
  volumeAttributesClasses,
} from '@navarch/api/resources';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Client } from '@navarch/client/client';
import type { Informer } from '@navarch/client/informer';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { startProtection } from '../volume-protection/protection.ts';
import { classesOfClaim, classesOfVolume } from './plan.ts';

export const attributesClassProtectionController: ControllerDefinition = {
  name: 'volumeattributesclass-protection-controller',
  serviceAccount: 'volumeattributesclass-protection-controller',
  start: startAttributesClassProtection,
};

function startAttributesClassProtection({
  client,
  informers,
  ...deps
}: ControllerDependencies): void {
  const claims = informers.of(persistentVolumeClaims);
  const volumes = informers.of(persistentVolumes);
  const isInCache = (name: string): boolean =>
    claims.list().some((claim) => classesOfClaim(claim).includes(name)) ||
    volumes.list().some((volume) => classesOfVolume(volume).includes(name));
  const queue = startProtection(
    { client, informers, ...deps },
    {
      queue: 'vacprotection',
      reference: volumeAttributesClasses,
      finalizer: 'kubernetes.io/vac-protection',
      // The caches may lag, and a class is let go once.
      isUsed: async ({ metadata: { name = '' } }) => isInCache(name) || isUsedNow(client, name),
    },
  );
  const notice = (classes: readonly string[]): void => {
    for (const name of classes) queue.add(name);
  };
  noticeLeaving(claims, classesOfClaim, notice);
  noticeLeaving(volumes, classesOfVolume, notice);
}

/** What an object had and has no more may be unused now. */
function noticeLeaving<T extends KubernetesObject>(
  informer: Informer<T>,
  classesOf: (object: T) => readonly string[],
  notice: (classes: readonly string[]) => void,
): void {
  informer.onChange({
    updated: (old, object) => {
      const kept = classesOf(object);
      notice(classesOf(old).filter((name) => !kept.includes(name)));
    },
    deleted: (object) => notice(classesOf(object)),
  });
}

async function isUsedNow(client: Client, name: string): Promise<boolean> {
  const claims = await client.resource(persistentVolumeClaims).list();
  if (claims.items.some((claim) => classesOfClaim(claim).includes(name))) return true;
  const volumes = await client.resource(persistentVolumes).list();
  return volumes.items.some((volume) => classesOfVolume(volume).includes(name));
}
