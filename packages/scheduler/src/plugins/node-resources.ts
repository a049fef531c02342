/** Resources: a node must have what a pod requests; emptier and more evenly used nodes are better. */
import {
  maxNodeScore,
  type FilterPlugin,
  type Rejection,
  type ScorePlugin,
} from '../framework/plugin.ts';

const tooManyPods = { reason: 'Too many pods', preemptionMayHelp: true } as const;

export const nodeResourcesFit: FilterPlugin = {
  name: 'NodeResourcesFit',
  wakeOn: ['pod:unassigned', 'node:added', 'node:updated', 'pod:updated'],
  prepare(pod, { columns }) {
    const slots = columns.column('pods');
    const needs = pod.requests.map(([resource, amount]) => ({
      column: columns.column(resource),
      amount,
    }));
    return ({ row }): Rejection | undefined => {
      if ((slots.requested[row] ?? 0) + 1 > (slots.allocatable[row] ?? 0)) return tooManyPods;
      for (const { column, amount } of needs) {
        const allocatable = column.allocatable[row] ?? 0;
        if (amount > allocatable - (column.requested[row] ?? 0)) {
          // A node that is too small even when empty cannot be helped by preemption.
          return {
            reason: `Insufficient ${column.name}`,
            preemptionMayHelp: amount <= allocatable,
          };
        }
      }
      return undefined;
    };
  },
};

/** LeastAllocated over cpu and memory: the share that would be left. */
export const nodeResourcesFitScore: ScorePlugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  prepare(pod, { columns }) {
    const cpu = columns.column('cpu');
    const memory = columns.column('memory');
    return ({ row }) => {
      const cpuLeft = share(
        cpu.allocatable[row] ?? 0,
        (columns.assumedCpuMillis[row] ?? 0) + pod.assumedCpuMillis,
      );
      const memoryLeft = share(
        memory.allocatable[row] ?? 0,
        (columns.assumedMemoryBytes[row] ?? 0) + pod.assumedMemoryBytes,
      );
      return Math.floor((cpuLeft + memoryLeft) / 2);
    };
  },
};

function share(capacity: number, used: number): number {
  return capacity === 0 || used > capacity
    ? 0
    : Math.floor(((capacity - used) * maxNodeScore) / capacity);
}

/** Prefers nodes whose cpu and memory would be used to the same degree. */
export const nodeResourcesBalancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  prepare(pod, { columns }) {
    const wanted = new Map(pod.requests);
    if (!wanted.has('cpu') && !wanted.has('memory')) return undefined; // Best effort: nothing to balance.
    const cpu = columns.column('cpu');
    const memory = columns.column('memory');
    return ({ row }) => {
      const cpuShare = used(
        cpu.allocatable[row] ?? 0,
        (cpu.requested[row] ?? 0) + (wanted.get('cpu') ?? 0),
      );
      const memoryShare = used(
        memory.allocatable[row] ?? 0,
        (memory.requested[row] ?? 0) + (wanted.get('memory') ?? 0),
      );
      // For two values the standard deviation is half their distance.
      return Math.floor((1 - Math.abs(cpuShare - memoryShare) / 2) * maxNodeScore);
    };
  },
};

function used(capacity: number, amount: number): number {
  return capacity === 0 ? 1 : Math.min(amount / capacity, 1);
}
