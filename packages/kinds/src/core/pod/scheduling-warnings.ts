/** Warnings about what decides where a pod runs. */
import type { Path } from '@navarch/api/field-error';
import { isLabelValue } from '@navarch/api/names';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type {
  Affinity,
  NodeSelectorTerm,
  PodAffinity,
} from '@navarch/api/types/core/v1/scheduling';
import { listOf } from '../../nil.ts';
import { oldNodeLabels, termWarnings } from '../node-labels.ts';

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
      preferenceWarnings(preference, preferredPath.index(index).child('preference')),
    ),
  ];
}

/** Values that no label can have are a mistake where they are required, and allowed where they are only preferred. */
function preferenceWarnings(term: NodeSelectorTerm, path: Path): readonly string[] {
  return listOf(term.matchExpressions).flatMap(({ key, values }, index) => {
    const text = oldNodeLabels.get(key);
    const at = path.child('matchExpressions').index(index);
    return [
      ...(text === undefined ? [] : [`${String(at.child('key'))}: ${key} is ${text}`]),
      ...listOf(values).flatMap((value, valueIndex) =>
        isLabelValue(value).map(
          (message) =>
            `${String(at.child('values').index(valueIndex))}: ${value} is invalid, ${message}`,
        ),
      ),
    ];
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
