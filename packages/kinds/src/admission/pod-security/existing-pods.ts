/** What is said of the pods that a namespace has already when its level is raised: they stay, but their like would be refused. */
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { compareText } from '../../table/cells.ts';
import { reasonsText, violations } from './evaluate.ts';
import { type LevelVersion, levelVersionText } from './policy.ts';

/** Upstream's; checking stops there so that labelling a namespace stays quick. */
const podsCheckedMax = 3000;

/** The warnings, in their order. */
export function existingPodWarnings(
  namespace: string,
  pods: readonly Pod[],
  enforce: LevelVersion,
): readonly string[] {
  const checked = oneOfEachFirst(pods).slice(0, podsCheckedMax);
  const byReasons = Map.groupBy(checked, (pod) => reasonsText(violations(pod, enforce)));
  byReasons.delete('');
  const lines = [...byReasons]
    .map(([reasons, alike]) => `${podsText(alike)}: ${reasons}`)
    .toSorted(compareText);
  const level = levelVersionText(enforce);
  return [
    ...(checked.length < pods.length
      ? [
          `new PodSecurity enforce level only checked against the first ${checked.length} of ${pods.length} existing pods`,
        ]
      : []),
    ...(lines.length > 0
      ? [
          `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${level}"`,
        ]
      : []),
    ...lines,
  ];
}

/** Pods of one controller are alike, so that those that may differ are looked at first. */
function oneOfEachFirst(pods: readonly Pod[]): readonly Pod[] {
  const seen = new Set<string>();
  const first: Pod[] = [];
  const repeated: Pod[] = [];
  for (const pod of pods) {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller)?.uid;
    const list = owner !== undefined && seen.has(owner) ? repeated : first;
    list.push(pod);
    if (owner !== undefined) seen.add(owner);
  }
  return [...first, ...repeated];
}

/** `a (and 2 other pods)`, by the first name of them. */
function podsText(alike: readonly Pod[]): string {
  const [first = ''] = alike.map(({ metadata }) => metadata.name ?? '').toSorted(compareText);
  const others = alike.length - 1;
  if (others === 0) return first;
  return `${first} (and ${others} other ${others === 1 ? 'pod' : 'pods'})`;
}
