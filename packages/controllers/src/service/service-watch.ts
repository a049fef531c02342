/** Tells which services a changed pod concerns: those that select it, or selected it before. */
import { readyCondition } from '../pods/readiness.ts';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Service } from '@navarch/api/types/core/v1/service';
import type { Informer } from '@navarch/client/informer';
import { keyOf } from '@navarch/client/keys';
import { selectsPods } from './service-pods.ts';

/**
 * Changes of many pods, as in a rollout, are one change of their service. The more endpoints a service has, the dearer it is to tell
 * everybody of each, and the longer it waits for more.
 */
export function batchMs(endpointCount: number): number {
  return Math.min(20 + endpointCount / 4, 500);
}

/** `concerns` is called with the service's key. */
export function watchServicePods(
  pods: Informer<Pod>,
  services: Informer<Service>,
  concerns: (key: string) => void,
): void {
  const notice = (pod: Pod): void => {
    for (const service of services.listNamespace(pod.metadata.namespace ?? ''))
      if (selects(service, pod)) concerns(keyOf(service));
  };
  pods.onChange({
    added: notice,
    updated: (old, pod) => {
      const labelsChanged = !sameLabels(old, pod);
      if (labelsChanged) notice(old);
      if (labelsChanged || endpointText(old) !== endpointText(pod)) notice(pod);
    },
    deleted: notice,
  });
}

/** A service's selector is exact values only. */
export function selects(service: Service, { metadata: { labels } }: Pod): boolean {
  if (!labels || !selectsPods(service)) return false;
  for (const [name, value] of Object.entries(service.spec.selector ?? {}))
    if (labels[name] !== value) return false;
  return true;
}

function sameLabels(old: Pod, pod: Pod): boolean {
  return (
    old.metadata.labels === pod.metadata.labels ||
    JSON.stringify(old.metadata.labels) === JSON.stringify(pod.metadata.labels)
  );
}

/** What of a pod shows in endpoints. */
function endpointText(pod: Pod): string {
  const { metadata, spec, status } = pod;
  return JSON.stringify([
    metadata.deletionTimestamp !== undefined,
    spec.nodeName,
    spec.hostname,
    spec.subdomain,
    status?.phase,
    status?.podIP,
    status?.podIPs,
    readyCondition(pod)?.status,
  ]);
}
