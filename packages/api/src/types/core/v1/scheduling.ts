/**
 * Where pods may and should run: affinity, taints, tolerations, spreading.
 * @group core v1
 */
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, Time } from '../../scalars.ts';

export interface Affinity {
  /** @proto 1 @explicit */
  readonly nodeAffinity?: NodeAffinity;
  /** @proto 2 @explicit */
  readonly podAffinity?: PodAffinity;
  /** @proto 3 @explicit */
  readonly podAntiAffinity?: PodAntiAffinity;
}

export interface NodeAffinity {
  /** @proto 1 @explicit */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
  /** @proto 2 @listType atomic */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredSchedulingTerm[];
}

/** @structType atomic */
export interface NodeSelector {
  /** @proto 1 @listType atomic */
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
}

/** @structType atomic */
export interface NodeSelectorTerm {
  /** @proto 1 @listType atomic */
  readonly matchExpressions?: readonly NodeSelectorRequirement[];
  /** @proto 2 @listType atomic */
  readonly matchFields?: readonly NodeSelectorRequirement[];
}

export interface NodeSelectorRequirement {
  /** @proto 1 */
  readonly key: string;
  /** @proto 2 */
  readonly operator: NodeSelectorOperator;
  /** @proto 3 @listType atomic */
  readonly values?: readonly string[];
}

/** @enum */
export type NodeSelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

export interface PreferredSchedulingTerm {
  /** @proto 1 */
  readonly weight: Int32;
  /** @proto 2 */
  readonly preference: NodeSelectorTerm;
}

export interface PodAffinity {
  /** @proto 1 @listType atomic */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  /** @proto 2 @listType atomic */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[];
}

export interface PodAffinityTerm {
  /** @proto 1 @explicit */
  readonly labelSelector?: LabelSelector;
  /** @proto 2 @listType atomic */
  readonly namespaces?: readonly string[];
  /** @proto 3 */
  readonly topologyKey: string;
  /** @proto 4 @explicit */
  readonly namespaceSelector?: LabelSelector;
  /** @proto 5 @listType atomic */
  readonly matchLabelKeys?: readonly string[];
  /** @proto 6 @listType atomic */
  readonly mismatchLabelKeys?: readonly string[];
}

export interface WeightedPodAffinityTerm {
  /** @proto 1 */
  readonly weight: Int32;
  /** @proto 2 */
  readonly podAffinityTerm: PodAffinityTerm;
}

export interface PodAntiAffinity {
  /** @proto 1 @listType atomic */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  /** @proto 2 @listType atomic */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[];
}

export interface Toleration {
  /** @proto 1 */
  readonly key?: string;
  /** @proto 2 */
  readonly operator?: TolerationOperator;
  /** @proto 3 */
  readonly value?: string;
  /** @proto 4 */
  readonly effect?: TaintEffect;
  /** @proto 5 @explicit */
  readonly tolerationSeconds?: Int64;
}

/** @enum */
export type TolerationOperator = 'Exists' | 'Equal' | 'Lt' | 'Gt';

/** @enum */
export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

export interface Taint {
  /** @proto 1 */
  readonly key: string;
  /** @proto 2 */
  readonly value?: string;
  /** @proto 3 */
  readonly effect: TaintEffect;
  /** @proto 4 @explicit */
  readonly timeAdded?: Time;
}

export interface TopologySpreadConstraint {
  /** @proto 1 */
  readonly maxSkew: Int32;
  /** @proto 2 */
  readonly topologyKey: string;
  /** @proto 3 */
  readonly whenUnsatisfiable: UnsatisfiableConstraintAction;
  /** @proto 4 @explicit */
  readonly labelSelector?: LabelSelector;
  /** @proto 5 @explicit */
  readonly minDomains?: Int32;
  /** @proto 6 @explicit */
  readonly nodeAffinityPolicy?: NodeInclusionPolicy;
  /** @proto 7 @explicit */
  readonly nodeTaintsPolicy?: NodeInclusionPolicy;
  /** @proto 8 @listType atomic */
  readonly matchLabelKeys?: readonly string[];
}

/** @enum */
export type UnsatisfiableConstraintAction = 'DoNotSchedule' | 'ScheduleAnyway';

/** @enum */
export type NodeInclusionPolicy = 'Ignore' | 'Honor';

/** @structType atomic */
export interface TopologySelectorTerm {
  /** @proto 1 @listType atomic */
  readonly matchLabelExpressions?: readonly TopologySelectorLabelRequirement[];
}

export interface TopologySelectorLabelRequirement {
  /** @proto 1 */
  readonly key: string;
  /** @proto 2 @listType atomic */
  readonly values: readonly string[];
}
