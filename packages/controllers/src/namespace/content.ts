/**
 * Empties a namespace: pods first, so that nothing they rely on (network policies, say) goes while they run; then everything else.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { pods } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import { errorText } from '@navarch/runtime/log';
import type { DiscoveredResource, Discovery } from '../discovery/discover.ts';
import { hasEnded } from '../pods/readiness.ts';
import type { Findings } from './conditions.ts';

export interface Emptied extends Findings {
  /** When to look again; 0 when nothing is left. */
  readonly estimateSeconds: number;
}

export interface EmptyRequest {
  readonly client: Client;
  readonly discovery: Discovery;
  readonly namespace: string;
  /** Since when the namespace is being deleted. */
  readonly deletedAtMs: number;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/** How long finalizers take, when nothing better is known. */
const finalizerEstimateSeconds = 15;
const atOnce = 8;

interface Left {
  readonly name: string;
  readonly estimateSeconds: number;
  readonly objects: readonly KubernetesObject[];
  readonly error?: string;
}

export async function emptyNamespace(request: EmptyRequest): Promise<Emptied> {
  const { discovery } = request;
  const deletable = discovery.preferred.filter(
    ({ reference, verbs }) =>
      reference.scope === 'Namespaced' && verbs.has('delete') && verbs.has('list'),
  );
  const isPods = ({ reference }: DiscoveredResource): boolean =>
    reference.group === '' && reference.plural === pods.plural;
  const first = await emptyAll(deletable.filter(isPods), request);
  if (first.some(({ objects, error }) => objects.length > 0 || error !== undefined))
    return summary(first, request);
  const others = deletable.filter((resource) => !isPods(resource));
  return summary(await emptyAll(others, request), request);
}

/** A few at a time: a namespace must not take all of the server's attention. */
async function emptyAll(
  resources: readonly DiscoveredResource[],
  request: EmptyRequest,
): Promise<readonly Left[]> {
  const left: Left[] = [];
  for (let from = 0; from < resources.length; from += atOnce) {
    const group = resources.slice(from, from + atOnce);
    left.push(...(await Promise.all(group.map((resource) => emptyResource(resource, request)))));
  }
  return left;
}

async function emptyResource(resource: DiscoveredResource, request: EmptyRequest): Promise<Left> {
  const { reference, verbs } = resource;
  const { client, namespace, signal } = request;
  const { group, version, plural } = reference;
  const name = `${plural}.${group}`;
  const api = client.resource(reference);
  try {
    const { items } = await api.list({ namespace, signal });
    if (items.length === 0) return { name, estimateSeconds: 0, objects: [] };
    const graceSeconds = reference.kind === pods.kind ? graceOf(items, request) : 0;
    if (verbs.has('deletecollection')) {
      await api.deleteCollection({ namespace, signal }, { propagationPolicy: 'Background' });
    } else {
      for (const { metadata } of items) await deleteOne(resource, metadata.name ?? '', request);
    }
    const { items: objects } = await api.list({ namespace, signal });
    if (objects.length === 0) return { name, estimateSeconds: 0, objects };
    const isWaiting = objects.some(({ metadata }) => (metadata.finalizers ?? []).length > 0);
    const estimateSeconds = graceSeconds || (isWaiting ? finalizerEstimateSeconds : 0);
    if (estimateSeconds > 0) return { name, estimateSeconds, objects };
    const error = `unexpected items still remain in namespace: ${namespace} for gvr: ${group}/${version}, Resource=${plural}`;
    return { name, estimateSeconds: 0, objects, error };
  } catch (error) {
    // A resource that went away since discovery has no objects either.
    if (isNotFound(error)) return { name, estimateSeconds: 0, objects: [] };
    return { name, estimateSeconds: 0, objects: [], error: errorText(error) };
  }
}

async function deleteOne(
  { reference }: DiscoveredResource,
  name: string,
  { client, namespace, signal }: EmptyRequest,
): Promise<void> {
  try {
    const options = { propagationPolicy: 'Background', signal } as const;
    await client.resource(reference).delete(namespace, name, options);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** The longest grace period of the pods that run. One that should be over already is looked at every second. */
function graceOf(items: readonly KubernetesObject[], { deletedAtMs, nowMs }: EmptyRequest): number {
  const running = (items as readonly Pod[]).filter((pod) => !hasEnded(pod));
  const seconds = Math.max(
    0,
    ...running.map(({ spec }) => Number(spec.terminationGracePeriodSeconds ?? 0)),
  );
  return seconds > 0 && nowMs - deletedAtMs >= seconds * 1000 ? 1 : seconds;
}

function summary(left: readonly Left[], { discovery }: EmptyRequest): Emptied {
  const remaining = new Map<string, number>();
  const finalizers = new Map<string, number>();
  for (const { name, objects } of left) {
    if (objects.length > 0) remaining.set(name, objects.length);
    for (const finalizer of objects.flatMap(({ metadata }) => metadata.finalizers ?? []))
      finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
  }
  return {
    discoveryFailures: discovery.failures,
    errors: left.flatMap(({ error }) => error ?? []),
    remaining,
    finalizers,
    estimateSeconds: Math.max(0, ...left.map(({ estimateSeconds }) => estimateSeconds)),
  };
}
