/** How many pods the controllers of some pods want: from the caches for those that we know, from their scale for all others. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import {
  deployments,
  replicaSets,
  replicationControllers,
  resource,
  statefulSets,
} from '@navarch/api/resources';
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { StatefulSet } from '@navarch/api/types/apps/v1/stateful-set';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { ReplicationController } from '@navarch/api/types/core/v1/replication-controller';
import type { APIResource, APIResourceList } from '@navarch/api/types/meta/v1/discovery';
import type { OwnerReference } from '@navarch/api/types/meta/v1/object';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import type { Informer, Informers } from '@navarch/client/informer';
import { controllerOf } from '../ownership/owner.ts';

/** The uid of what is scaled, and to how many. */
interface Scaled {
  readonly uid: string;
  readonly replicas: number;
}

interface Scalable extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
}

export interface ScaleSum {
  readonly scale: number;
  /** Pods that nobody controls. They count for nothing. */
  readonly unmanaged: readonly Pod[];
}

export class Scales {
  readonly #client: Client;
  readonly #deployments: Informer<Deployment>;
  readonly #replicaSets: Informer<ReplicaSet>;
  readonly #statefulSets: Informer<StatefulSet>;
  readonly #replicationControllers: Informer<ReplicationController>;

  constructor(client: Client, informers: Informers) {
    this.#client = client;
    this.#deployments = informers.of(deployments);
    this.#replicaSets = informers.of(replicaSets);
    this.#statefulSets = informers.of(statefulSets);
    this.#replicationControllers = informers.of(replicationControllers);
  }

  /** Throws when the controller of one is not to be found. */
  async sumOf(pods: readonly Pod[]): Promise<ScaleSum> {
    const unmanaged: Pod[] = [];
    const asked = new Set<string>();
    const found = new Map<string, number>();
    for (const pod of pods) {
      const owner = controllerOf(pod);
      if (!owner) {
        unmanaged.push(pod);
      } else if (!asked.has(owner.uid)) {
        asked.add(owner.uid);
        const scaled = await this.#scaleOf(owner, pod.metadata.namespace ?? '');
        if (!scaled) throw new Error(`found no controllers for pod "${pod.metadata.name}"`);
        found.set(scaled.uid, scaled.replicas);
      }
    }
    return { scale: [...found.values()].reduce((sum, count) => sum + count, 0), unmanaged };
  }

  async #scaleOf(owner: OwnerReference, namespace: string): Promise<Scaled | undefined> {
    const cached = this.#cachedScaleOf(owner, namespace);
    return cached ?? this.#askedScaleOf(owner, namespace);
  }

  #cachedScaleOf(owner: OwnerReference, namespace: string): Scaled | undefined {
    switch (`${owner.apiVersion.replace(/\/?[^/]*$/, '')}/${owner.kind}`) {
      case '/ReplicationController':
        return scaledBy(this.#replicationControllers, owner, namespace);
      case 'apps/StatefulSet':
        return scaledBy(this.#statefulSets, owner, namespace);
      case 'apps/ReplicaSet': {
        // What a deployment wants is more than its newest replica set does while it rolls out.
        const replicaSet = this.#replicaSets.get(namespace, owner.name);
        const above = replicaSet && controllerOf(replicaSet);
        if (above?.kind !== 'Deployment') return scaledBy(this.#replicaSets, owner, namespace);
        return scaledBy(this.#deployments, above, namespace);
      }
      default:
        return undefined;
    }
  }

  async #askedScaleOf(owner: OwnerReference, namespace: string): Promise<Scaled | undefined> {
    const { apiVersion, kind, name, uid } = owner;
    const [version = '', group = ''] = apiVersion.split('/').toReversed();
    const served = await this.#served(apiVersion);
    const plural = served.find((it) => it.kind === kind && !it.name.includes('/'))?.name;
    if (plural === undefined)
      throw new Error(`no matches for kind "${kind}" in version "${apiVersion}"`);
    if (!served.some((it) => it.name === `${plural}/scale`)) {
      const qualified = group === '' ? plural : `${plural}.${group}`;
      throw new Error(`${qualified} does not implement the scale subresource`);
    }
    const reference = resource<KubernetesObject>({
      group,
      version,
      kind,
      plural,
      scope: 'Namespaced',
    });
    try {
      const { metadata, spec } = await this.#client.resource(reference).getScale(namespace, name);
      return metadata.uid === uid ? { uid, replicas: spec?.replicas ?? 0 } : undefined;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** What a group version has; nothing when there is no such version. */
  async #served(apiVersion: string): Promise<readonly APIResource[]> {
    const path = `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}`;
    try {
      return ((await this.#client.raw({ method: 'GET', path })) as APIResourceList).resources;
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  }
}

function scaledBy<T extends Scalable>(
  informer: Informer<T>,
  { name, uid }: OwnerReference,
  namespace: string,
): Scaled | undefined {
  const found = informer.get(namespace, name);
  return found?.metadata.uid === uid ? { uid, replicas: found.spec.replicas ?? 1 } : undefined;
}
