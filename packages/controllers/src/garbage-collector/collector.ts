/**
 * Looks at one object and acts. What the graph says keeps objects; only the server's own word that an owner is gone deletes one.
 *
 * Invariants: C1 nothing is deleted or changed but in the version that was looked at: every write names it. C2 an owner is taken for gone
 * only after the server was asked for it. C3 what cannot be known (a kind that nobody serves) is not acted on.
 */
import type { OwnerReference } from '@navarch/api/types/meta/v1/object';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import type { ReconcileResult } from '@navarch/client/work-queue';
import { AbsentOwners } from './absent-owners.ts';
import {
  foregroundFinalizer,
  type GraphNode,
  type Kind,
  namesOwner,
  type Observation,
  orphanFinalizer,
  type OwnerGraph,
} from './graph.ts';
import { blockingDependents, type OwnedBy, type OwnerState, planCollection } from './plan.ts';

export interface CollectorDependencies {
  readonly client: Client;
  readonly graph: OwnerGraph;
  /** Looks again at another object. */
  readonly attemptToDelete: (uid: string) => void;
  /** The resource of a kind; asks the server when it is not known yet. Undefined when nobody serves it. */
  readonly resourceOf: (apiVersion: string, kind: string) => Promise<Kind | undefined>;
}

/** So many dependents are let go at the same time. */
const orphansAtOnce = 20;

export class Collector {
  readonly #deps: CollectorDependencies;
  readonly #absent = new AbsentOwners();

  constructor(deps: CollectorDependencies) {
    this.#deps = deps;
  }

  async attemptToDelete(uid: string): Promise<ReconcileResult> {
    const node = this.#deps.graph.get(uid);
    if (!node) return {};
    if (!node.seen) return this.#verify(node);
    if (node.seen.isBeingDeleted && !node.isDeletingDependents) return {};
    if (node.isDeletingDependents) {
      await this.#finishForeground(node, node.seen);
      return {};
    }
    const { seen } = node;
    const owners = await this.#classify(seen);
    if (!owners) return {};
    await this.#act(node, seen, owners);
    return {};
  }

  /** Lets the dependents go, then the object itself. */
  async attemptToOrphan(uid: string): Promise<void> {
    const node = this.#deps.graph.get(uid);
    if (!node?.seen?.isBeingDeleted || !node.seen.finalizers.includes(orphanFinalizer)) return;
    const dependents = [...node.dependents];
    for (let from = 0; from < dependents.length; from += orphansAtOnce) {
      const some = dependents.slice(from, from + orphansAtOnce);
      await Promise.all(some.map((dependent) => this.#dropReferences(dependent, [uid])));
    }
    await this.#removeFinalizer(node.seen, orphanFinalizer);
  }

  /** An owner that no informer has shown: is it there? Asked under each name that it is given. */
  async #verify(node: GraphNode): Promise<ReconcileResult> {
    if (node.isAbsent) return {};
    let exists = false;
    for (const dependent of node.dependents) {
      const reference = dependent.seen?.owners.find(({ uid }) => uid === node.uid);
      if (!reference || !dependent.seen) continue;
      const state = await this.#ask(reference, dependent.seen.namespace);
      if (state === 'dangling') this.#deps.attemptToDelete(dependent.uid);
      else if (state !== undefined) exists = true;
    }
    if (node.seen) return {};
    // It is there but was not seen yet: if it goes before it is seen, nobody else would tell.
    if (exists) return { requeue: true };
    this.#deps.graph.markAbsent(node);
    return {};
  }

  /** Undefined when an owner cannot be judged, ever: a cluster-wide object cannot belong to one in a namespace. */
  async #classify(seen: Observation): Promise<readonly OwnedBy[] | undefined> {
    const owners: OwnedBy[] = [];
    for (const reference of seen.owners) {
      const state =
        this.#stateInGraph(reference, seen.namespace) ??
        (await this.#ask(reference, seen.namespace));
      if (state === undefined) return undefined;
      owners.push({ reference, state });
    }
    return owners;
  }

  #stateInGraph(reference: OwnerReference, namespace: string): OwnerState | undefined {
    const owner = this.#deps.graph.get(reference.uid);
    if (!owner?.seen || !namesOwner(reference, namespace, owner.seen)) return undefined;
    return owner.isDeletingDependents ? 'waiting' : 'solid';
  }

  /** C2, C3. */
  async #ask(reference: OwnerReference, namespace: string): Promise<OwnerState | undefined> {
    if (this.#absent.has(reference, namespace)) return 'dangling';
    const { apiVersion, kind, name, uid } = reference;
    const resource = await this.#deps.resourceOf(apiVersion, kind);
    if (!resource) throw new Error(`unable to get REST mapping for ${apiVersion}/${kind}.`);
    if (resource.scope === 'Namespaced' && namespace === '') return undefined;
    const place = resource.scope === 'Namespaced' ? namespace : '';
    try {
      const { metadata } = await this.#deps.client.resource(resource).get(place, name);
      if (metadata.uid === uid) {
        const isWaiting =
          metadata.deletionTimestamp !== undefined &&
          metadata.finalizers?.includes(foregroundFinalizer);
        return isWaiting ? 'waiting' : 'solid';
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    this.#absent.add(reference, namespace);
    return 'dangling';
  }

  async #act(node: GraphNode, seen: Observation, owners: readonly OwnedBy[]): Promise<void> {
    const action = planCollection(node, owners);
    switch (action.kind) {
      case 'nothing':
        return;
      case 'drop references':
        await this.#dropReferences(node, action.uids);
        return;
      case 'delete':
        await this.#delete(node, action.unblock ? await this.#unblock(seen) : seen, action.policy);
        return;
      default:
        action satisfies never;
    }
  }

  async #delete(
    { uid }: GraphNode,
    { kind, namespace, name, resourceVersion }: Observation,
    propagationPolicy: 'Orphan' | 'Background' | 'Foreground',
  ): Promise<void> {
    const preconditions = { uid, resourceVersion }; // C1
    const options = { preconditions, propagationPolicy };
    await unlessGone(this.#deps.client.resource(kind).delete(namespace, name, options));
  }

  /** Takes the finalizer off when nothing blocks any more; sees to those that do. */
  async #finishForeground(node: GraphNode, seen: Observation): Promise<void> {
    const blocking = blockingDependents(node);
    if (blocking.length === 0) await this.#removeFinalizer(seen, foregroundFinalizer);
    for (const dependent of blocking)
      if (!dependent.isDeletingDependents) this.#deps.attemptToDelete(dependent.uid);
  }

  /** Gives the object as it is then. */
  async #unblock(seen: Observation): Promise<Observation> {
    const ownerReferences = seen.owners.map((owner) => ({ ...owner, blockOwnerDeletion: false }));
    const resourceVersion = await this.#patch(seen, { ownerReferences });
    return { ...seen, resourceVersion: resourceVersion ?? seen.resourceVersion };
  }

  async #dropReferences({ seen }: GraphNode, uids: readonly string[]): Promise<void> {
    if (!seen) return;
    const left = seen.owners.filter(({ uid }) => !uids.includes(uid));
    if (left.length < seen.owners.length)
      await this.#patch(seen, { ownerReferences: left.length > 0 ? left : null });
  }

  async #removeFinalizer(seen: Observation, finalizer: string): Promise<void> {
    const left = seen.finalizers.filter((name) => name !== finalizer);
    if (left.length < seen.finalizers.length)
      await this.#patch(seen, { finalizers: left.length > 0 ? left : null });
  }

  /** C1. Gives the new version; undefined when the object is gone. */
  async #patch(
    { kind, namespace, name, resourceVersion }: Observation,
    change: Readonly<Record<string, unknown>>,
  ): Promise<string | undefined> {
    const body = { metadata: { resourceVersion, ...change } };
    const api = this.#deps.client.resource(kind);
    const written = await unlessGone(api.patch(namespace, name, { type: 'merge', body }));
    return written?.metadata.resourceVersion;
  }
}

async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
