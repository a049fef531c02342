/** What is to be done with one object, given what became of its owners. Pure. */
import type { OwnerReference } from '@navarch/api/types/meta/v1/object';
import { blocks, foregroundFinalizer, type GraphNode, orphanFinalizer } from './graph.ts';

/** What became of an owner. */
export type OwnerState =
  /** It is there. */
  | 'solid'
  /** It is not, says the server. */
  | 'dangling'
  /** It is being deleted and waits for its dependents. */
  | 'waiting';

export interface OwnedBy {
  readonly reference: OwnerReference;
  readonly state: OwnerState;
}

export type Action =
  | { readonly kind: 'nothing' }
  /** Other owners keep the object. */
  | { readonly kind: 'drop references'; readonly uids: readonly string[] }
  | {
      readonly kind: 'delete';
      readonly policy: 'Orphan' | 'Background' | 'Foreground';
      /** First stop blocking owners: the object and its owners wait for each other. */
      readonly unblock: boolean;
    };

const nothing: Action = { kind: 'nothing' };

/** For an object that is not being deleted, or waits for its dependents. */
export function planCollection(node: GraphNode, owners: readonly OwnedBy[]): Action {
  const uidsOf = (state: OwnerState): readonly string[] =>
    owners.filter((owner) => owner.state === state).map(({ reference }) => reference.uid);
  if (owners.length === 0) return nothing;
  const useless = [...uidsOf('dangling'), ...uidsOf('waiting')];
  if (uidsOf('solid').length > 0)
    return useless.length === 0 ? nothing : { kind: 'drop references', uids: useless };
  if (uidsOf('waiting').length > 0 && node.dependents.size > 0) {
    const unblock = [...node.dependents].some((dependent) => dependent.isDeletingDependents);
    return { kind: 'delete', policy: 'Foreground', unblock };
  }
  return { kind: 'delete', policy: policyOf(node.seen?.finalizers ?? []), unblock: false };
}

/** Finalizers that somebody set already say how the object is to go. */
function policyOf(finalizers: readonly string[]): 'Orphan' | 'Background' | 'Foreground' {
  if (finalizers.includes(orphanFinalizer)) return 'Orphan';
  return finalizers.includes(foregroundFinalizer) ? 'Foreground' : 'Background';
}

/** The dependents that an object in foreground deletion waits for. */
export function blockingDependents(node: GraphNode): readonly GraphNode[] {
  return [...node.dependents].filter((dependent) => blocks(dependent, node));
}
