/** Node selectors and node affinity: where a pod may run, and where it would rather. */
import { normalizeByMax, type FilterPlugin, type ScorePlugin } from '../framework/plugin.ts';

const rejection = {
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
  preemptionMayHelp: false,
} as const;

export const nodeAffinityFilter: FilterPlugin = {
  name: 'NodeAffinity',
  wakeOn: ['node:added', 'node:labels', 'pod:updated'],
  scope: 'node',
  prepare({ requiredNodes }) {
    return requiredNodes && (({ node }) => (requiredNodes.matches(node) ? undefined : rejection));
  },
  candidates: ({ requiredNodes }) => requiredNodes?.names,
};

export const nodeAffinityScore: ScorePlugin = {
  name: 'NodeAffinity',
  weight: 2,
  scope: 'node',
  prepare({ preferredNodes }) {
    if (preferredNodes.length === 0) return undefined;
    return ({ node }) => {
      let score = 0;
      for (const { weight, matches } of preferredNodes) if (matches(node)) score += weight;
      return score;
    };
  },
  normalize: (scores) => normalizeByMax(scores, 'higherIsBetter'),
};
