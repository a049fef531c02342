/**
 * Where pods may and should run: affinity, taints, tolerations, spreading.
 * @group core v1
 */
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, Time } from '../../scalars.ts';

/** Where a pod has to be, and would like to be. */
export interface Affinity {
  /**
   * Rules about the node's labels.
   * @proto 1 @explicit
   */
  readonly nodeAffinity?: NodeAffinity;
  /**
   * Rules about pods to be near to.
   * @proto 2 @explicit
   */
  readonly podAffinity?: PodAffinity;
  /**
   * Rules about pods to be away from.
   * @proto 3 @explicit
   */
  readonly podAntiAffinity?: PodAntiAffinity;
}

/** Rules about the labels of a pod's node. */
export interface NodeAffinity {
  /**
   * What the node must fulfil. Later changes of the node do not move the pod.
   * @proto 1 @explicit
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
  /**
   * What the node should fulfil; the weights of terms that it does are added up.
   * @proto 2 @listType atomic
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredSchedulingTerm[];
}

/**
 * A set of nodes: those that fulfil at least one term.
 * @structType atomic
 */
export interface NodeSelector {
  /**
   * The terms.
   * @proto 1 @listType atomic
   */
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
}

/**
 * Requirements on a node that must all hold. Without any, it matches no node.
 * @structType atomic
 */
export interface NodeSelectorTerm {
  /**
   * Requirements on labels.
   * @proto 1 @listType atomic
   */
  readonly matchExpressions?: readonly NodeSelectorRequirement[];
  /**
   * Requirements on fields; only `metadata.name`.
   * @proto 2 @listType atomic
   */
  readonly matchFields?: readonly NodeSelectorRequirement[];
}

/** One requirement on one label or field. */
export interface NodeSelectorRequirement {
  /**
   * The label's key, or the field.
   * @proto 1
   */
  readonly key: string;
  /**
   * `In` and `NotIn` compare with `values`; `Exists` and `DoesNotExist` look at the key only; `Gt`
   * and `Lt` compare integers.
   * @proto 2
   */
  readonly operator: NodeSelectorOperator;
  /**
   * The values: empty for `Exists` and `DoesNotExist`, one for `Gt` and `Lt`.
   * @proto 3 @listType atomic
   */
  readonly values?: readonly string[];
}

/**
 * How a label of a node is compared.
 * @enum
 */
export type NodeSelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

/** A preference for nodes. */
export interface PreferredSchedulingTerm {
  /**
   * How much it counts, 1 to 100.
   * @proto 1
   */
  readonly weight: Int32;
  /**
   * The nodes.
   * @proto 2
   */
  readonly preference: NodeSelectorTerm;
}

/** Rules about pods to be near to. */
export interface PodAffinity {
  /**
   * Terms that must all hold when the pod is placed.
   * @proto 1 @listType atomic
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  /**
   * Terms that should hold; the weights of those that do are added up.
   * @proto 2 @listType atomic
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[];
}

/** A set of pods, and how near is near: in the same domain of a topology. */
export interface PodAffinityTerm {
  /**
   * The pods, by label. Missing selects none.
   * @proto 1 @explicit
   */
  readonly labelSelector?: LabelSelector;
  /**
   * Namespaces of the pods, beside those of `namespaceSelector`. With neither, the pod's own.
   * @proto 2 @listType atomic
   */
  readonly namespaces?: readonly string[];
  /**
   * The label of nodes whose value makes a domain, such as `topology.kubernetes.io/zone`.
   * @proto 3
   */
  readonly topologyKey: string;
  /**
   * Namespaces of the pods, by label. Empty selects all.
   * @proto 4 @explicit
   */
  readonly namespaceSelector?: LabelSelector;
  /**
   * Keys of labels in which those pods must be equal to this one.
   * @proto 5 @listType atomic
   */
  readonly matchLabelKeys?: readonly string[];
  /**
   * Keys of labels in which those pods must differ from this one.
   * @proto 6 @listType atomic
   */
  readonly mismatchLabelKeys?: readonly string[];
}

/** A preference about pods. */
export interface WeightedPodAffinityTerm {
  /**
   * How much it counts, 1 to 100.
   * @proto 1
   */
  readonly weight: Int32;
  /**
   * The pods, and how near.
   * @proto 2
   */
  readonly podAffinityTerm: PodAffinityTerm;
}

/** Rules about pods to be away from. */
export interface PodAntiAffinity {
  /**
   * Terms that must all be avoided when the pod is placed.
   * @proto 1 @listType atomic
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  /**
   * Terms that should be avoided; the weights of those that cannot be are subtracted.
   * @proto 2 @listType atomic
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[];
}

/** A kind of taint that a pod puts up with. */
export interface Toleration {
  /**
   * The taint's key. Empty, with `Exists`, for all.
   * @proto 1
   */
  readonly key?: string;
  /**
   * `Equal` (the default) compares with `value`, `Exists` takes any value; `Lt` and `Gt` compare
   * integers.
   * @proto 2
   */
  readonly operator?: TolerationOperator;
  /**
   * The taint's value.
   * @proto 3
   */
  readonly value?: string;
  /**
   * The taint's effect: `NoSchedule`, `PreferNoSchedule` or `NoExecute`. Empty for all.
   * @proto 4
   */
  readonly effect?: TaintEffect;
  /**
   * For `NoExecute`: seconds until the pod is evicted after all. Missing for never; zero or less
   * for at once.
   * @proto 5 @explicit
   */
  readonly tolerationSeconds?: Int64;
}

/**
 * How a taint is compared.
 * @enum
 */
export type TolerationOperator = 'Exists' | 'Equal' | 'Lt' | 'Gt';

/**
 * What a taint does.
 * @enum
 */
export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

/** Keeps pods away from a node, unless they tolerate it. */
export interface Taint {
  /**
   * Its key.
   * @proto 1
   */
  readonly key: string;
  /**
   * Its value.
   * @proto 2
   */
  readonly value?: string;
  /**
   * `NoSchedule` keeps new pods away, `PreferNoSchedule` tries to, `NoExecute` evicts running ones
   * too.
   * @proto 3
   */
  readonly effect: TaintEffect;
  /**
   * When it was added.
   * @proto 4 @explicit
   */
  readonly timeAdded?: Time;
}

/** How evenly pods must be spread over domains. */
export interface TopologySpreadConstraint {
  /**
   * How much the numbers of pods may differ between a domain and the emptiest one. At least 1.
   * @proto 1
   */
  readonly maxSkew: Int32;
  /**
   * The label of nodes whose value makes a domain.
   * @proto 2
   */
  readonly topologyKey: string;
  /**
   * `DoNotSchedule` leaves the pod pending, `ScheduleAnyway` only prefers the better nodes.
   * @proto 3
   */
  readonly whenUnsatisfiable: UnsatisfiableConstraintAction;
  /**
   * Which pods are counted.
   * @proto 4 @explicit
   */
  readonly labelSelector?: LabelSelector;
  /**
   * With fewer domains than this, the emptiest counts as having no pods. Only with `DoNotSchedule`.
   * @proto 5 @explicit
   */
  readonly minDomains?: Int32;
  /**
   * Whether only nodes that the pod's node affinity allows count: `Honor` (the default) or
   * `Ignore`.
   * @proto 6 @explicit
   */
  readonly nodeAffinityPolicy?: NodeInclusionPolicy;
  /**
   * Whether only nodes whose taints the pod tolerates count: `Honor` or `Ignore` (the default).
   * @proto 7 @explicit
   */
  readonly nodeTaintsPolicy?: NodeInclusionPolicy;
  /**
   * Keys of labels in which counted pods must be equal to this one.
   * @proto 8 @listType atomic
   */
  readonly matchLabelKeys?: readonly string[];
}

/**
 * What to do when pods cannot be spread as asked.
 * @enum
 */
export type UnsatisfiableConstraintAction = 'DoNotSchedule' | 'ScheduleAnyway';

/**
 * Whether nodes that cannot take a pod count.
 * @enum
 */
export type NodeInclusionPolicy = 'Ignore' | 'Honor';

/**
 * A domain of a topology: labels that must all be as said.
 * @structType atomic
 */
export interface TopologySelectorTerm {
  /**
   * The labels.
   * @proto 1 @listType atomic
   */
  readonly matchLabelExpressions?: readonly TopologySelectorLabelRequirement[];
}

/** The values that one label of a node may have. */
export interface TopologySelectorLabelRequirement {
  /**
   * The label's key.
   * @proto 1
   */
  readonly key: string;
  /**
   * The values.
   * @proto 2 @listType atomic
   */
  readonly values: readonly string[];
}
