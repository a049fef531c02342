/** A pod that names its node goes nowhere else. */
import type { FilterPlugin } from '../framework/plugin.ts';

const rejection = {
  reasons: ["node(s) didn't match the requested node name"],
  preemptionMayHelp: false,
} as const;

export const nodeName: FilterPlugin = {
  name: 'NodeName',
  wakeOn: ['node:added'],
  scope: 'node',
  prepare({ pod }) {
    const wanted = pod.spec.nodeName;
    return wanted ? (node) => (node.name === wanted ? undefined : rejection) : undefined;
  },
};
