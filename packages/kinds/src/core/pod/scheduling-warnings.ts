/** Warnings about what decides where a pod runs. */
import type { Path } from '@navarch/api/field-error';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type {
  Affinity,
  NodeSelectorTerm,
  PodAffinity,
} from '@navarch/api/types/core/v1/scheduling';
import { listOf } from '../../nil.ts';

/** Labels of nodes that have been replaced, and by which. */
const oldNodeLabels: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  [
    'failure-domain.beta.kubernetes.io/region',
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  ],
  [
    'failure-domain.beta.kubernetes.io/zone',
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    'beta.kubernetes.io/instance-type',
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  ],
]);

export function nodeLabelWarnings(
  { nodeSelector, affinity }: PodSpec,
  path: Path,
): readonly string[] {
  const labels = Object.keys(nodeSelector ?? {}).flatMap((key) => {
    const text = oldNodeLabels.get(key);
    return text === undefined ? [] : [`${String(path.child('nodeSelector').key(key))}: ${text}`];
  });
  const nodeAffinity = affinity?.nodeAffinity;
  if (!nodeAffinity) return labels;
  const required = listOf(
    nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
  );
  const preferred = listOf(nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution);
  const at = path.child('affinity', 'nodeAffinity');
  const requiredPath = at.child(
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  );
  const preferredPath = at.child('preferredDuringSchedulingIgnoredDuringExecution');
  return [
    ...labels,
    ...required.flatMap((term, index) => termWarnings(term, requiredPath.index(index))),
    ...preferred.flatMap(({ preference }, index) =>
      termWarnings(preference, preferredPath.index(index).child('preference')),
    ),
  ];
}

function termWarnings({ matchExpressions }: NodeSelectorTerm, path: Path): readonly string[] {
  return listOf(matchExpressions).flatMap(({ key }, index) => {
    const text = oldNodeLabels.get(key);
    const at = path.child('matchExpressions').index(index).child('key');
    return text === undefined ? [] : [`${String(at)}: ${key} is ${text}`];
  });
}

const nullSelectorText = 'a null labelSelector results in matching no pod';

export function spreadWarnings(
  { topologySpreadConstraints }: PodSpec,
  path: Path,
): readonly string[] {
  return listOf(topologySpreadConstraints).flatMap(({ topologyKey, labelSelector }, index) => {
    const at = path.child('topologySpreadConstraints').index(index);
    const text = oldNodeLabels.get(topologyKey);
    return [
      ...(text === undefined
        ? []
        : [`${String(at.child('topologyKey'))}: ${topologyKey} is ${text}`]),
      ...(labelSelector === undefined
        ? [`${String(at.child('labelSelector'))}: ${nullSelectorText}`]
        : []),
    ];
  });
}

export function affinityWarnings(
  { podAffinity, podAntiAffinity }: Affinity,
  path: Path,
): readonly string[] {
  return [
    ...(podAffinity ? termSelectorWarnings(podAffinity, path.child('podAffinity')) : []),
    ...(podAntiAffinity
      ? termSelectorWarnings(podAntiAffinity, path.child('podAntiAffinity'))
      : []),
  ];
}

function termSelectorWarnings(affinity: PodAffinity, path: Path): readonly string[] {
  const required = path.child('requiredDuringSchedulingIgnoredDuringExecution');
  const preferred = path.child('preferredDuringSchedulingIgnoredDuringExecution');
  return [
    ...listOf(affinity.requiredDuringSchedulingIgnoredDuringExecution).flatMap(
      ({ labelSelector }, index) =>
        labelSelector === undefined
          ? [`${String(required.index(index).child('labelSelector'))}: ${nullSelectorText}`]
          : [],
    ),
    ...listOf(affinity.preferredDuringSchedulingIgnoredDuringExecution).flatMap(
      ({ podAffinityTerm }, index) => {
        if (podAffinityTerm.labelSelector !== undefined) return [];
        const at = preferred.index(index).child('podAffinityTerm', 'labelSelector');
        return [`${String(at)}: ${nullSelectorText}`];
      },
    ),
  ];
}
