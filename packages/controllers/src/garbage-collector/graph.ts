/**
 * Who owns whom, over all objects of the cluster. Data only; no I/O.
 *
 * Invariants: G1 a node is known by its uid, whatever names owner references give it. G2 `dependents` is the inverse of `owners`. G3 a node
 * that nothing points to and that was not observed is not kept. G4 whoever might have to be collected after a change is reported
 * through `Effects`; a report is a reason to look, never a decision.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { apiVersionOf } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import type { OwnerReference } from '@navarch/api/types/meta/v1/object';

export const orphanFinalizer = 'orphan';
export const foregroundFinalizer = 'foregroundDeletion';

export type Kind = ResourceReference<KubernetesObject>;

/** An object as an informer showed it last. */
export interface Observation {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly owners: readonly OwnerReference[];
  readonly finalizers: readonly string[];
  readonly isBeingDeleted: boolean;
}

export interface GraphNode {
  readonly uid: string;
  /** Undefined: only heard of, through owner references. */
  seen: Observation | undefined;
  /** Nothing has this uid, says the server. */
  isAbsent: boolean;
  /** Its deletion waits for those dependents that block it. Stays once it is so. */
  isDeletingDependents: boolean;
  readonly dependents: Set<GraphNode>;
}

export interface Effects {
  /** The node may be garbage, or done with its dependents. */
  attemptToDelete(uid: string): void;
  /** The node's dependents are to be let go. */
  attemptToOrphan(uid: string): void;
  /** The dependent names an owner that is in another namespace. */
  foundForeignOwner(dependent: GraphNode, owner: OwnerReference): void;
}

export class OwnerGraph {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #effects: Effects;

  constructor(effects: Effects) {
    this.#effects = effects;
  }

  get size(): number {
    return this.#nodes.size;
  }

  get(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid);
  }

  /** An object appeared or changed. */
  observe(kind: Kind, { metadata }: KubernetesObject): void {
    const { uid, namespace = '', name = '', resourceVersion = '' } = metadata;
    if (uid === undefined) return;
    const node = this.#node(uid);
    const before = node.seen;
    const seen: Observation = {
      kind,
      namespace,
      name,
      resourceVersion,
      owners: metadata.ownerReferences ?? none,
      finalizers: metadata.finalizers ?? none,
      isBeingDeleted: metadata.deletionTimestamp !== undefined,
    };
    node.seen = seen;
    node.isAbsent = false;
    if (before?.owners !== seen.owners) this.#connect(node, before?.owners ?? none, seen.owners);
    if (!before) this.#checkDependents(node, seen);
    this.#noticeDeletion(node, before, seen);
  }

  /** The object is gone: its dependents may be garbage, and owners that wait for it may be done. */
  remove(uid: string): void {
    const node = this.#nodes.get(uid);
    if (!node?.seen) return;
    const { owners } = node.seen;
    node.seen = undefined;
    node.isAbsent = true;
    node.isDeletingDependents = false;
    for (const { uid: ownerUid } of owners) {
      const owner = this.#nodes.get(ownerUid);
      if (!owner) continue;
      this.#disconnect(owner, node);
      this.#noticeProgress(owner);
    }
    for (const dependent of node.dependents) this.#effects.attemptToDelete(dependent.uid);
    this.#dropIfUseless(node);
  }

  /** The server knows nothing of this uid, under any name that is given to it. */
  markAbsent(node: GraphNode): void {
    if (!node.seen) node.isAbsent = true;
  }

  #node(uid: string): GraphNode {
    let node = this.#nodes.get(uid);
    if (!node) {
      node = {
        uid,
        seen: undefined,
        isAbsent: false,
        isDeletingDependents: false,
        dependents: new Set(),
      };
      this.#nodes.set(uid, node);
    }
    return node;
  }

  #connect(
    node: GraphNode,
    before: readonly OwnerReference[],
    after: readonly OwnerReference[],
  ): void {
    for (const old of before) {
      const now = after.find(({ uid }) => uid === old.uid);
      const owner = this.#nodes.get(old.uid);
      if (!owner) continue;
      if (!now) this.#disconnect(owner, node);
      if (old.blockOwnerDeletion && !now?.blockOwnerDeletion) this.#noticeProgress(owner);
    }
    for (const reference of after) {
      const owner = this.#node(reference.uid);
      owner.dependents.add(node); // G2
      if (!before.some(({ uid }) => uid === reference.uid))
        this.#noticeOwner(node, owner, reference);
    }
  }

  #noticeOwner(dependent: GraphNode, owner: GraphNode, reference: OwnerReference): void {
    if (owner.isAbsent) this.#effects.attemptToDelete(dependent.uid);
    else if (!owner.seen) this.#effects.attemptToDelete(owner.uid);
    else this.#checkReference(dependent, owner.seen, reference);
  }

  /** The owner is known now: do those who named it before name it right? */
  #checkDependents(owner: GraphNode, seen: Observation): void {
    for (const dependent of owner.dependents) {
      const reference = dependent.seen?.owners.find(({ uid }) => uid === owner.uid);
      if (reference) this.#checkReference(dependent, seen, reference);
    }
  }

  #checkReference(dependent: GraphNode, owner: Observation, reference: OwnerReference): void {
    if (!dependent.seen || namesOwner(reference, dependent.seen.namespace, owner)) return;
    this.#effects.attemptToDelete(dependent.uid);
    if (owner.kind.scope === 'Namespaced' && owner.namespace !== dependent.seen.namespace)
      this.#effects.foundForeignOwner(dependent, reference);
  }

  #disconnect(owner: GraphNode, dependent: GraphNode): void {
    owner.dependents.delete(dependent);
    this.#dropIfUseless(owner);
  }

  /** An owner that waits may have waited for just this. While others block it, looking at it would be in vain. */
  #noticeProgress(owner: GraphNode): void {
    if (!owner.isDeletingDependents) return;
    for (const dependent of owner.dependents) if (blocks(dependent, owner)) return;
    this.#effects.attemptToDelete(owner.uid);
  }

  #dropIfUseless(node: GraphNode): void {
    if (!node.seen && node.dependents.size === 0) this.#nodes.delete(node.uid); // G3
  }

  #noticeDeletion(node: GraphNode, before: Observation | undefined, seen: Observation): void {
    if (waitsFor(seen, orphanFinalizer) && !waitsFor(before, orphanFinalizer))
      this.#effects.attemptToOrphan(node.uid);
    if (!waitsFor(seen, foregroundFinalizer) || waitsFor(before, foregroundFinalizer)) return;
    node.isDeletingDependents = true;
    for (const dependent of node.dependents) this.#effects.attemptToDelete(dependent.uid);
    this.#effects.attemptToDelete(node.uid);
  }
}

const none: readonly never[] = [];

function waitsFor(seen: Observation | undefined, finalizer: string): boolean {
  return seen !== undefined && seen.isBeingDeleted && seen.finalizers.includes(finalizer);
}

/** Whether the owner's foreground deletion waits for the dependent. */
export function blocks({ seen }: GraphNode, owner: GraphNode): boolean {
  if (!seen) return false;
  return seen.owners.some(({ uid, blockOwnerDeletion }) => uid === owner.uid && blockOwnerDeletion);
}

/** Whether the reference gives the owner the name, kind and place that it has. The version does not matter. */
export function namesOwner(
  reference: OwnerReference,
  namespace: string,
  owner: Observation,
): boolean {
  const [group] = reference.apiVersion.includes('/') ? reference.apiVersion.split('/') : [''];
  return (
    group === owner.kind.group &&
    reference.kind === owner.kind.kind &&
    reference.name === owner.name &&
    (owner.kind.scope === 'Cluster' || owner.namespace === namespace)
  );
}

/** For messages: upstream's form. */
export function describeReference(
  { apiVersion, kind, name, uid }: OwnerReference,
  namespace: string,
): string {
  return `[${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}]`;
}

export function apiVersion(kind: Kind): string {
  return apiVersionOf(kind);
}
