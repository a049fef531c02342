/** Eviction: deleting a pod politely. A disruption budget that covers the pod may refuse, and counts what it allows. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { ActionSubresource } from '@navarch/api/extension/resource';
import { compileSelector } from '@navarch/api/selectors';
import {
  badRequest,
  failure,
  forbidden,
  notFound,
  type StatusError,
  unknownReason,
} from '@navarch/api/status';
import { formatTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Condition } from '@navarch/api/types/meta/v1/condition';
import type {
  Eviction,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
} from '@navarch/api/types/policy/v1';
import { listOf } from '../../nil.ts';
import { created } from './binding.ts';
import type { Int64 } from '@navarch/api/types/scalars';
import { isReady, withCondition } from './conditions.ts';

const pods = { group: '', resource: 'pods' };
const budgets = { group: 'policy', resource: 'poddisruptionbudgets' };

/** Evictions that the budget's controller has not seen yet, at most. */
const disruptedPodsMax = 2000;
const refusedText = "Cannot evict pod as it would violate the pod's disruption budget.";
const retryAfterSeconds = 10;

export const evictionSubresource: ActionSubresource = {
  type: 'action',
  name: 'eviction',
  kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
  verbs: ['create'],
  schema: 'policy/v1.Eviction',
  act: (parent, submitted, context) => evict(parent, submitted, context),
};

interface PodName {
  readonly namespace: string;
  readonly name: string;
}

async function evict(
  { namespace, name }: PodName,
  eviction: Eviction,
  context: RequestContext,
): Promise<typeof created> {
  if (eviction.metadata.name !== name) {
    throw badRequest('name in URL does not match name in Eviction object');
  }
  const dryRun = context.dryRun || listOf(eviction.deleteOptions?.dryRun).length > 0;
  const pod = context.read.get<Pod>(pods, namespace, name);
  if (pod === undefined) throw notFound(pods, name);
  const budget = isGuarded(pod) ? budgetOf(pod, context) : undefined;
  if (budget !== undefined && !isFreeOf(budget, pod)) {
    await spendDisruption(budget, name, dryRun, context);
  }
  await markAndRemove(pod, eviction, dryRun, context);
  return created;
}

/** A pod that does no work yet, or no more, disrupts nothing by going away. */
function isGuarded({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp !== undefined) return false;
  return !['Pending', 'Succeeded', 'Failed'].includes(status?.phase ?? '');
}

function budgetOf(pod: Pod, context: RequestContext): PodDisruptionBudget | undefined {
  const { namespace = '', labels } = pod.metadata;
  const all = context.read.list<PodDisruptionBudget>(budgets, namespace);
  const covering = all.filter(({ spec }) => compileSelector(spec.selector).matches(labels));
  if (covering.length > 1) {
    throw unknownReason(
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  return covering[0];
}

/** A pod that is not ready counts for nothing in a budget that is met without it, or that says not to guard such pods. */
function isFreeOf({ spec, status }: PodDisruptionBudget, pod: Pod): boolean {
  if (isReady(pod)) return false;
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return desiredHealthy > 0 && currentHealthy >= desiredHealthy;
}

/** Takes one of the disruptions that the budget allows. Refuses when there is none. */
async function spendDisruption(
  budget: PodDisruptionBudget,
  podName: string,
  dryRun: boolean,
  context: RequestContext,
): Promise<void> {
  const { namespace = '', name = '' } = budget.metadata;
  await context.write.update<PodDisruptionBudget>(
    budgets,
    namespace,
    name,
    (current) => ({ ...current, status: spent(current, podName, context.nowMs) }),
    { dryRun },
  );
}

function spent(
  budget: PodDisruptionBudget,
  podName: string,
  nowMs: number,
): PodDisruptionBudgetStatus {
  const { metadata, status } = budget;
  const name = metadata.name ?? '';
  if (status === undefined || (status.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    throw refused(
      `The disruption budget ${name} is still being processed by the server.`,
      retryAfterSeconds,
    );
  }
  const budgetResource = { group: budgets.group, resource: 'poddisruptionbudget' };
  if (status.disruptionsAllowed < 0) {
    throw forbidden(budgetResource, name, 'pdb disruptions allowed is negative');
  }
  if (Object.keys(status.disruptedPods ?? {}).length > disruptedPodsMax) {
    const text = 'DisruptedPods map too big - too many evictions not confirmed by PDB controller';
    throw forbidden(budgetResource, name, text);
  }
  if (status.disruptionsAllowed === 0) {
    const { desiredHealthy, currentHealthy } = status;
    throw refused(
      `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
    );
  }
  const disruptionsAllowed = status.disruptionsAllowed - 1;
  return {
    ...status,
    disruptedPods: { ...status.disruptedPods, [podName]: formatTime(nowMs) },
    disruptionsAllowed,
    ...(disruptionsAllowed === 0 && {
      conditions: exhausted(listOf(status.conditions), metadata.generation ?? 0, nowMs),
    }),
  };
}

function refused(text: string, retrySeconds?: number): StatusError {
  return failure(429, 'TooManyRequests', refusedText, {
    causes: [{ reason: 'DisruptionBudget', message: text }],
    ...(retrySeconds !== undefined && { retryAfterSeconds: retrySeconds }),
  });
}

function exhausted(
  conditions: readonly Condition[],
  generation: Int64,
  nowMs: number,
): readonly Condition[] {
  const before = conditions.find(({ type }) => type === 'DisruptionAllowed');
  const condition: Condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    observedGeneration: generation,
    lastTransitionTime: before?.status === 'False' ? before.lastTransitionTime : formatTime(nowMs),
    reason: 'InsufficientPods',
    message: '',
  };
  return [...conditions.filter((item) => item !== before), condition];
}

/** Says on the pod why it goes, then deletes it as the client asked. */
async function markAndRemove(
  pod: Pod,
  { deleteOptions }: Eviction,
  dryRun: boolean,
  context: RequestContext,
): Promise<void> {
  const { namespace = '', name = '', uid } = pod.metadata;
  const change = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const mark = (current: Pod): Pod =>
    current.metadata.uid === uid
      ? { ...current, status: withCondition(current.status ?? {}, change, context.nowMs) }
      : current;
  await context.write.update<Pod>(pods, namespace, name, mark, { dryRun });
  const { gracePeriodSeconds, propagationPolicy, preconditions } = deleteOptions ?? {};
  await context.write.remove(pods, namespace, name, {
    dryRun,
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(propagationPolicy !== undefined && { propagationPolicy }),
    // The version is left out: marking the pod has just changed it.
    preconditions: { uid: preconditions?.uid ?? uid ?? '' },
  });
}
