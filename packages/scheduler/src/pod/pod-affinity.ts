/** Affinity between pods and spreading over the topology, compiled from a pod's spec. Pure. */
import {
  compileSelector,
  everything,
  type LabelSelectorObject,
  nothing,
  type Selector,
} from '@navarch/api/selectors';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type {
  PodAffinityTerm,
  TopologySpreadConstraint,
} from '@navarch/api/types/core/v1/scheduling';
import type { PodSelection } from '../cluster/pod-groups.ts';

export interface AffinityTerm {
  readonly topologyKey: string;
  readonly selection: PodSelection;
}

export interface WeightedTerm {
  readonly term: AffinityTerm;
  readonly weight: number;
}

export interface PodAffinities {
  readonly required: readonly AffinityTerm[];
  readonly requiredAnti: readonly AffinityTerm[];
  readonly preferred: readonly WeightedTerm[];
  readonly preferredAnti: readonly WeightedTerm[];
}

/** The labels of a namespace; undefined when it is not known. */
export type NamespaceLabels = (namespace: string) => Readonly<Record<string, string>> | undefined;

/** Undefined when the pod has no wishes about other pods. */
export function podAffinities(
  pod: Pod,
  namespaceLabels: NamespaceLabels,
): PodAffinities | undefined {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  if (!podAffinity && !podAntiAffinity) return undefined;
  const compile = (term: PodAffinityTerm): AffinityTerm => ({
    topologyKey: term.topologyKey,
    selection: selectionOf(pod, term, namespaceLabels),
  });
  type Side = NonNullable<typeof podAffinity>;
  const required = (side: Side | undefined): AffinityTerm[] =>
    (side?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(compile);
  const preferred = (side: Side | undefined): WeightedTerm[] =>
    (side?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ weight, podAffinityTerm }) => ({ term: compile(podAffinityTerm), weight }),
    );
  return {
    required: required(podAffinity),
    requiredAnti: required(podAntiAffinity),
    preferred: preferred(podAffinity),
    preferredAnti: preferred(podAntiAffinity),
  };
}

/** No namespaces and no selector: the pod's own namespace. An empty selector: all namespaces. */
function selectionOf(
  pod: Pod,
  term: PodAffinityTerm,
  namespaceLabels: NamespaceLabels,
): PodSelection {
  const own = pod.metadata.namespace ?? '';
  const named = new Set(term.namespaces ?? []);
  if (named.size === 0 && !term.namespaceSelector) named.add(own);
  const byLabels = term.namespaceSelector && compileSelector(term.namespaceSelector);
  const labelSelector = withPodLabels(pod, term);
  const selector = labelSelector ? compileSelector(labelSelector) : nothing;
  return {
    text: JSON.stringify([
      labelSelector ?? null,
      [...named].toSorted(),
      term.namespaceSelector ?? null,
    ]),
    selector,
    inNamespace: (namespace) =>
      named.has(namespace) || (byLabels?.matches(namespaceLabels(namespace) ?? {}) ?? false),
  };
}

/** matchLabelKeys: "the pods that have my value of this label" (KEP-3633). */
function withPodLabels(
  pod: Pod,
  term: Pick<PodAffinityTerm, 'labelSelector' | 'matchLabelKeys' | 'mismatchLabelKeys'>,
): LabelSelectorObject | undefined {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  if (!labelSelector || (matchLabelKeys.length === 0 && mismatchLabelKeys.length === 0))
    return labelSelector;
  const requirement = (
    key: string,
    operator: string,
  ): { key: string; operator: string; values: string[] }[] => {
    const value = pod.metadata.labels?.[key];
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  };
  const extra = [
    ...matchLabelKeys.flatMap((key) => requirement(key, 'In')),
    ...mismatchLabelKeys.flatMap((key) => requirement(key, 'NotIn')),
  ];
  return {
    ...labelSelector,
    matchExpressions: [...(labelSelector.matchExpressions ?? []), ...extra],
  };
}

export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly selection: PodSelection;
  /** Whether the pod counts itself. */
  readonly selectsSelf: boolean;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
}

export interface SpreadConstraints {
  /** DoNotSchedule. */
  readonly hard: readonly SpreadConstraint[];
  /** ScheduleAnyway. */
  readonly soft: readonly SpreadConstraint[];
}

export function spreadConstraints(pod: Pod): SpreadConstraints | undefined {
  const constraints = pod.spec.topologySpreadConstraints;
  if (!constraints || constraints.length === 0) return undefined;
  const compile = (when: string): SpreadConstraint[] =>
    constraints
      .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === when)
      .map((constraint) => compileSpread(pod, constraint));
  return { hard: compile('DoNotSchedule'), soft: compile('ScheduleAnyway') };
}

function compileSpread(pod: Pod, constraint: TopologySpreadConstraint): SpreadConstraint {
  const own = pod.metadata.namespace ?? '';
  const labelSelector = withPodLabels(pod, constraint);
  const selector: Selector = labelSelector ? compileSelector(labelSelector) : nothing;
  return {
    topologyKey: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains ?? 1,
    selection: {
      text: JSON.stringify([labelSelector ?? null, [own], null]),
      selector,
      inNamespace: (namespace) => namespace === own,
    },
    selectsSelf: selector === everything || selector.matches(pod.metadata.labels),
    honorsAffinity: constraint.nodeAffinityPolicy !== 'Ignore',
    honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
  };
}
