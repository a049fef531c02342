/**
 * How pods are spread that do not say: over hosts and zones, together with the pods that the same services and the same controller
 * select. What is worked out holds for all pods of a shape until a service or controller in their namespace changes.
 */
import { compileSelector, Selector, selectorFromLabels } from '@navarch/api/selectors';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { StatefulSet } from '@navarch/api/types/apps/v1/stateful-set';
import type { ReplicationController } from '@navarch/api/types/core/v1/replication-controller';
import type { Service } from '@navarch/api/types/core/v1/service';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import type { Informer } from '@navarch/client/informer';
import { defaultSpread, type SpreadConstraints } from '../pod/pod-affinity.ts';
import type { PodInfo, PodShape } from '../pod/pod-info.ts';
import { sameValue } from './same-value.ts';

export interface Workloads {
  readonly services: Informer<Service>;
  readonly replicationControllers: Informer<ReplicationController>;
  readonly replicaSets: Informer<ReplicaSet>;
  readonly statefulSets: Informer<StatefulSet>;
}

/** Undefined: nothing to spread by. */
type Known = SpreadConstraints | undefined;

export function createDefaultSpread(workloads: Workloads): (pod: PodInfo) => Known {
  const byNamespace = new Map<string, WeakMap<PodShape, { readonly spread: Known }>>();
  const forget = ({ metadata }: { readonly metadata: ObjectMeta }): void => {
    byNamespace.delete(metadata.namespace ?? '');
  };
  const forgetIfChanged = (old: Selecting, current: Selecting): void => {
    if (!sameValue(old.spec?.selector, current.spec?.selector)) forget(current);
  };
  const handler = { added: forget, updated: forgetIfChanged, deleted: forget };
  workloads.services.onChange(handler);
  workloads.replicationControllers.onChange(handler);
  workloads.replicaSets.onChange(handler);
  workloads.statefulSets.onChange(handler);
  return (pod) => {
    const namespace = pod.pod.metadata.namespace ?? '';
    const known = byNamespace.get(namespace) ?? new WeakMap<PodShape, { spread: Known }>();
    byNamespace.set(namespace, known);
    const kept = known.get(pod.shape) ?? { spread: spreadOf(pod, namespace, workloads) };
    known.set(pod.shape, kept);
    return kept.spread;
  };
}

interface Selecting {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly selector?: unknown };
}

function spreadOf({ pod }: PodInfo, namespace: string, workloads: Workloads): Known {
  const labels: Record<string, string> = {};
  for (const { spec } of workloads.services.listNamespace(namespace)) {
    const selector = spec?.selector;
    if (selector && selectorFromLabels(selector).matches(pod.metadata.labels))
      Object.assign(labels, selector);
  }
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller);
  let byController: Selector | undefined;
  if (owner?.apiVersion === 'v1' && owner.kind === 'ReplicationController') {
    const { spec } = workloads.replicationControllers.get(namespace, owner.name) ?? {};
    Object.assign(labels, spec?.selector);
  } else if (owner?.apiVersion === 'apps/v1' && owner.kind === 'ReplicaSet') {
    byController = selectorOf(workloads.replicaSets.get(namespace, owner.name));
  } else if (owner?.apiVersion === 'apps/v1' && owner.kind === 'StatefulSet') {
    byController = selectorOf(workloads.statefulSets.get(namespace, owner.name));
  }
  const selector = new Selector([
    ...selectorFromLabels(labels).requirements,
    ...(byController?.requirements ?? []),
  ]);
  return selector.matchesEverything ? undefined : defaultSpread(namespace, selector, pod);
}

function selectorOf(workload: ReplicaSet | StatefulSet | undefined): Selector | undefined {
  return workload?.spec?.selector && compileSelector(workload.spec.selector);
}
