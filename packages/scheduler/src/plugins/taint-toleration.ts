/** Keeps a pod off nodes with taints it does not tolerate; prefers nodes with fewer taints that ask to be avoided. */
import type { FilterPlugin, ScorePlugin } from '../framework/plugin.ts';
import { normalizeByMax } from '../framework/plugin.ts';
import { tolerates } from './taints.ts';

const rejection = { reason: 'node(s) had untolerated taint(s)', preemptionMayHelp: false } as const;

export const taintTolerationFilter: FilterPlugin = {
  name: 'TaintToleration',
  wakeOn: ['node:added', 'node:updated', 'pod:updated'],
  prepare: (pod) => (node) =>
    node.taints.every((taint) => tolerates(pod.tolerations, taint)) ? undefined : rejection,
};

export const taintTolerationScore: ScorePlugin = {
  name: 'TaintToleration',
  weight: 3,
  prepare(pod, _cluster, nodes) {
    const preferred = pod.tolerations.filter(
      ({ effect }) => !effect || effect === 'PreferNoSchedule',
    );
    if (
      !nodes.some(({ node }) =>
        node.spec?.taints?.some(({ effect }) => effect === 'PreferNoSchedule'),
      )
    )
      return undefined;
    return ({ node }) =>
      (node.spec?.taints ?? []).filter(
        (taint) => taint.effect === 'PreferNoSchedule' && !tolerates(preferred, taint),
      ).length;
  },
  normalize: (scores) => normalizeByMax(scores, 'lowerIsBetter'),
};
