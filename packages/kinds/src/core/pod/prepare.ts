/** What the server makes of a pod that a client sends: a new pod starts over, an update keeps what is not its to change. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod, PodCondition, PodSpec } from '@navarch/api/types/core/v1/pod';
import type {
  PodAffinity,
  PodAffinityTerm,
  TopologySpreadConstraint,
} from '@navarch/api/types/core/v1/scheduling';
import type { LabelSelector, LabelSelectorRequirement } from '@navarch/api/types/meta/v1/selector';
import type { StringMap } from '@navarch/api/types/scalars';
import { listOf } from '../../nil.ts';
import { nextGeneration, specChanged, withGeneration, withMember } from '../../strategy.ts';
import { applyAppArmorAnnotations } from './app-armor.ts';
import { withoutDisabled } from './disabled.ts';
import { withCondition } from './conditions.ts';
import { qosClass } from './qos.ts';

const gated = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'SchedulingGated',
  message: 'Scheduling is blocked due to non-empty scheduling gates',
};

export function prepareForCreate(submitted: Pod, context: RequestContext): Pod {
  const status = { phase: 'Pending', qosClass: qosClass(submitted) } as const;
  const isGated = listOf(submitted.spec.schedulingGates).length > 0;
  const pod = {
    ...submitted,
    spec: withLabelKeys(withoutDisabled(submitted.spec), submitted.metadata.labels ?? {}),
    status: isGated ? withCondition(status, gated, context.nowMs) : status,
  };
  return withGeneration(applyAppArmorAnnotations(pod, context), 1);
}

export function prepareForUpdate(submitted: Pod, stored: Pod): Pod {
  const pod = { ...submitted, spec: withoutDisabled(submitted.spec) };
  return countChange(withMember(pod, 'status', stored.status), stored);
}

function countChange(pod: Pod, stored: Pod): Pod {
  return specChanged(pod, stored) ? nextGeneration(pod, stored) : pod;
}

/** Labels that terms and constraints name by key only are looked up once, when the pod is made. */
function withLabelKeys(spec: PodSpec, labels: StringMap<string>): PodSpec {
  const { affinity, topologySpreadConstraints } = spec;
  const podAffinity = affinity?.podAffinity && withTermKeys(affinity.podAffinity, labels);
  const podAntiAffinity =
    affinity?.podAntiAffinity && withTermKeys(affinity.podAntiAffinity, labels);
  return {
    ...spec,
    ...((podAffinity || podAntiAffinity) && {
      affinity: {
        ...affinity,
        ...(podAffinity && { podAffinity }),
        ...(podAntiAffinity && { podAntiAffinity }),
      },
    }),
    ...(topologySpreadConstraints && {
      topologySpreadConstraints: topologySpreadConstraints.map((constraint) =>
        spread(constraint, labels),
      ),
    }),
  };
}

function withTermKeys(affinity: PodAffinity, labels: StringMap<string>): PodAffinity {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = affinity;
  return {
    ...affinity,
    ...(required && {
      requiredDuringSchedulingIgnoredDuringExecution: required.map((item) => term(item, labels)),
    }),
    ...(preferred && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map((item) => ({
        ...item,
        podAffinityTerm: term(item.podAffinityTerm, labels),
      })),
    }),
  };
}

function term(item: PodAffinityTerm, labels: StringMap<string>): PodAffinityTerm {
  return merged(item, [
    ...requirements('In', item.matchLabelKeys, labels),
    ...requirements('NotIn', item.mismatchLabelKeys, labels),
  ]);
}

function spread(
  constraint: TopologySpreadConstraint,
  labels: StringMap<string>,
): TopologySpreadConstraint {
  return merged(constraint, requirements('In', constraint.matchLabelKeys, labels));
}

function requirements(
  operator: 'In' | 'NotIn',
  keys: readonly string[] | undefined,
  labels: StringMap<string>,
): readonly LabelSelectorRequirement[] {
  return listOf(keys).flatMap((key) => {
    const value = labels[key];
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  });
}

/** Without a selector nothing matches, whatever the keys say. */
function merged<T extends { readonly labelSelector?: LabelSelector }>(
  item: T,
  added: readonly LabelSelectorRequirement[],
): T {
  const { labelSelector } = item;
  if (labelSelector === undefined || added.length === 0) return item;
  const matchExpressions = [...listOf(labelSelector.matchExpressions), ...added];
  return { ...item, labelSelector: { ...labelSelector, matchExpressions } };
}

/** Status writes: kubelets own the status, and nothing else. */
export function prepareForStatusUpdate(submitted: Pod, stored: Pod): Pod {
  const metadata = withMember(
    withMember(submitted.metadata, 'ownerReferences', stored.metadata.ownerReferences),
    'deletionTimestamp',
    stored.metadata.deletionTimestamp,
  );
  const status = submitted.status ?? {};
  return {
    ...submitted,
    metadata,
    spec: stored.spec,
    status: keepObservedGenerations(
      stored.status?.qosClass && !status.qosClass
        ? { ...status, qosClass: stored.status.qosClass }
        : status,
      stored.status ?? {},
    ),
  };
}

type Status = NonNullable<Pod['status']>;

/** Writers that do not know of observed generations must not wipe them out. */
function keepObservedGenerations(status: Status, stored: Status): Status {
  const before = new Map<string, PodCondition[]>();
  for (const condition of listOf(stored.conditions)) {
    if (condition.observedGeneration === undefined) continue;
    before.set(condition.type, [...(before.get(condition.type) ?? []), condition]);
  }
  const observed = status.observedGeneration || stored.observedGeneration;
  if (before.size === 0) return withMember(status, 'observedGeneration', observed);
  const conditions = listOf(status.conditions).map((condition) => {
    const observedGeneration = before.get(condition.type)?.shift()?.observedGeneration;
    return condition.observedGeneration || observedGeneration === undefined
      ? condition
      : { ...condition, observedGeneration };
  });
  return withMember({ ...status, conditions }, 'observedGeneration', observed);
}

/** Only the ephemeral containers may differ. */
export function prepareForEphemeralContainers(submitted: Pod, stored: Pod): Pod {
  const { ephemeralContainers } = submitted.spec;
  const spec = withoutDisabled(withMember(stored.spec, 'ephemeralContainers', ephemeralContainers));
  return countChange(keepAllBut(submitted, stored, spec), stored);
}

/** Only resources and resize policies may differ. Other changes of the containers are left for validation to refuse. */
export function prepareForResize(submitted: Pod, stored: Pod): Pod {
  const { containers, initContainers, resources } = submitted.spec;
  const sameCount =
    listOf(containers).length === listOf(stored.spec.containers).length &&
    listOf(initContainers).length === listOf(stored.spec.initContainers).length;
  if (!sameCount) return submitted;
  const spec = {
    ...withMember(stored.spec, 'resources', resources),
    containers: resized(listOf(containers), listOf(stored.spec.containers)),
    ...(stored.spec.initContainers && {
      initContainers: resized(listOf(initContainers), listOf(stored.spec.initContainers)),
    }),
  };
  return countChange(keepAllBut(submitted, stored, spec), stored);
}

function resized(
  submitted: readonly Container[],
  stored: readonly Container[],
): readonly Container[] {
  if (submitted.some(({ name }, index) => stored[index]?.name !== name)) return submitted;
  return stored.map((container, index) => {
    const { resources, resizePolicy } = submitted[index] ?? container;
    return withMember(withMember(container, 'resources', resources), 'resizePolicy', resizePolicy);
  });
}

function keepAllBut(submitted: Pod, stored: Pod, spec: PodSpec): Pod {
  const { labels, annotations, finalizers, ownerReferences, deletionTimestamp } = stored.metadata;
  let { metadata } = submitted;
  metadata = withMember(metadata, 'labels', labels);
  metadata = withMember(metadata, 'annotations', annotations);
  metadata = withMember(metadata, 'finalizers', finalizers);
  metadata = withMember(metadata, 'ownerReferences', ownerReferences);
  metadata = withMember(metadata, 'deletionTimestamp', deletionTimestamp);
  return withMember({ ...submitted, metadata, spec }, 'status', stored.status);
}
