/** Keeps a pod off nodes with taints it does not tolerate; prefers nodes with fewer taints that ask to be avoided. */
import type { FilterPlugin, ScorePlugin } from '../framework/plugin.ts';
import { normalizeByMax } from '../framework/plugin.ts';
import { tolerates } from './taints.ts';

const rejection = {
  reasons: ['node(s) had untolerated taint(s)'],
  preemptionMayHelp: false,
} as const;

export const taintTolerationFilter: FilterPlugin = {
  name: 'TaintToleration',
  wakeOn: ['node:added', 'node:taints', 'pod:updated'],
  scope: 'node',
  prepare: (pod) => (node) =>
    node.taints.length === 0 || node.taints.every((taint) => tolerates(pod.tolerations, taint))
      ? undefined
      : rejection,
};

export const taintTolerationScore: ScorePlugin = {
  name: 'TaintToleration',
  weight: 3,
  scope: 'node',
  prepare(pod, cluster) {
    if (!cluster.hasPreferenceTaints) return undefined;
    const tolerations = pod.tolerations.filter(
      ({ effect }) => !effect || effect === 'PreferNoSchedule',
    );
    return (node) => {
      let untolerated = 0;
      for (const taint of node.preferenceTaints) if (!tolerates(tolerations, taint)) untolerated++;
      return untolerated;
    };
  },
  normalize: (scores) => normalizeByMax(scores, 'lowerIsBetter'),
};
