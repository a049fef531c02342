/** Node selectors and node affinity: where a pod may run, and where it would rather. */
import { normalizeByMax, type FilterPlugin, type ScorePlugin } from '../framework/plugin.ts';
import { compileTerm } from '../pod/node-selector.ts';

const rejection = {
  reason: "node(s) didn't match Pod's node affinity/selector",
  preemptionMayHelp: false,
} as const;

export const nodeAffinityFilter: FilterPlugin = {
  name: 'NodeAffinity',
  wakeOn: ['node:added', 'node:updated', 'pod:updated'],
  prepare({ requiredNodes }) {
    return requiredNodes && (({ node }) => (requiredNodes.matches(node) ? undefined : rejection));
  },
  candidates: ({ requiredNodes }) => requiredNodes?.names,
};

export const nodeAffinityScore: ScorePlugin = {
  name: 'NodeAffinity',
  weight: 2,
  prepare({ pod }) {
    const preferred =
      pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const terms = preferred.map(({ weight, preference }) => ({
      weight,
      matches: compileTerm(preference),
    }));
    if (terms.length === 0) return undefined;
    return ({ node }) =>
      terms.reduce((sum, { weight, matches }) => (matches(node) ? sum + weight : sum), 0);
  },
  normalize: (scores) => normalizeByMax(scores, 'higherIsBetter'),
};
