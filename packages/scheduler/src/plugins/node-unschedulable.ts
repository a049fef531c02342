/** Keeps pods off cordoned nodes, unless they tolerate the taint that cordoning stands for. */
import type { FilterPlugin } from '../framework/plugin.ts';
import { tolerates } from './taints.ts';

const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;
const rejection = { reasons: ['node(s) were unschedulable'], preemptionMayHelp: false } as const;

export const nodeUnschedulable: FilterPlugin = {
  name: 'NodeUnschedulable',
  wakeOn: ['node:added', 'node:taints', 'pod:updated'],
  scope: 'node',
  prepare: (pod) =>
    tolerates(pod.tolerations, taint)
      ? undefined
      : ({ node }) => (node.spec?.unschedulable ? rejection : undefined),
};
