/** Two pods cannot have the same port of the same address of a node. */
import type { FilterPlugin } from '../framework/plugin.ts';

const rejection = {
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
  preemptionMayHelp: true,
} as const;

export const nodePorts: FilterPlugin = {
  name: 'NodePorts',
  wakeOn: ['pod:unassigned', 'node:added'],
  scope: 'node',
  prepare: ({ hostPorts }) =>
    hostPorts.length === 0
      ? undefined
      : (node) => (hostPorts.some((port) => node.hasPortConflict(port)) ? rejection : undefined),
};
