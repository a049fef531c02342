/** What volumes and claims have in common: they get a finalizer, and lose it once they are deleted and nobody uses them. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import { isNotFound } from '@navarch/client/errors';
import { keyOf, parseKey } from '@navarch/client/keys';
import { createOwnWrites } from '@navarch/client/own-writes';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import type { ControllerDependencies } from '../controller.ts';
import { planProtection, withFinalizer, withoutFinalizer } from './plan.ts';

export interface Protection<T extends KubernetesObject> {
  /** Its queue in the metrics. */
  readonly queue: string;
  readonly reference: ResourceReference<T>;
  readonly finalizer: string;
  readonly isUsed: (object: T) => Promise<boolean>;
}

/** Gives the queue, for what else may be a reason to look at an object again. */
export function startProtection<T extends KubernetesObject>(
  deps: ControllerDependencies,
  { queue: name, reference, finalizer, isUsed }: Protection<T>,
): WorkQueue {
  const { client, informers, lifetime, runtime } = deps;
  const objects = informers.of(reference);
  const queue = createWorkQueue(runtime, { name });
  const ownWrites = createOwnWrites(runtime);

  async function write(key: string, changed: T): Promise<void> {
    try {
      ownWrites.wrote(key, objects, await client.resource(reference).update(changed));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async function reconcile(key: string): Promise<void> {
    const parsed = parseKey(key);
    const object = objects.get(parsed.namespace, parsed.name);
    if (!object) {
      ownWrites.forget(key);
      return;
    }
    if (!ownWrites.hasSeen(key)) return;
    const step = planProtection(object, finalizer);
    if (step === 'protect') await write(key, withFinalizer(object, finalizer));
    if (step === 'let go, if unused' && !(await isUsed(object)))
      await write(key, withoutFinalizer(object, finalizer));
  }

  const add = (object: T): void => queue.add(keyOf(object));
  objects.onChange({ added: add, updated: (_, object) => add(object), deleted: add });
  runWorkers(queue, reconcile, {
    count: 1,
    runtime,
    lifetime,
    ready: (signal) => informers.waitForSync(signal),
  });
  return queue;
}
