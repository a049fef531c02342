/** Affinity between pods and spreading over the topology, compiled from a pod's spec. Pure. */
import {
  compileSelector,
  type LabelSelectorObject,
  nothing,
  Selector,
} from '@navarch/api/selectors';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type {
  PodAffinityTerm,
  TopologySpreadConstraint,
} from '@navarch/api/types/core/v1/scheduling';
import { hostnameLabel, zoneLabel } from '../cluster/node-order.ts';
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
  /** The pods that all of `required` select: only those count as being near. */
  readonly requiredTogether: PodSelection;
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
  const terms = required(podAffinity);
  return {
    required: terms,
    requiredTogether: together(terms.map(({ selection }) => selection)),
    requiredAnti: required(podAntiAffinity),
    preferred: preferred(podAffinity),
    preferredAnti: preferred(podAntiAffinity),
  };
}

function together(selections: readonly PodSelection[]): PodSelection {
  const [only] = selections;
  if (only && selections.length === 1) return only;
  return {
    text: selections.map(({ text }) => text).join(' and '),
    selector: new Selector(
      selections.flatMap(({ selector }) => selector.requirements),
      kindOf(selections),
    ),
    terminating: 'counted',
    namespaces: selections.some(({ namespaces }) => namespaces === 'selected')
      ? 'selected'
      : 'named',
    inNamespace: (namespace) => selections.every((one) => one.inNamespace(namespace)),
  };
}

function kindOf(selections: readonly PodSelection[]): 'some' | 'nothing' {
  return selections.some(({ selector }) => selector.matchesNothing) ? 'nothing' : 'some';
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
    terminating: 'counted',
    namespaces: byLabels ? 'selected' : 'named',
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

/**
 * Spreading that applies when a pod does not say: by host and zone, as a preference, over the pods that the same services and the same
 * controller select.
 */
export function defaultSpread(namespace: string, selector: Selector, pod: Pod): SpreadConstraints {
  const constraint = (topologyKey: string, maxSkew: number): SpreadConstraint => ({
    topologyKey,
    maxSkew,
    minDomains: 1,
    selection: spreadSelection(namespace, selector, selector.toString()),
    selectsSelf: selector.matches(pod.metadata.labels),
    honorsAffinity: true,
    honorsTaints: false,
  });
  return {
    hard: [],
    soft: [constraint(hostnameLabel, 3), constraint(zoneLabel, 5)],
    nodesWithoutLabel: 'counted',
  };
}

function spreadSelection(namespace: string, selector: Selector, text: string): PodSelection {
  return {
    text: `spread ${namespace} ${text}`,
    selector,
    terminating: 'ignored',
    namespaces: 'named',
    inNamespace: (other) => other === namespace,
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
  /** Whether a node that lacks one of several labels takes part with the others. */
  readonly nodesWithoutLabel: 'counted' | 'ignored';
}

export function spreadConstraints(pod: Pod): SpreadConstraints | undefined {
  const constraints = pod.spec.topologySpreadConstraints;
  if (!constraints || constraints.length === 0) return undefined;
  const compile = (when: string): SpreadConstraint[] =>
    constraints
      .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === when)
      .map((constraint) => compileSpread(pod, constraint));
  return {
    hard: compile('DoNotSchedule'),
    soft: compile('ScheduleAnyway'),
    nodesWithoutLabel: 'ignored',
  };
}

function compileSpread(pod: Pod, constraint: TopologySpreadConstraint): SpreadConstraint {
  const own = pod.metadata.namespace ?? '';
  const labelSelector = withPodLabels(pod, constraint);
  const selector: Selector = labelSelector ? compileSelector(labelSelector) : nothing;
  return {
    topologyKey: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains ?? 1,
    selection: spreadSelection(own, selector, JSON.stringify(labelSelector ?? null)),
    selectsSelf: selector.matches(pod.metadata.labels),
    honorsAffinity: constraint.nodeAffinityPolicy !== 'Ignore',
    honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
  };
}
