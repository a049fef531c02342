/** Resources: a node must have what a pod requests; emptier nodes are better, and those that would be used more evenly than before. */
import {
  maxNodeScore,
  type FilterPlugin,
  type Rejection,
  type ScorePlugin,
} from '../framework/plugin.ts';

export const nodeResourcesFit: FilterPlugin = {
  name: 'NodeResourcesFit',
  wakeOn: ['pod:unassigned', 'node:added', 'node:allocatable', 'pod:updated'],
  scope: 'node',
  prepare(pod, { columns }) {
    const slots = columns.column('pods');
    const needs = pod.requests.map(([resource, amount]) => ({
      column: columns.column(resource),
      amount,
    }));
    const lacks = (row: number): boolean =>
      (slots.requested[row] ?? 0) + 1 > (slots.allocatable[row] ?? 0) ||
      needs.some(
        ({ column, amount }) =>
          amount > (column.allocatable[row] ?? 0) - (column.requested[row] ?? 0),
      );
    return ({ row }): Rejection | undefined => {
      if (!lacks(row)) return undefined;
      const reasons: string[] = [];
      let preemptionMayHelp = true;
      if ((slots.requested[row] ?? 0) + 1 > (slots.allocatable[row] ?? 0))
        reasons.push('Too many pods');
      for (const { column, amount } of needs) {
        const allocatable = column.allocatable[row] ?? 0;
        if (amount <= allocatable - (column.requested[row] ?? 0)) continue;
        reasons.push(`Insufficient ${column.name}`);
        if (amount > allocatable) preemptionMayHelp = false; // Too small even when empty.
      }
      return { reasons, preemptionMayHelp };
    };
  },
};

/** LeastAllocated over cpu and memory: the share that would be left. A resource that the node has none of does not count. */
export const nodeResourcesFitScore: ScorePlugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  scope: 'node',
  prepare(pod, { columns }) {
    const cpu = columns.column('cpu');
    const memory = columns.column('memory');
    return ({ row }) => {
      const cpuCapacity = cpu.allocatable[row] ?? 0;
      const memoryCapacity = memory.allocatable[row] ?? 0;
      const resources = (cpuCapacity === 0 ? 0 : 1) + (memoryCapacity === 0 ? 0 : 1);
      if (resources === 0) return 0;
      const cpuUsed = (columns.assumedCpuMillis[row] ?? 0) + pod.assumedCpuMillis;
      const memoryUsed = (columns.assumedMemoryBytes[row] ?? 0) + pod.assumedMemoryBytes;
      const left = shareLeft(cpuCapacity, cpuUsed) + shareLeft(memoryCapacity, memoryUsed);
      return Math.floor(left / resources);
    };
  },
};

function shareLeft(capacity: number, used: number): number {
  return capacity === 0 || used > capacity
    ? 0
    : Math.floor(((capacity - used) * maxNodeScore) / capacity);
}

/**
 * How much more evenly cpu and memory would be used than they are: from 50 upwards, 75 when nothing changes. Pods that request neither
 * have nothing to balance.
 */
export const nodeResourcesBalancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  scope: 'node',
  prepare(pod, { columns }) {
    const wanted = new Map(pod.requests);
    const cpuWanted = wanted.get('cpu') ?? 0;
    const memoryWanted = wanted.get('memory') ?? 0;
    if (cpuWanted === 0 && memoryWanted === 0) return undefined;
    const cpu = columns.column('cpu');
    const memory = columns.column('memory');
    return ({ row }) => {
      const cpuCapacity = cpu.allocatable[row] ?? 0;
      const memoryCapacity = memory.allocatable[row] ?? 0;
      const half = maxNodeScore / 2;
      if (cpuCapacity === 0 || memoryCapacity === 0) return half + half / 2; // One resource alone is always even.
      const cpuUsed = cpu.requested[row] ?? 0;
      const memoryUsed = memory.requested[row] ?? 0;
      const before = evenness(cpuUsed / cpuCapacity, memoryUsed / memoryCapacity);
      const after = evenness(
        (cpuUsed + cpuWanted) / cpuCapacity,
        (memoryUsed + memoryWanted) / memoryCapacity,
      );
      return half + Math.trunc((half + after - before) / 2);
    };
  },
};

/** 100 less the standard deviation, which for two values is half their distance. */
function evenness(cpuShare: number, memoryShare: number): number {
  const deviation = Math.abs((Math.min(cpuShare, 1) - Math.min(memoryShare, 1)) / 2);
  return Math.trunc((1 - deviation) * maxNodeScore);
}
