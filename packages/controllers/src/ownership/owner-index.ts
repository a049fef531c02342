/** Finds what somebody controls, and what nobody does, without looking at everything else. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Informer } from '@navarch/client/informer';
import { controllerOf } from './owner.ts';

const byController = 'controllerUid';

/** An orphan is found under its namespace: a uid never ends in a slash. */
function controllerValues(object: KubernetesObject): readonly string[] {
  return [controllerOf(object)?.uid ?? `${object.metadata.namespace ?? ''}/`];
}

/** Registers the index; several controllers of one process share it. */
export function indexByController<T extends KubernetesObject>(informer: Informer<T>): void {
  informer.addIndex(byController, controllerValues);
}

export function controlledBy<T extends KubernetesObject>(
  informer: Informer<T>,
  ownerUid: string | undefined,
): readonly T[] {
  return informer.byIndex(byController, ownerUid ?? '');
}

/** Objects of the namespace that have no controller. */
export function orphansIn<T extends KubernetesObject>(
  informer: Informer<T>,
  namespace: string,
): readonly T[] {
  return informer.byIndex(byController, `${namespace}/`);
}

/** What `owner` may have a claim to: all that it controls, and the orphans of its namespace. */
export function candidatesOf<T extends KubernetesObject>(
  informer: Informer<T>,
  owner: KubernetesObject,
): readonly T[] {
  return [
    ...controlledBy(informer, owner.metadata.uid),
    ...orphansIn(informer, owner.metadata.namespace ?? ''),
  ];
}
